"""The tests in the manifests of a suite of the W3C."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import rdflib
from rdflib.collection import Collection

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")

# Manifests by what is tested. Entailment and federation are not done here.
SUITES = {
    "query evaluation and syntax": "manifest-sparql11-query.ttl",
    "result formats": "manifest-sparql11-results.ttl",
}
PROTOCOL = "protocol/manifest.ttl"


@dataclass(frozen=True)
class QueryTest:
    """A test of a query: its dataset and its expected result, if it has one."""

    name: str
    kind: str
    query: Path
    data: tuple[Path, ...] = ()
    graphs: tuple[Path, ...] = ()
    result: Path | None = None

    @property
    def is_negative(self) -> bool:
        """Whether the query must be refused."""
        return self.kind.startswith("Negative")


def find_suite(folder: Path) -> Path:
    """Return the folder of the manifests, at a folder or below it."""
    manifest = next(iter(sorted(folder.rglob(SUITES["query evaluation and syntax"]))), None)
    if manifest is None:
        raise SystemExit(f"{folder}: there is no manifest-sparql11-query.ttl. Name its folder.")
    return manifest.parent


def read_tests(manifest: Path) -> Iterator[QueryTest]:
    """Read the tests of a manifest and of those that it includes, in their order."""
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.resolve().as_uri())
    for members in graph.objects(predicate=MF.include):
        for included in Collection(graph, members):
            yield from read_tests(_path(included))
    for members in graph.objects(predicate=MF.entries):
        for test in Collection(graph, members):
            yield _test(graph, test, manifest.parent.name)


def _test(graph: rdflib.Graph, test: rdflib.term.Node, group: str) -> QueryTest:
    name = f"{group}/{str(test).rpartition('#')[2]}"
    kind = str(graph.value(test, rdflib.RDF.type)).rpartition("#")[2]
    action = graph.value(test, MF.action)
    query = graph.value(action, QT.query)
    if query is None:
        return QueryTest(name, kind, _path(action))
    result = graph.value(test, MF.result)
    data, graphs = (
        tuple(sorted(map(_path, graph.objects(action, predicate))))
        for predicate in (QT.data, QT.graphData)
    )
    return QueryTest(name, kind, _path(query), data, graphs, _path(result) if result else None)


def _path(node: rdflib.term.Node | None) -> Path:
    return Path(unquote(urlsplit(str(node)).path))
