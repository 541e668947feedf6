"""Pairing of the triples of a file with the places of its text at which they are written.

Oxigraph returns triples nearly in the order of the text. A walk through the text finds places in
that order, without knowing what prefixes and blank nodes stand for; each is paired with the next
triple that it can be the text of. A place or a triple that pairs with none is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode, Quad

from ...rdf.namespaces import RDF

Span = tuple[int, int]

# Those that only hold a collection together have no place of their own.
_LINKS = {NamedNode(RDF + "first"), NamedNode(RDF + "rest")}
_AHEAD = 8  # Oxigraph may return the triple around a [ ] before the last one inside
_PATIENCE = 64  # after so many later triples, the place of a triple will not come


@dataclass(frozen=True)
class Spans:
    """The offsets between which subject, predicate and object of a triple are written."""

    subject: Span
    predicate: Span
    object: Span


@dataclass(frozen=True)
class Candidate:
    """The place of a triple, and what tells whether it can be that of a given one."""

    spans: Spans
    may_be: Callable[[Quad], bool]


@dataclass
class _Waiting:
    quad: Quad
    overtaken: int = 0


def pair(candidates: Iterable[Candidate], quads: Iterable[Quad]) -> Iterator[tuple[Quad, Spans]]:
    """Yield triples with their places, in the order of the text."""
    rest = (_Waiting(quad) for quad in quads if quad.predicate not in _LINKS)
    waiting = list(islice(rest, _AHEAD))
    for candidate in candidates:
        at = next((n for n, known in enumerate(waiting) if candidate.may_be(known.quad)), None)
        if at is None:
            continue
        yield waiting.pop(at).quad, candidate.spans
        for known in waiting[:at]:
            known.overtaken += 1
        waiting = [known for known in waiting if known.overtaken < _PATIENCE]
        waiting.extend(islice(rest, _AHEAD - len(waiting)))
