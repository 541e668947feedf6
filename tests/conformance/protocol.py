"""The tests of the protocol, put to the endpoint as the requests that the manifest describes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize
from rdflib.collection import Collection

from support.server import Reply, Server, serving

from .queries import Outcome
from .suite import MF

_HT = rdflib.Namespace("http://www.w3.org/2011/http#")
_CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
_UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_TYPES = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml"),
}


def run_protocol(manifest: Path, folder: Path) -> Iterator[Outcome]:
    """Run the tests of a manifest against a server that holds the graphs they name."""
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.resolve().as_uri())
    (folder / "protocol.nq").write_bytes(_graphs(graph))
    with serving(folder, "--data", "protocol.nq") as server:
        for members in graph.objects(predicate=MF.entries):
            for test in Collection(graph, members):
                yield _run(graph, test, server)


def _graphs(graph: rdflib.Graph) -> bytes:
    """Return the graphs that the tests describe; those that are only named get a triple."""
    quads = []
    for described in set(graph.objects(predicate=_UT.graphData)):
        name = NamedNode(str(graph.value(described, rdflib.RDFS.label)))
        path = Path(unquote(urlsplit(str(graph.value(described, _UT.graph))).path))
        found = parse(path.read_bytes(), RdfFormat.N_TRIPLES, rename_blank_nodes=True)
        quads += [Quad(q.subject, q.predicate, q.object, name) for q in found]
    for address in graph.objects(predicate=_HT.absolutePath):
        for parameter, value in parse_qsl(urlsplit(str(address)).query):
            if parameter in ("default-graph-uri", "named-graph-uri"):
                dummy = NamedNode("x:dummy")
                quads.append(Quad(dummy, dummy, dummy, NamedNode(value)))
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


def _run(graph: rdflib.Graph, test: rdflib.term.Node, server: Server) -> Outcome:
    name = f"protocol/{str(test).rpartition('#')[2]}"
    for request in _requests(graph, test):
        problem = _problem(graph, _send(graph, request, server), graph.value(request, _HT.resp))
        if problem:
            return Outcome(name, problem)
    return Outcome(name)


def _requests(graph: rdflib.Graph, test: rdflib.term.Node) -> Iterator[rdflib.term.Node]:
    for members in graph.objects(graph.value(test, MF.action), _HT.requests):
        yield from Collection(graph, members)


def _send(graph: rdflib.Graph, request: rdflib.term.Node, server: Server) -> Reply:
    body = graph.value(request, _HT.body)
    content = None
    if body is not None:
        encoding = str(graph.value(body, _CNT.characterEncoding))
        content = str(graph.value(body, _CNT.chars)).encode(encoding)
    listed = graph.value(request, _HT.headers)
    headers = {
        str(graph.value(header, _HT.fieldName)): str(graph.value(header, _HT.fieldValue))
        for header in (Collection(graph, listed) if listed else ())
    }
    path = str(graph.value(request, _HT.absolutePath)).replace("/sparql/", "/sparql", 1)
    return server.send(str(graph.value(request, _HT.methodName)), path, content, **headers)


def _problem(graph: rdflib.Graph, reply: Reply, expected: rdflib.term.Node | None) -> str | None:
    classes = {str(status)[-3] for status in graph.objects(expected, MF.expectedStatus)}
    if str(reply.status)[0] not in classes:
        return f"{reply.status}: {reply.text.strip()[:120]}"
    kind = graph.value(expected, MF.expectedFormat)
    media_type = reply.headers.get("content-type", "").partition(";")[0]
    if kind is not None and media_type not in _TYPES[str(kind)]:
        return f"content type {media_type}"
    boolean = graph.value(expected, MF.expectedBoolean)
    if boolean is not None and json.loads(reply.body)["boolean"] != boolean.toPython():  # type: ignore[attr-defined]
        return "another answer"
    return None
