"""Triple stores of others hold a release as it was released, or the command says what they changed.

Each store is the real program on loopback; one that is not installed is skipped.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from pyoxigraph import RdfFormat, parse

from pariscall.errors import StoreMismatchError
from pariscall.publish.push.connection import Connection, Message
from pariscall.publish.push.credentials import read_credentials
from pariscall.publish.push.graph_store import GraphStore
from pariscall.publish.push.open import open_store
from pariscall.publish.push.push import Store, push
from pariscall.publish.push.release_graphs import NamedGraph, read_graphs
from pariscall.publish.push.sparql_update import UpdateStore, operations
from pariscall.rdf.canonical import statements
from pariscall.rdf.namespaces import BASE, DATASET
from support.command import Run
from support.releases import make_small_release
from support.stores import SERVERS
from support.stores.server import Endpoints, MissingError, serve

pytestmark = [pytest.mark.server, pytest.mark.slow]

IRI = f"{BASE}ns"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""


OLD = NamedGraph(IRI, b'<http://e/s> <http://e/p> "old" .\n_:a <http://e/p> _:b .\n')
PROTOCOLS = ("graph store", "update")


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[tuple[str, Endpoints]]:
    """Start each server once, for all tests of this file."""
    try:
        with serve(SERVERS[request.param]) as endpoints:
            yield request.param, endpoints
    except MissingError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def example_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small_release(tmp_path_factory.mktemp("releases"))


@pytest.fixture
def endpoints(server: tuple[str, Endpoints]) -> Endpoints:
    return server[1]


def addresses(endpoints: Endpoints, protocol: str) -> list[str]:
    if protocol == "update":
        return [endpoints.update, "--update", "--query", endpoints.query]
    return [endpoints.graph_store]


def opened(endpoints: Endpoints, protocol: str = "graph store") -> Store:
    if protocol == "update":
        return open_store(endpoints.update, endpoints.environment, endpoints.query, update=True)
    return open_store(endpoints.graph_store, endpoints.environment)


def held(store: Store, iri: str = IRI) -> set[str]:
    return statements(list(parse(store.read(iri, 100_000_000), format=RdfFormat.N_TRIPLES)))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_store_holds_the_release_and_nothing_of_what_was_there_before(
    run: Run, endpoints: Endpoints, protocol: str, example_release: Path
) -> None:
    store = opened(endpoints, protocol)
    store.load(OLD)
    arguments = [*addresses(endpoints, protocol), "--release", str(example_release)]
    for _ in range(2):
        finished = run("push", *arguments, **endpoints.environment)
        assert finished.returncode == 0, finished.stderr
        lines = finished.stderr.splitlines()
        [summary] = finished.stdout.splitlines()
        graphs = read_graphs(example_release)
        assert lines == [
            f"{graph.iri}: {len(graph.statements):,} triples, as released" for graph in graphs
        ]
        assert re.fullmatch(r"http://.*: 9 graphs, [\d,]+ triples of 2026\.11\.22", summary)
    assert held(store) == next(graph.statements for graph in graphs if graph.iri == IRI)


def test_three_commands_lead_from_a_release_on_the_web_to_a_loaded_store(
    run: Run, small_release: Path
) -> None:
    handler = partial(Quiet, directory=small_release.parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as web:
        threading.Thread(target=web.serve_forever, args=(0.01,), daemon=True).start()
        pulled = run("pull", "--from", f"http://127.0.0.1:{web.server_port}/")
        web.shutdown()
    assert pulled.stdout == "build/releases/2026.11.22\n"
    try:
        with serve(SERVERS["oxigraph"]) as endpoints:
            finished = run("push", endpoints.graph_store)
    except MissingError as error:
        pytest.skip(str(error))
    assert finished.returncode == 0, finished.stderr
    lines = (small_release / "paris-call.nt").read_bytes().count(b"\n")
    assert f"{DATASET.value}: {lines:,} triples, as released\n" in finished.stderr
    assert lines > 5_000


class Cut:
    """A body that says how long it is, and breaks off in the middle."""

    def __init__(self, content: bytes) -> None:
        self._length = len(content)
        self._rest = [content[: len(content) // 2]]

    def __len__(self) -> int:
        return self._length

    def read(self, _size: int = -1) -> bytes:
        if self._rest:
            return self._rest.pop()
        raise KeyboardInterrupt


def test_a_put_that_is_cut_leaves_the_graph_that_was_there(endpoints: Endpoints) -> None:
    url = endpoints.graph_store
    credentials = read_credentials(url, endpoints.environment)
    store = GraphStore(url, Connection(credentials))
    store.load(OLD)
    content = b"".join(b"<http://e/s> <http://e/p> <http://e/%d> .\n" % n for n in range(50_000))
    with pytest.raises(KeyboardInterrupt):
        requests.put(
            url,
            params={"graph": IRI},
            data=Cut(content),
            headers={"Content-Type": "application/n-triples"},
            auth=credentials,
            timeout=60,
        )
    assert held(store) == OLD.statements


def test_an_update_that_is_killed_shows_nothing_and_the_next_one_repairs_it(
    endpoints: Endpoints, example_release: Path
) -> None:
    store = opened(endpoints, "update")
    assert isinstance(store, UpdateStore)
    store.load(OLD)
    graph = next(graph for graph in read_graphs(example_release) if graph.iri == IRI)
    for operation in list(operations(graph))[:-2]:
        headers = {"Content-Type": "application/sparql-update; charset=UTF-8"}
        store.connection.send(
            Message("POST", store.url, IRI, {}, headers, content=operation.encode())
        )
    assert held(store) == OLD.statements
    push([graph], store)
    assert held(store) == graph.statements
    assert held(store, f"{BASE}loading/ns") == set()


class Counting(Connection):
    """A connection that counts what is sent, and is cut after so many messages."""

    def __init__(self, url: str, environment: Mapping[str, str], most: int = 1_000) -> None:
        super().__init__(read_credentials(url, environment))
        self.sent, self._most = 0, most

    def send(self, message: Message) -> bytes:
        self.sent += message.content is not None
        if self.sent > self._most:
            raise KeyboardInterrupt
        return super().send(message)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_push_in_parts_that_is_cut_goes_on(endpoints: Endpoints, protocol: str) -> None:
    lines = [b"<http://e/s> <http://e/p> <http://e/%d> .\n" % n for n in range(4_000)]
    graph = NamedGraph(IRI, b"".join([*lines, b"_:a <http://e/p> _:b .\n"]))

    def connected(most: int) -> tuple[Store, Counting]:
        url = endpoints.update if protocol == "update" else endpoints.graph_store
        connection = Counting(url, endpoints.environment, most)
        if protocol == "update":
            return UpdateStore(url, endpoints.query, connection), connection
        return GraphStore(url, connection, part=1_000), connection

    opened(endpoints, protocol).load(OLD)
    with pytest.raises(KeyboardInterrupt):
        push([graph], connected(3)[0], in_parts=True)
    store, connection = connected(1_000)
    push([graph], store, in_parts=True)
    assert held(store) == graph.statements
    assert connection.sent == (4 if protocol == "update" else 2)  # two parts; two more to replace
    push([graph], store, in_parts=True)
    assert connection.sent == (4 if protocol == "update" else 2)


def test_operations_that_are_sent_twice_do_no_harm(
    endpoints: Endpoints, example_release: Path
) -> None:
    store = opened(endpoints, "update")
    assert isinstance(store, UpdateStore)
    graph = next(graph for graph in read_graphs(example_release) if graph.iri == IRI)
    for operation in operations(graph):
        for _ in range(2):
            headers = {"Content-Type": "application/sparql-update; charset=UTF-8"}
            store.connection.send(
                Message("POST", store.url, IRI, {}, headers, content=operation.encode())
            )
    assert held(store) == graph.statements


XSD = "http://www.w3.org/2001/XMLSchema#"
ALIKE = {
    f'"2019-11-10"^^<{XSD}date>',
    f'"2019-11-10Z"^^<{XSD}date>',
    f'"2019"^^<{XSD}gYear>',
    f'"true"^^<{XSD}boolean>',
    f'"12"^^<{XSD}integer>',
    f'"http://e/x"^^<{XSD}anyURI>',
    '"Le Soutien\\tde \\"l’Appel\\" \\\\ 日本 😀"@fr',
    '""',
    "<http://e/%C3%A9?a=1&b=2>",
}
# What a store gives back in the place of a value: the same number, but not the same text.
ALTERED = {
    "oxigraph": {
        f'"01"^^<{XSD}integer>': f'"1"^^<{XSD}integer>',
        f'"1"^^<{XSD}boolean>': f'"true"^^<{XSD}boolean>',
        f'"1.50"^^<{XSD}decimal>': f'"1.5"^^<{XSD}decimal>',
        f'"5"^^<{XSD}nonNegativeInteger>': f'"5"^^<{XSD}integer>',
    },
    "virtuoso": {
        f'"01"^^<{XSD}integer>': f'"1"^^<{XSD}integer>',
        f'"1"^^<{XSD}boolean>': f'"true"^^<{XSD}boolean>',
        f'"1.50"^^<{XSD}decimal>': f'"1.5"^^<{XSD}decimal>',
        f'"P1Y"^^<{XSD}duration>': f'"12"^^<{XSD}duration>',
    },
    "fuseki": {
        f'"01"^^<{XSD}integer>': f'"1"^^<{XSD}integer>',
        f'"1"^^<{XSD}boolean>': f'"true"^^<{XSD}boolean>',
        f'"1.50"^^<{XSD}decimal>': f'"1.5"^^<{XSD}decimal>',
    },
    "rdf4j": {},
}
VALUES = sorted(ALIKE.union(*ALTERED.values()))


@pytest.mark.parametrize("value", VALUES)
def test_what_a_store_alters_is_said(server: tuple[str, Endpoints], value: str) -> None:
    name, endpoints = server
    iri = f"http://e/{VALUES.index(value)}"
    graph = NamedGraph(iri, f"<http://e/s> <http://e/p> {value} .\n".encode())
    if value in ALTERED[name]:
        with pytest.raises(StoreMismatchError) as refused:
            push([graph], opened(endpoints))
        assert f"not there: <http://e/s> <http://e/p> {value} ." in str(refused.value)
        assert f"instead: <http://e/s> <http://e/p> {ALTERED[name][value]} ." in str(refused.value)
    else:
        push([graph], opened(endpoints))


def test_a_store_that_wants_a_password_refuses_who_has_none(
    run: Run, endpoints: Endpoints, example_release: Path
) -> None:
    if not endpoints.environment:
        pytest.skip("this store asks for no password")
    for environment in ({}, {**endpoints.environment, "PARISCALL_PASSWORD": "wrong"}):
        command = ("push", endpoints.graph_store, "--release", example_release)
        finished = run(*command, **environment)
        assert finished.returncode == 4
        assert "401" in finished.stderr
        assert "wrong" not in finished.stderr
    assert requests.get(endpoints.graph_store, timeout=10).status_code == 401
