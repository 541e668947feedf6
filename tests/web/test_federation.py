"""The data are joined with an extract of Wikidata on another server, which asks ours."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import pytest
import requests

from support.recipes import ROOT
from support.server import Server, needs_fork, serving
from support.stores import SERVERS
from support.stores.server import Endpoints, MissingError, serve

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(needs_fork, reason="the endpoint needs a system that forks"),
]

# Two parties of ours, and an item that none is.
EXTRACT = """\
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
wd:Q2283 wdt:P159 wd:Q223718 .
wd:Q309084 wdt:P159 wd:Q210720 .
wd:Q42 wdt:P159 wd:Q84 .
"""
JOINED = [("ALSTOM", "Q210720"), ("Microsoft", "Q223718")]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("ours")) as server:
        yield server


@pytest.fixture(params=["oxigraph", "fuseki"])
def theirs(request: pytest.FixtureRequest) -> Iterator[Endpoints]:
    """Run a server of others with the extract."""
    try:
        with serve(SERVERS[request.param]) as endpoints:
            loaded = requests.put(
                endpoints.graph_store,
                params={"default": ""},
                data=EXTRACT,
                headers={"Content-Type": "text/turtle"},
                auth=login(endpoints),
                timeout=60,
            )
            loaded.raise_for_status()
            yield endpoints
    except MissingError as error:
        pytest.skip(str(error))


def login(endpoints: Endpoints) -> tuple[str, str] | None:
    values = tuple(endpoints.environment.values())
    return (values[0], values[1]) if len(values) == 2 else None


def documented(ours: Server) -> str:
    """Return the query of the page on identities, with the address of our server."""
    page = (ROOT / "docs" / "identities.md").read_text(encoding="utf-8")
    address = "http://127.0.0.1:8123/sparql"
    query: str
    [query] = re.findall(r"```sparql\n([^`]*SERVICE[^`]*)```", page)
    assert address in query
    return query.replace(address, f"http://127.0.0.1:{ours.port}/sparql")


def test_another_server_joins_its_extract_with_our_mappings(
    ours: Server, theirs: Endpoints
) -> None:
    reply = requests.post(
        theirs.query,
        data={"query": documented(ours)},
        headers={"Accept": "text/csv"},
        auth=login(theirs),
        timeout=60,
    )
    assert reply.ok, reply.text
    rows = csv.reader(io.StringIO(reply.text))
    assert next(rows) == ["name", "headquarters"]
    assert sorted((name, iri.rpartition("/")[2]) for name, iri in rows) == JOINED


def test_our_server_asks_no_other(ours: Server, theirs: Endpoints) -> None:
    reply = ours.post(f"SELECT * {{ SERVICE <{theirs.query}> {{ ?s ?p ?o }} }}")
    assert reply.status == 400
    assert "SERVICE" in reply.text
