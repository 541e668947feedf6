"""Data are read alike from paths, text, an rdflib graph and a pyoxigraph store."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from pariscall.errors import EmptyError, MisuseError, RdfError
from pariscall.rdf.inputs import Data, open_data
from pariscall.rdf.reader import InputOptions, RdfFile

TURTLE = '@prefix x: <urn:x:> .\nx:a x:p "é" , 1 .\n'


def opened(data: Data, format_name: str | None = None) -> list[RdfFile]:
    return open_data(data, InputOptions(format_name))


def test_every_kind_of_data_gives_the_same_statements(tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    (tmp_path / "data.txt").write_text(TURTLE, encoding="utf-8")
    store = Store()
    store.load(TURTLE.encode(), format=RdfFormat.TURTLE)
    graph = rdflib.Graph().parse(data=TURTLE, format="turtle")
    dataset = rdflib.Dataset()
    dataset.default_graph.parse(data=TURTLE, format="turtle")
    expected = set(store)
    kinds: list[tuple[Data, str | None]] = [
        (path, None),
        (str(path), None),
        ([path], None),
        (tmp_path / "data.txt", "ttl"),
        ([tmp_path / "data.txt"], "turtle"),
        (TURTLE, "ttl"),
        (TURTLE.encode(), "ttl"),
        (b"\xef\xbb\xbf" + TURTLE.encode(), "ttl"),
        (store, None),
        (graph, None),
        (dataset, None),
    ]
    for data, name in kinds:
        [file] = opened(data, name)
        assert set(file.quads) == expected, data


def test_graphs_of_a_dataset_keep_their_names() -> None:
    dataset = rdflib.Dataset()
    term = rdflib.URIRef("urn:a")
    dataset.graph(rdflib.URIRef("urn:g")).add((term, term, rdflib.BNode()))
    [file] = open_data(dataset)
    assert [str(quad.graph_name) for quad in file.quads] == ["<urn:g>"]


@pytest.mark.parametrize(
    "name",
    ["ttl", "turtle", ".ttl", "Turtle", "text/turtle"],
)
def test_a_format_may_be_called_by_each_of_its_names(name: str) -> None:
    [file] = opened(TURTLE, name)
    assert len(file.quads) == 2


@pytest.mark.parametrize(("theirs", "ours"), [("json-ld", "jsonld"), ("xml", "rdf"), ("nt", "nt")])
def test_what_rdflib_writes_is_read_under_its_own_name(theirs: str, ours: str) -> None:
    graph = rdflib.Graph().parse(data=TURTLE, format="turtle")
    [file] = opened(graph.serialize(format=theirs), theirs)
    assert (file.format.name, len(file.quads)) == (ours, 2)


def test_an_unknown_format_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(MisuseError, match="no format 'hdt'"):
        opened(TURTLE, "hdt")


def test_a_graph_is_a_file_of_ordered_lines_with_its_prefixes() -> None:
    graph = rdflib.Graph().parse(data=TURTLE, format="turtle")
    [file] = open_data(graph)
    assert file.name == "<graph>"
    assert file.text.splitlines() == sorted(file.text.splitlines())
    assert file.prefixes["x"] == "urn:x:"


@pytest.mark.parametrize("data", [TURTLE, TURTLE.encode()])
def test_a_text_without_its_format_is_refused(data: str | bytes) -> None:
    with pytest.raises(MisuseError, match="the format of a text must be given"):
        open_data(data)


@pytest.mark.parametrize("data", [5, object(), {"a": 1}])
def test_what_is_no_data_is_refused(data: Data) -> None:
    with pytest.raises(MisuseError, match="is not a kind of data"):
        open_data(data)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"<urn:a> <urn:b> .", "<data>:1: not valid text/turtle"),
        (b"# one\n\xff", "<data>:2: not UTF-8"),
    ],
)
def test_a_fault_of_a_text_has_its_line(text: bytes, message: str) -> None:
    with pytest.raises(RdfError, match=message):
        opened(text, "ttl")


def test_an_empty_graph_is_refused() -> None:
    with pytest.raises(EmptyError, match="<graph>: the file holds no triple"):
        open_data(rdflib.Graph())


@pytest.mark.parametrize(
    ("subject", "message"),
    [
        (rdflib.URIRef("urn:a b"), "'urn:a b' is not allowed in RDF"),
        (rdflib.BNode("a b"), "'a b' is not allowed in RDF"),
        (rdflib.Literal("a"), "out of place"),
    ],
)
def test_a_graph_that_is_not_rdf_is_refused(subject: rdflib.term.Identifier, message: str) -> None:
    graph = rdflib.Graph()
    graph.add((subject, rdflib.RDF.type, rdflib.RDFS.Class))
    with pytest.raises(RdfError, match=message):
        open_data(graph)
