"""The constraint components of DASH (https://datashapes.org/constraints.html).

DASH defines them by SPARQL, in a file that comes with pySHACL. Those that shapes use are run as
components that the shapes define themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from ...rdf.namespaces import RDF
from .graph import ShaclGraph
from .result import Term
from .vocabulary import asset

DASH = "http://datashapes.org/dash#"
# What newer versions say to forms and user interfaces.
_HINTS = {"propertyRole", "hidden", "readOnly", "defaultLang", "mimeTypes", "applicableToClass"}
_LINKS = ("parameter", "validator", "nodeValidator", "propertyValidator", "prefixes", "declare")
_KEPT = {*_LINKS, RDF + "type", "path", "optional", "ask", "select", "message"}
_KEPT |= {"prefix", "namespace"}


@cache
def _vocabulary() -> tuple[ShaclGraph, list[Quad]]:
    quads = list(parse(path=str(asset("dash.ttl")), format=RdfFormat.TURTLE))
    return ShaclGraph(quads), quads


def is_understood(term: NamedNode) -> bool:
    """Return whether a property of a shape asks for nothing, or for what SPARQL defines."""
    graph = _vocabulary()[0]
    if not _components(term):
        return bool(graph.properties(term)) or term.value.removeprefix(DASH) in _HINTS
    return any(
        graph.values(validator, form)
        for component in _components(term)
        for kind in ("validator", "nodeValidator", "propertyValidator")
        for validator in graph.values(component, kind)
        for form in ("ask", "select")
    )


def definitions(shapes: Iterable[Quad]) -> list[Quad]:
    """Return the definitions of the components whose parameters shapes use."""
    predicates = {quad.predicate for quad in shapes}
    used = {predicate for predicate in predicates if predicate.value.startswith(DASH)}
    if not used:
        return []
    graph, quads = _vocabulary()
    run = filter(is_understood, sorted(used, key=str))
    components = [node for term in run for node in _components(term)]
    nodes = set(_described(graph, components))
    return [
        quad
        for quad in quads
        if quad.subject in nodes
        and quad.predicate.value.removeprefix("http://www.w3.org/ns/shacl#") in _KEPT
    ]


def _components(term: NamedNode) -> list[Term]:
    graph = _vocabulary()[0]
    return [
        component
        for parameter in graph.having("path", term)
        for component in graph.having("parameter", parameter)
    ]


def _described(graph: ShaclGraph, nodes: Collection[Term]) -> Iterator[Term]:
    waiting = list(nodes)
    seen: set[Term] = set()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            yield node
            waiting += [inner for name in _LINKS for inner in graph.values(node, name)]
