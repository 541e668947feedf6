"""The event stream says what the data say of events, and who replays it has their graph."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from pariscall.rdf.namespaces import DATASET, DCTERMS, TYPE
from pariscall.rdf.ntriples import text_of
from pariscall.tables.csvw import read_schema
from pariscall.tables.document import Document
from pariscall.tables.graph import TableGraph
from pariscall.tables.rows import read_records
from pariscall.web.site import stream
from support.server import Server, needs_fork

CLIENT = Path(__file__).parents[2] / "build" / "ldes-client" / "node_modules" / "ldes-client"
EVENTS = NamedNode(f"{DATASET.value}#events")
TREE, LDES = "https://w3id.org/tree#", "https://w3id.org/ldes#"
SITE = "https://site.example/x/"
VERSION_OF, DATE = NamedNode(DCTERMS + "isVersionOf"), NamedNode(DCTERMS + "date")

pytestmark = pytest.mark.slow


def documents(folder: Path) -> list[Document]:
    return list(TableGraph(folder).documents())


def said_of_events(folder: Path) -> set[str]:
    return {
        str(quad.triple)
        for document in documents(folder)
        for each in document.descriptions.values()
        if each.row.table.name == "events.csv"
        for quad in each.quads()
    }


@pytest.fixture(scope="module")
def pages(small: Path) -> dict[str, list[Quad]]:
    made = dict(stream.files(documents(small)))
    return {
        SITE + name: list(parse(page, format=RdfFormat.TURTLE, base_iri=SITE + name))
        for name, page in made.items()
    }


def values(quads: list[Quad], predicate: str) -> Iterator[str]:
    return (text_of(str(quad.object)) for quad in quads if quad.predicate.value == predicate)


def test_the_first_page_describes_the_stream_and_leads_to_every_other(
    pages: dict[str, list[Quad]],
) -> None:
    root = pages[SITE + stream.ROOT]
    assert [q.subject for q in root if q.object == NamedNode(LDES + "EventStream")] == [EVENTS]
    assert list(values(root, LDES + "timestampPath")) == [DATE.value]
    assert list(values(root, LDES + "versionOfPath")) == [VERSION_OF.value]
    assert list(values(root, TREE + "view")) == [SITE + stream.ROOT]
    assert set(values(root, TREE + "node")) == set(pages) - {SITE + stream.ROOT}


def test_the_members_of_a_page_are_within_its_relations(pages: dict[str, list[Quad]]) -> None:
    root = pages[SITE + stream.ROOT]
    relations: dict[str, dict[str, str]] = {}
    for quad in root:
        relations.setdefault(str(quad.subject), {})[quad.predicate.value] = text_of(
            str(quad.object)
        )
    number = 0
    for relation in relations.values():
        if TREE + "value" not in relation:
            continue
        quads = pages[relation[TREE + "node"]]
        dates = list(values(quads, DATE.value))
        number += 1
        assert dates
        for date in dates:
            is_early = date < relation[TREE + "value"]
            assert is_early == relation[TYPE.value].endswith("#LessThanRelation")
    assert number == 2 * (len(pages) - 1) - 1  # the last month has no end


def test_a_replay_gives_the_graph_of_events(pages: dict[str, list[Quad]], small: Path) -> None:
    quads = [quad for page in pages.values() for quad in page]
    members = [quad.object for quad in quads if quad.predicate.value == TREE + "member"]
    event_of = {quad.subject: quad.object for quad in quads if quad.predicate == VERSION_OF}
    assert (
        len(members)
        == len(set(members))
        == len(read_records(read_schema(small)["events.csv"]))
        == len(event_of)
    )
    replayed = {
        f"{event_of[quad.subject]} {quad.predicate} {quad.object}"
        for quad in quads
        if quad.subject in event_of and quad.predicate not in (VERSION_OF, DATE)
    }
    assert replayed == said_of_events(small)


def test_an_event_that_is_corrected_is_another_member(small: Path) -> None:
    parts = documents(small)
    before = b"".join(page for _, page in stream.files(parts))
    event = next(
        each
        for part in parts
        for each in part.descriptions.values()
        if each.row.table.name == "events.csv"
    )
    event.add(f"<{DCTERMS}description>", str(Literal("corrected")))
    after = b"".join(page for _, page in stream.files(parts))
    member = event.subject[:-1].encode() + b"#"
    found = [text.partition(member)[2][:16] for text in (before, after)]
    assert found[0] != found[1]


@pytest.mark.server
@pytest.mark.skipif(needs_fork, reason="the endpoint needs a system that forks")
def test_a_client_of_others_replays_the_stream(site_server: Server, small: Path) -> None:
    node = shutil.which("node")
    if node is None or not CLIENT.is_dir():
        pytest.skip("there is no ldes-client (make ldes-client; Debian package npm)")
    page = site_server.send("GET", f"/{stream.ROOT}")
    assert page.headers["content-type"].startswith("text/turtle")
    url = urljoin(f"http://127.0.0.1:{site_server.port}/", stream.ROOT)
    command = [node, str(CLIENT / "dist" / "bin" / "cli.js"), "--materialize", url]
    ran = subprocess.run(command, capture_output=True, check=True)
    replayed = {
        str(quad.triple)
        for quad in parse(ran.stdout, format=RdfFormat.N_QUADS)
        if quad.predicate != DATE
    }
    assert replayed == said_of_events(small)
