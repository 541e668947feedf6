"""What is wrong with shapes before they judge anything.

A misspelt term, a reference to a shape that is not there or a feature that no engine runs
would make shapes demand less than their author believes, and data conform that do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from pyoxigraph import BlankNode, NamedNode, Quad

from ...errors import ShapesError
from ...rdf.namespaces import MSC, RDF, SH, TYPE
from ...rdf.prefixes import Prefixes
from ...rdf.reader import read_file
from . import dash
from .dash import DASH
from .oxigraph import OxigraphEngine
from .query_texts import find_reaching
from .result import Node, Term, ValidationResult
from .shapes import ShapesGraph
from .vocabulary import asset, is_beyond, terms

_IMPORTS = NamedNode("http://www.w3.org/2002/07/owl#imports")
_IN = NamedNode(SH + "in")
_SHAPES = ("node", "property", "not", "qualifiedValueShape", "memberShape")
_LISTS_OF_SHAPES = ("and", "or", "xone")
_NEEDS = {
    "flags": ("pattern",),
    "ignoredProperties": ("closed",),
    "qualifiedMinCount": ("qualifiedValueShape",),
    "qualifiedMaxCount": ("qualifiedValueShape",),
    "qualifiedValueShape": ("qualifiedMinCount", "qualifiedMaxCount"),
    "qualifiedValueShapesDisjoint": ("qualifiedValueShape",),
}

# Why a statement of shapes is ill-formed, by the component of the W3C's shapes that finds it.
_REASONS = {
    "And": "the value is not of the right kind",
    "Class": "the value is not of the right class",
    "Datatype": "the value is not of the right datatype",
    "HasValue": "a list does not end as it must",
    "MaxCount": "there may be fewer only",
    "MinCount": "it is missing",
    "MinInclusive": "the value is too small",
    "Node": "the value is not of the right form, such as a list or a shape",
    "NodeKind": "the value is not of the right kind: an IRI, a blank node or a literal",
    "Not": "the parameters do not go together",
    "Or": "the value is not of the right kind",
    "Xone": "it is neither a node shape, without sh:path, nor a property shape, with one sh:path",
}


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the statement of the shapes that says it, as far as it is known."""

    text: str
    subject: Node
    predicate: NamedNode | None = None
    object: Node | None = None


def find_problems(
    graph: ShapesGraph, own: Collection[Quad], defined: Collection[object], prefixes: Prefixes
) -> Iterator[Problem]:
    """Find what is wrong with statements of shapes (``own``); all others in their graph are sound.

    ``defined`` are the terms of the ontology.

    Raises:
        ShapesError: if a list does not end or a path is none.
    """
    for text, (subject, predicate, term, _) in find_reaching(own):
        yield Problem(text, subject, predicate, term)
    yield from _terms(own, defined, prefixes)
    nodes = {quad.subject for quad in own}
    for node in graph.described():
        if node in nodes:
            yield from _references(graph, node, prefixes)
            yield from _idle(graph, node, prefixes)
    for result in OxigraphEngine(read_file(asset("shacl-shacl.ttl"))).validate(
        _without_codes(graph), own
    ):
        yield _ill_formed(result, prefixes)


def _terms(
    shapes: Collection[Quad], defined: Collection[object], prefixes: Prefixes
) -> Iterator[Problem]:
    @cache
    def problem_of(term: NamedNode, *, is_used: bool) -> str | None:
        return _problem_of(term, defined, prefixes, is_used=is_used)

    misused = {p for p in {quad.predicate for quad in shapes} if problem_of(p, is_used=True)}
    for quad in shapes:
        if misused and (text := problem_of(quad.predicate, is_used=True)):
            yield Problem(text, quad.subject, quad.predicate)
        # A class says what a thing is; any other object is only mentioned.
        term = quad.object
        if isinstance(term, NamedNode):
            predicate = quad.predicate
            if text := problem_of(term, is_used=predicate == TYPE):
                yield Problem(text, quad.subject, predicate, term)


def _problem_of(
    term: NamedNode, defined: Collection[object], prefixes: Prefixes, *, is_used: bool
) -> str | None:
    name = term.value.removeprefix(SH)
    if term.value.startswith(SH):
        if is_used and is_beyond(name):
            return f"sh:{name} is a feature that no engine here runs. Write it in SHACL Core."
        if name not in terms():
            spellings = {known.lower(): known for known in sorted(terms())}
            close = get_close_matches(name.lower(), spellings, 1)
            hint = f" Did you mean sh:{spellings[close[0]]}?" if close else ""
            return f"sh:{name} is not a term of SHACL.{hint}"
    if term.value.startswith(MSC) and term.value != MSC and term not in defined:
        return f"{prefixes.compact_term(term)} is not a term of the ontology."
    return None


def _without_codes(graph: ShapesGraph) -> Iterator[Quad]:
    """Leave out the sound lists of sh:in, in which any term may be, and which can be very long."""
    heads = {quad.object for quad in graph.quads if quad.predicate == _IN}
    uses = Counter(quad.object for quad in graph.quads if quad.object in heads)
    lists = {
        head: cells
        for head in heads
        if isinstance(head, BlankNode) and uses[head] == 1 and (cells := _sound_cells(graph, head))
    }
    left_out = {cell for cells in lists.values() for cell in cells}
    for quad in graph.quads:
        if left_out and quad.subject in left_out:
            continue
        if quad.object in lists:
            yield Quad(quad.subject, quad.predicate, NamedNode(RDF + "nil"))
        else:
            yield quad


def _sound_cells(graph: ShapesGraph, head: Term) -> list[Term]:
    """Return the cells of a list, none if it is broken in any way."""
    try:
        cells = graph.cells(head)
    except ShapesError:
        return []
    is_sound = all(max(map(len, graph.properties(cell).values())) == 1 for cell in cells)
    return cells if is_sound else []


def find_not_run(shapes: Iterable[Quad]) -> Iterator[Problem]:
    """Find what shapes ask for in the words of DASH and no engine here runs, or knows."""
    shapes = list(shapes)
    not_run = {
        predicate
        for predicate in {quad.predicate for quad in shapes}
        if predicate.value.startswith(DASH) and not dash.is_understood(predicate)
    }
    for quad in shapes if not_run else ():
        if quad.predicate in not_run:
            name = quad.predicate.value.removeprefix(DASH)
            text = f"dash:{name} is no constraint that an engine here runs."
            yield Problem(text, quad.subject, quad.predicate)


def find_unfollowed_imports(shapes: Collection[Quad]) -> Iterator[Problem]:
    """Find what shapes import and do not hold (https://www.w3.org/TR/shacl/#shapes-graph)."""
    imports = [quad for quad in shapes if quad.predicate == _IMPORTS]
    subjects = {quad.subject for quad in shapes} if imports else set()
    for quad in imports:
        if quad.object not in subjects:
            text = (
                f"owl:imports {quad.object} is not followed. "
                "Name the imported file with --shapes as well."
            )
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
        if result.value in (None, result.focus) or isinstance(result.value, BlankNode)
        else f" {prefixes.compact_term(result.value)}"
    )
    reason = _REASONS.get(result.component.removesuffix("ConstraintComponent"), "not allowed here")
    text = f"{name}{value} is not well-formed SHACL: {reason}."
    return Problem(text, result.focus, path, result.value if path else None)
