"""A large graph is sent in parts, and a push that was cut sends only what the store lacks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pariscall.errors import StoreError
from pariscall.publish.push.connection import Connection
from pariscall.publish.push.credentials import read_credentials
from pariscall.publish.push.graph_store import GraphStore
from pariscall.publish.push.parts import Parts, parts
from pariscall.publish.push.push import push
from pariscall.publish.push.release_graphs import parsed
from support.command import Run
from support.misbehaving_store import LINES, Store
from support.pushed_graph import GRAPH, QUICK, two_origins
from support.releases import make_small_release

GROUND = {f'<http://e/s> <http://e/p> "{n}"' for n in range(10)}
BLANK = "_:c14n0 <http://e/p> <http://e/o>"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with two_origins() as address:
        yield address


@pytest.fixture(autouse=True)
def forget() -> None:
    Store.graphs.clear()
    Store.seen.clear()


def opened(url: str, part: int) -> GraphStore:
    return GraphStore(url, Connection(read_credentials(url, {}), limits=QUICK), part)


def sent() -> list[str]:
    return [method for _, method, _ in Store.seen if method != "GET"]


def held() -> set[str]:
    return parsed(GRAPH.iri, Store.graphs[GRAPH.iri])


def test_a_new_graph_is_sent_whole_and_its_blank_nodes_together() -> None:
    in_order = sorted(GROUND)
    assert parts(GROUND, set(), 4) == Parts(in_order[:4], [in_order[4:8], in_order[8:]])
    assert parts({*GROUND, BLANK}, set(), 8) == Parts([BLANK], [in_order[:8], in_order[8:]])
    assert parts(set(), set(), 8) == Parts([], [])


def test_of_a_graph_that_was_begun_the_rest_is_sent() -> None:
    begun = {*sorted(GROUND)[:7], BLANK}
    assert parts({*GROUND, BLANK}, begun, 2) == Parts(
        None, [sorted(GROUND)[7:9], sorted(GROUND)[9:]]
    )
    assert parts(GROUND, GROUND, 2) == Parts(None, [])


@pytest.mark.parametrize(
    "there",
    [
        {*GROUND, "<http://e/s> <http://e/p> <http://e/another>"},
        set(sorted(GROUND)[:3]),  # without the blank node, which is sent in one part only
        {*GROUND, BLANK, "_:c14n1 <http://e/p> <http://e/o>"},
    ],
)
def test_another_graph_is_replaced(there: set[str]) -> None:
    assert parts({*GROUND, BLANK}, there, 100) == Parts([BLANK], [sorted(GROUND)])


@pytest.mark.server
def test_a_push_that_was_cut_goes_on_where_it_stopped(address: str) -> None:
    with pytest.raises(StoreError, match="507"):
        push([GRAPH], opened(f"{address}/fills-up", 100), in_parts=True)
    assert sent() == ["PUT", "POST", "POST"]
    assert len(held()) == 200
    Store.seen.clear()
    told: list[str] = []
    push([GRAPH], opened(f"{address}/good", 60), told.append, in_parts=True)
    assert sent() == ["POST", "POST"]
    assert held() == GRAPH.statements
    assert told == [
        "http://e/g: part 1 of 2",
        "http://e/g: part 2 of 2",
        "http://e/g: 300 triples, as released",
    ]


@pytest.mark.server
def test_what_is_there_already_is_not_sent_again(address: str) -> None:
    for _ in range(2):
        push([GRAPH], opened(f"{address}/good", 200), in_parts=True)
    assert sent() == ["PUT", "POST"]


@pytest.mark.server
def test_nothing_of_another_graph_stays(address: str) -> None:
    Store.graphs[GRAPH.iri] = b"<http://e/s> <http://e/p> <http://e/old> .\n" + LINES[0].encode()
    push([GRAPH], opened(f"{address}/good", 200), in_parts=True)
    assert held() == GRAPH.statements


@pytest.mark.server
def test_a_part_whose_answer_is_lost_is_sent_again_without_harm(address: str) -> None:
    push([GRAPH], opened(f"{address}/loses-answers", 100), in_parts=True)
    assert len(sent()) > 3
    assert held() == GRAPH.statements


@pytest.mark.server
def test_a_store_that_refuses_to_tell_what_it_holds_is_sent_nothing(address: str) -> None:
    with pytest.raises(StoreError, match="403"):
        push([GRAPH], opened(f"{address}/forbidden", 100), in_parts=True)
    assert sent() == []


@pytest.mark.server
def test_the_command_pushes_in_parts(run: Run, address: str, tmp_path: Path) -> None:
    release = make_small_release(tmp_path / "releases")
    arguments = ["push", f"{address}/good", "--in-parts", "--release", str(release)]
    counts = []
    for _ in range(2):
        finished = run(*arguments)
        assert finished.returncode == 0, finished.stderr
        counts.append(len(sent()))
    assert len(Store.graphs) == 9
    assert counts[0] == counts[1] >= 9
