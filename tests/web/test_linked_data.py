"""Without a site, the server describes every IRI from its graph, as the site would."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from pariscall import bundle
from pariscall.query.loading import read_store
from pariscall.rdf.canonical import named
from pariscall.rdf.namespaces import BASE, TYPE
from pariscall.web.endpoint.document import write_document
from pariscall.web.endpoint.graph_documents import GraphDocuments, find_name, read_documents
from pariscall.web.routes.routes import find_route
from support.html import Parsed
from support.server import Server, needs_fork, serving, wait_for

URL = "https://example.org/calls"
FORMATS = {
    "text/turtle": (".ttl", RdfFormat.TURTLE),
    "application/ld+json": (".jsonld", RdfFormat.JSON_LD),
    "application/n-triples": (".nt", RdfFormat.N_TRIPLES),
    "application/rdf+xml": (".rdf", RdfFormat.RDF_XML),
}
RDF = dict(FORMATS.values())
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
HOSTILE = r"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/mscall/actor/evil> rdfs:label "<script>alert(1)</script>" , "\u202Etxt\u0007" ;
  rdfs:seeAlso <javascript:alert(1)> , <data:text/html,x> , <http://ex.test/?"onclick=> ;
  rdfs:comment "\"><img src=x onerror=alert(1)>"@en .
<https://w3id.org/mscall//evil.test/x> rdfs:label "x" .
<https://w3id.org/mscall/a/../../secret> rdfs:label "x" .
<https://w3id.org/mscall/a?b=c> rdfs:label "x" .
<https://w3id.org/mscall/a%0D%0ASet-Cookie:%20a=b> rdfs:label "x" .
<https://w3id.org/mscall/a%5C%5Cevil.test> rdfs:label "x" .
<https://example.org/calls/caf%C3%A9> rdfs:label "café" ; rdfs:seeAlso _:one .
<https://example.org/calls/naïve> rdfs:label "naïve" .
_:one rdfs:label "one" ; rdfs:seeAlso _:two .
_:two rdfs:label "two" ; rdfs:seeAlso _:one .
<http://other.test/x> rdfs:label "elsewhere" .
""".replace('?"onclick=', "?a=b")


@pytest.fixture(scope="module")
def documents(small: Path) -> GraphDocuments:
    return read_documents(read_store(small), URL, is_bundled=True)


@pytest.fixture(scope="module")
def hostile() -> GraphDocuments:
    store = Store()
    store.load(HOSTILE.encode(), format=RdfFormat.TURTLE)
    return read_documents(store, URL, is_bundled=False)


def read(documents: GraphDocuments, name: str, suffix: str) -> set[Triple]:
    content = write_document(documents, name, suffix, URL)
    return {quad.triple for quad in parse(content, format=RDF[suffix])}


def canonical_triples(quads: Iterable[Quad]) -> list[Triple]:
    return sorted(set(named([quad.triple for quad in quads])), key=str)


def page(documents: GraphDocuments, name: str, suffix: str = ".html") -> Parsed:
    return Parsed(write_document(documents, name, suffix, URL).decode())


@pytest.mark.slow
def test_the_documents_hold_the_whole_graph(documents: GraphDocuments) -> None:
    described = [quad for name in documents.subjects for quad in documents.quads(name)]
    assert canonical_triples(described) == canonical_triples(documents.store)


def test_each_resource_is_in_the_document_that_its_address_leads_to(
    documents: GraphDocuments,
) -> None:
    subjects = {q.subject.value for q in documents.store if isinstance(q.subject, NamedNode)}
    ours = [iri for iri in subjects if iri.startswith(BASE)]
    assert len(ours) > 300
    for iri in ours:
        target = find_route(iri.removeprefix(BASE).partition("#")[0])
        assert target, iri
        assert NamedNode(iri) in documents.subjects[target.document]


@pytest.mark.slow
def test_a_document_says_the_same_in_every_format(documents: GraphDocuments) -> None:
    for name in ("actor/abb", "ns", "shapes", "ns/0.1.0", "ns/align", "index", "country/SWE"):
        expected = canonical_triples(documents.quads(name))
        assert expected
        for suffix in RDF:
            found = (Quad(*triple) for triple in read(documents, name, suffix))
            assert canonical_triples(found) == expected, (name, suffix)
        for suffix in (*RDF, ".html"):
            again = write_document(documents, name, suffix, URL)
            assert again == write_document(documents, name, suffix, URL)


def test_a_page_shows_every_statement_and_leads_on(documents: GraphDocuments) -> None:
    shown = page(documents, "actor/abb")
    for quad in documents.quads("actor/abb"):
        if isinstance(quad.object, Literal):
            assert quad.object.value in shown.text
    assert "endorsement/paris-call/abb/1" in shown.ids
    links = {link["href"] for link in shown.all("a")}
    assert {"/calls/", "/calls/actor/abb.ttl", "/calls/call/paris-call.html"} <= links
    assert "/calls/actor/abb.html#endorsement/paris-call/abb/1" in links
    assert "/calls/ns.html#endorses" in links
    ours = [link.removeprefix("/calls/") for link in links if link.startswith("/calls/")]
    for link in ours:
        assert not link or link.partition("#")[0].rsplit(".", 1)[0].removesuffix(".fr") in set(
            documents.names
        )


