"""What is wrong with shapes before they judge anything.

A misspelt term, a reference to a shape that is not there or a feature that no engine runs
would make shapes demand less than their author believes, and data conform that do not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from pyoxigraph import NamedNode, Quad

from ...rdf.namespaces import MSC, SH
from ...rdf.prefixes import Prefixes
from ...rdf.reader import read_file
from .oxigraph import OxigraphEngine
from .result import Node, Term, ValidationResult
from .shapes import ShapesGraph
from .vocabulary import asset, is_beyond, terms

_IMPORTS = "http://www.w3.org/2002/07/owl#imports"
_SHAPES = ("node", "property", "not", "qualifiedValueShape")
_LISTS_OF_SHAPES = ("and", "or", "xone")
_NEEDS = {
    "flags": ("pattern",),
    "ignoredProperties": ("closed",),
    "qualifiedMinCount": ("qualifiedValueShape",),
    "qualifiedMaxCount": ("qualifiedValueShape",),
    "qualifiedValueShape": ("qualifiedMinCount", "qualifiedMaxCount"),
    "qualifiedValueShapesDisjoint": ("qualifiedValueShape",),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the statement of the shapes that says it, as far as it is known."""

    text: str
    subject: Node
    predicate: NamedNode | None = None
    object: Node | None = None


def find_problems(
    shapes: Collection[Quad], defined: Collection[object], prefixes: Prefixes
) -> Iterator[Problem]:
    """Find what is wrong with shapes; ``defined`` are the terms of the ontology.

    Raises:
        ShapesError: if a list does not end or a path is none.
    """
    graph = ShapesGraph(shapes)
    yield from _terms(shapes, defined, prefixes)
    yield from _imports(shapes)
    for node in graph.subjects():
        yield from _references(graph, node, prefixes)
        yield from _idle(graph, node, prefixes)
    for result in OxigraphEngine(read_file(asset("shacl-shacl.ttl"))).validate(shapes):
        yield _ill_formed(result, prefixes)


def _terms(
    shapes: Iterable[Quad], defined: Collection[object], prefixes: Prefixes
) -> Iterator[Problem]:
    for quad in shapes:
        for term, said in ((quad.predicate, None), (quad.object, quad.object)):
            if isinstance(term, NamedNode):
                text = _problem_of(term, defined, prefixes)
                if text:
                    yield Problem(text, quad.subject, quad.predicate, said)


def _problem_of(term: NamedNode, defined: Collection[object], prefixes: Prefixes) -> str | None:
    name = term.value.removeprefix(SH)
    if term.value.startswith(SH):
        if is_beyond(name):
            return f"sh:{name} is a feature that no engine here runs. Write it in SHACL Core."
        if name not in terms():
            spellings = {known.lower(): known for known in sorted(terms())}
            close = get_close_matches(name.lower(), spellings, 1)
            hint = f" Did you mean sh:{spellings[close[0]]}?" if close else ""
            return f"sh:{name} is not a term of SHACL.{hint}"
    if term.value.startswith(MSC) and term.value != MSC and term not in defined:
        return f"{prefixes.compact_term(term)} is not a term of the ontology."
    return None


def _imports(shapes: Collection[Quad]) -> Iterator[Problem]:
    subjects = {quad.subject for quad in shapes}
    for quad in shapes:
        if quad.predicate.value == _IMPORTS and quad.object not in subjects:
            text = "owl:imports is not followed. Name the imported file with --shapes as well."
            yield Problem(text, quad.subject, quad.predicate, quad.object)


def _references(graph: ShapesGraph, node: Term, prefixes: Prefixes) -> Iterator[Problem]:
    """Find references to shapes that the shapes graph does not describe."""
    references = [(name, target) for name in _SHAPES for target in graph.values(node, name)]
    for name in _LISTS_OF_SHAPES:
        references += [
            (name, target) for head in graph.values(node, name) for target in graph.items(head)
        ]
    for name, target in references:
        if not graph.properties(target):
            text = f"sh:{name} refers to {prefixes.compact_term(target)}, which is not described."
            yield Problem(text, node, NamedNode(SH + name))


def _idle(graph: ShapesGraph, node: Term, prefixes: Prefixes) -> Iterator[Problem]:
    """Find what has no effect: parameters without their partner, shapes without a demand."""
    said = graph.properties(node)
    for name in said.keys() & _NEEDS.keys():
        if not said.keys() & set(_NEEDS[name]):
            text = f"sh:{name} has no effect without sh:{' or sh:'.join(_NEEDS[name])}."
            yield Problem(text, node, NamedNode(SH + name))
    if graph.has_target(node) and not graph.demands(node):
        yield Problem(
            f"the shape {prefixes.compact_term(node)} has a target but demands nothing.", node
        )


def _ill_formed(result: ValidationResult, prefixes: Prefixes) -> Problem:
    path = NamedNode(result.path[1:-1]) if result.path and result.path[0] == "<" else None
    name = prefixes.compact_term(path) if path else "the shape"
    value = (
        ""
        if result.value is None or result.value == result.focus
        else f" {prefixes.compact_term(result.value)}"
    )
    component = result.component.removesuffix("ConstraintComponent")
    text = f"{name}{value} is not well-formed SHACL ({component})."
    return Problem(text, result.focus, path, result.value if path else None)
