"""Shapes reach nothing: no server and no file, whatever their queries say and wherever they are."""

from __future__ import annotations

import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from pariscall.errors import ShapesError
from pariscall.rdf.rdflib_fetching import no_fetching
from pariscall.validation.files import validate_files
from pariscall.validation.shacl.query_texts import find_reaching
from pariscall.validation.shacl.shapes import ShapesGraph
from pariscall.validation.validate import make_engine
from support.reaching import PLACES, PREFIXES, QUERIES, SHAPE


class _Counting(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Count a request."""
        self.server.hits.append(self.path)  # type: ignore[attr-defined]
        self.send_error(404)

    do_POST = do_GET  # noqa: N815 the name is that of http.server

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), _Counting) as started:
        started.hits = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=started.serve_forever, args=(0.01,))
        thread.start()
        yield started
        started.shutdown()
        thread.join()


def shapes_of(text: str) -> list[Quad]:
    return list(parse(PREFIXES + text, format=RdfFormat.TURTLE, base_iri="http://e/"))


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_reaches_out_is_found_wherever_it_is(place: str, query: str) -> None:
    written = query.replace("URL", "http://127.0.0.1:9/")
    assert list(find_reaching(shapes_of(place.format(f'"""{written}"""'))))


@pytest.mark.parametrize(
    "text",
    [
        SHAPE + " ; sh:message 'SERVICE <http://e/> { } and FROM <http://e/>' .",
        SHAPE + " ; sh:sparql [ sh:select 'SELECT $this { $this e:from \"LOAD <x>\" }' ] .",
        SHAPE
        + " ; sh:sparql [ sh:select 'SELECT $this { ?this e:p ?service . ?load ?from e:x }' ] .",
        SHAPE + " . e: sh:declare [ sh:prefix '' ; sh:namespace 'http://e/' ] .",
        SHAPE + " . e: sh:declare [ sh:prefix 'e-1.x' ; sh:namespace 'urn:e:' ] .",
    ],
)
def test_words_that_reach_nothing_are_left_alone(text: str) -> None:
    assert not list(find_reaching(shapes_of(text)))


@pytest.mark.parametrize(
    "declared",
    [
        "sh:prefix 'x' ; sh:namespace 'http://e/> SELECT * { SERVICE <http://e/> { } } #'",
        "sh:prefix 'x: <http://e/> SELECT * { SERVICE <http://e/> { } } #' ; sh:namespace 'http://e/'",
    ],
)
def test_a_prefix_that_would_end_in_a_query_is_found(declared: str) -> None:
    assert list(find_reaching(shapes_of(f"{SHAPE} . e: sh:declare [ {declared} ] .")))


@pytest.mark.parametrize("engine", ["oxigraph", "pyshacl"])
@pytest.mark.parametrize("name", ["nested constraint", "switched off"])
def test_no_engine_is_asked_and_the_place_is_told(
    tmp_path: Path, server: HTTPServer, engine: str, name: str
) -> None:
    query = (
        rf"SELECT $this {{ SER\\u0056ICE <http://127.0.0.1:{server.server_port}/> {{ ?a ?b ?c }} }}"
    )
    (tmp_path / "data.ttl").write_text("<http://e/x> a <http://e/T> .", encoding="utf-8")
    shapes = PREFIXES + PLACES[name].format(f'"""{query}"""')
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    with pytest.raises(ShapesError, match=r"shapes\.ttl:2.*SERVICE"):
        validate_files([tmp_path / "data.ttl"], [str(tmp_path / "shapes.ttl")], engine)
    with pytest.raises(ShapesError, match="SERVICE"):
        make_engine(ShapesGraph(shapes_of(shapes)), engine)
    assert server.hits == []  # type: ignore[attr-defined]


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # of rdflib, about itself
@pytest.mark.parametrize("query", QUERIES[:7])
def test_rdflib_fetches_nothing_even_if_it_is_asked(server: HTTPServer, query: str) -> None:
    import rdflib

    url = f"http://127.0.0.1:{server.server_port}/"
    asked = query.replace("URL", url).replace("\\\\", "\\").replace("SERVICESILENT", "SERVICE ")
    with no_fetching():
        with suppress(PermissionError):
            list(rdflib.Dataset().query(asked.replace("file:///etc/passwd", url)))
        with pytest.raises(PermissionError):
            rdflib.Graph().parse(url, format="turtle")
        with pytest.raises(PermissionError):
            rdflib.Graph().parse(data=f'{{"@context": "{url}"}}', format="json-ld")
    assert server.hits == []  # type: ignore[attr-defined]


@pytest.mark.slow
def test_other_threads_and_later_requests_go_on(server: HTTPServer) -> None:
    address = ("127.0.0.1", server.server_port)
    with no_fetching():
        with pytest.raises(PermissionError):
            socket.create_connection(address)
        thread = threading.Thread(target=lambda: socket.create_connection(address).close())
        thread.start()
        thread.join()
    with pytest.raises(urllib.request.HTTPError):
        urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/later")
    assert server.hits.pop() == "/later"  # type: ignore[attr-defined]
