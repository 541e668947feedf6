"""Graphs are compared whatever their blank nodes are called, and none takes for ever."""

from __future__ import annotations

import time

import pytest
from pyoxigraph import Quad, RdfFormat, Store, parse

from pariscall.errors import RdfError, StoreError
from pariscall.io import watchdog
from pariscall.io.progress import Progress
from pariscall.io.watchdog import can_watch
from pariscall.publish.push.push import push
from pariscall.publish.push.release_graphs import NamedGraph
from pariscall.publish.vocabularies import VOCABULARIES
from pariscall.query.dataset import Dataset
from pariscall.query.queries import Query, answer
from pariscall.rdf import canonical
from pariscall.rdf.canonical import canonicalized, graph_hash, statements
from pariscall.rdf.reader import read_files
from pariscall.rdf.serializer import convert
from support.graphs import lines
from support.poison import pointing_at_each_other


def read(text: str) -> list[Quad]:
    return list(parse(text, format=RdfFormat.TURTLE))


def test_the_labels_and_the_order_of_blank_nodes_mean_nothing() -> None:
    one = read("_:a <http://e/p> _:b . _:b <http://e/p> 'x' .")
    same = read("_:z <http://e/p> 'x' . _:y <http://e/p> _:z .")
    other = read("_:a <http://e/p> _:b . _:a <http://e/p> 'x' .")
    assert graph_hash(lines(one)) == graph_hash(lines(same)) != graph_hash(lines(other))
    assert convert(one, RdfFormat.N_TRIPLES) == convert(same, RdfFormat.N_TRIPLES)


def test_a_triple_that_is_stated_twice_is_one() -> None:
    once = b"<e:s> <e:p> <e:o> .\n_:a <e:p> '_:b' .\n".replace(b"'", b'"')
    assert graph_hash(once) == graph_hash(once + once)


def test_a_blank_node_within_a_triple_term_is_named_too() -> None:
    found = read("<http://e/s> <http://e/p> <<( _:q <http://e/p> 1 )>> .")
    assert "_:c14n0" in str(canonicalized([quad.triple for quad in found])[0])


def test_a_text_that_looks_like_a_blank_node_is_none() -> None:
    assert len(statements(read("<http://e/s> <http://e/p> '_:b', '_:c' ."))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "[] <http://e/p> 1, 2 .",
        "<http://e/s> <http://e/p> [ <http://e/q> 1 ], [ <http://e/q> 1 ], [ <http://e/q> 2 ] .",
        "[] <http://e/p> [] . [] <http://e/p> [] . [] <http://e/q> [] .",
        "<http://e/s> <http://e/p> ( 1 2 1 2 ) , ( 1 2 ) .",
    ],
)
def test_a_process_of_its_own_changes_no_name(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    triples = [quad.triple for quad in read(text)]
    found = canonicalized(triples)
    monkeypatch.setattr(canonical, "_is_simple", lambda _: False)
    assert canonicalized(triples) == found


def test_our_own_vocabularies_need_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(watchdog, "run_watched")
    for paths in VOCABULARIES.values():
        assert convert(read_files(paths), RdfFormat.N_TRIPLES)


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canonical, "_SECONDS", 0.5)


@pytest.mark.usefixtures("short_patience")
@pytest.mark.skipif(not can_watch(), reason="no process can be forked here")
class TestPoison:
    """Graphs on which RDFC-1.0 would not end."""

    @pytest.mark.slow
    def test_a_poisoned_graph_is_refused_in_time(self) -> None:
        start = time.monotonic()
        with pytest.raises(RdfError, match="blank nodes of a graph are so much alike"):
            graph_hash(lines(pointing_at_each_other(12)))
        assert time.monotonic() - start < 10

    @pytest.mark.slow
    def test_constructed_triples_are_refused_as_well(self) -> None:
        store = Store()
        store.extend(pointing_at_each_other(12))
        query = Query("query", "", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        with pytest.raises(RdfError, match="so much alike"):
            answer(query, Dataset(store))

    @pytest.mark.slow
    def test_a_store_that_answers_so_is_named(self) -> None:
        content = b"".join(f"{quad.triple} .\n".encode() for quad in pointing_at_each_other(12))
        with pytest.raises(StoreError, match=r"http://e/g: .*so much alike"):
            push([NamedGraph("http://e/g", b'<e:s> <e:p> "1" .')], _Answering(content))


class _Answering:
    """A store that answers the same whatever it was sent."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def load(self, graph: NamedGraph) -> None:
        """Take a graph."""

    def complete(self, graph: NamedGraph, progress: Progress) -> None:
        """Take nothing."""

    def read(self, _iri: str, _expected: int) -> bytes:
        """Return the answer."""
        return self._content


def test_triple_terms_without_end_from_a_store_are_refused() -> None:
    deep = b"<e:s> <e:p> " + b"<<( <e:s> <e:p> " * 20_000
    graph = NamedGraph("http://e/g", b'<e:s> <e:p> "1" .\n')
    with pytest.raises(StoreError, match="nested more than 100"):
        push([graph], _Answering(deep))