def test_a_page_is_in_english_or_french(documents: GraphDocuments) -> None:
    french, english = (page(documents, "country/SWE", s) for s in (".fr.html", ".html"))
    assert ("Suède" in french.text, "Mentionné par" in french.text) == (True, True)
    assert ("Sweden" in english.text, "Mentioned by" in english.text) == (True, True)
    assert french.all("html", lang="fr")
    assert english.all("html", lang="en")


def test_hostile_values_are_text(hostile: GraphDocuments) -> None:
    shown = page(hostile, "actor/evil")
    assert {tag for tag, _ in shown.elements}.isdisjoint({"script", "img", "iframe", "style"})
    links = {link["href"] for link in shown.all("a")}
    assert "http://ex.test/?a=b" in links
    assert not [link for link in links if link.startswith(("javascript:", "data:"))]
    assert "<script>alert(1)</script>" in shown.text
    assert "\u202e" not in shown.text
    assert "\x07" not in shown.text


def test_no_iri_leads_a_client_elsewhere(hostile: GraphDocuments) -> None:
    assert hostile.names == ["actor/evil", "café", "index", "naïve"]
    assert find_name("https://example.org/callsign", URL) is None
    assert find_name("https://example.org/calls/", URL) == "index"


def test_blank_nodes_are_described_where_they_are_mentioned(hostile: GraphDocuments) -> None:
    for suffix in RDF:
        found = {t.object for t in read(hostile, "café", suffix)}
        assert {Literal("café"), Literal("one"), Literal("two")} <= found
    shown = page(hostile, "café")
    anchors = {link["href"] for link in shown.all("a") if link["href"].startswith("#")}
    assert anchors == {f"#{anchor}" for anchor in shown.ids}
    assert len(anchors) == 2


def test_a_graph_without_a_call_has_a_first_page(hostile: GraphDocuments) -> None:
    assert "The graph is empty." in page(hostile, "index").text
    typed = Store()
    typed.add(Quad(NamedNode(f"{BASE}a"), TYPE, NamedNode(f"{BASE}B")))
    first = page(read_documents(typed, URL, is_bundled=False), "index")
    assert "/calls/a.html" in {link["href"] for link in first.all("a")}


# Over HTTP


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if needs_fork:
        pytest.skip("the server needs a system that forks")
    limits = ("--workers", "1", "--timeout", "20")
    with serving(tmp_path_factory.mktemp("alone"), *limits) as running:
        yield running


@pytest.mark.server
@pytest.mark.parametrize("media_type", [*FORMATS, "text/html"])
@pytest.mark.parametrize(
    "path",
    ["", "actor/abb", "endorsement/paris-call/abb/1", "ns", "shapes/0.1.0", "code/status"],
)
def test_an_iri_redirects_to_its_description(server: Server, path: str, media_type: str) -> None:
    thing = server.send("GET", f"/{path}", Accept=media_type, Accept_Language="fr")
    assert thing.status == 303
    assert thing.headers["vary"] == "Accept, Accept-Language"
    location = thing.headers["location"].partition("#")[0]
    described = server.send("GET", location)
    assert described.status == 200
    assert described.headers["content-type"].partition(";")[0] == media_type
    if media_type == "text/html":
        assert location.endswith(".fr.html")
        assert described.headers["content-security-policy"].startswith("default-src 'none'")
    else:
        suffix, rdf = FORMATS[media_type]
        assert location.endswith(suffix)
        assert list(parse(described.body, format=rdf))
        assert '.html>; rel="alternate"; type="text/html"' in described.headers["link"]


@pytest.mark.server
def test_a_description_can_be_cached_and_compressed(server: Server) -> None:
    plain = server.send("GET", "/actor/abb.ttl")
    packed = server.send("GET", "/actor/abb.ttl", Accept_Encoding="gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["etag"] != plain.headers["etag"]
    again = server.send("GET", "/actor/abb.ttl", If_None_Match=plain.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    head = server.send("HEAD", "/actor/abb.ttl")
    assert (head.headers["content-length"], head.body) == (plain.headers["content-length"], b"")
    assert server.send("PUT", "/actor/abb.ttl").status == 405
    assert server.send("OPTIONS", "/actor/abb.ttl").status == 204


@pytest.mark.server
def test_the_context_of_the_json_ld_is_there(server: Server) -> None:
    reply = server.send("GET", "/context/v1.jsonld")
    assert (reply.body, reply.status) == (bundle.CONTEXT.read_bytes(), 200)


@pytest.mark.server
@pytest.mark.parametrize(
    "path",
    ["/actor/nobody", "/actor/nobody.ttl", "//etc/passwd", "/index", "/actor/abb.txt", "/%00"],
)
def test_what_is_not_described_is_not_there(server: Server, path: str) -> None:
    reply = server.send("GET", path, Accept_Language="fr")
    assert (reply.status, reply.text) == (404, "rien n’est décrit ici.\n")


@pytest.mark.server
def test_no_query_holds_a_document_up(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 10) as client:
        head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: {len(ENDLESS)}\r\n"
        kind = "Content-Type: application/sparql-query\r\n\r\n"
        client.sendall(f"{head}{kind}{ENDLESS}".encode())
        assert wait_for(5, lambda: len(server.at_work()) == 1)
        start = time.monotonic()
        assert server.send("GET", "/actor/abb.html").status == 200
        assert time.monotonic() - start < 3
    assert wait_for(5, lambda: server.at_work() == [])
