"""Pairing of the triples of a file with their locations in its text.

Oxigraph returns triples nearly in the order of the text. A walk through the text finds locations in
that order, without resolving prefixes and blank nodes; each is paired with the next triple that it
can be the text of. A location or a triple that pairs with none is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode, Quad

from ...rdf.namespaces import RDF

Span = tuple[int, int]

# Those that only hold a collection together have no location of their own.
LINKS = {NamedNode(RDF + "first"), NamedNode(RDF + "rest")}
_AHEAD = 8  # Oxigraph may return the triple around a [ ] before the last one inside
_PATIENCE = 64  # after so many later triples, the location of a triple will not come


@dataclass(frozen=True)
class Spans:
    """The offsets between which subject, predicate and object of a triple are written."""

    subject: Span
    predicate: Span
    object: Span


@dataclass(frozen=True)
class Candidate:
    """The location of a triple, and a function that reports whether it can be that of a given one."""

    spans: Spans
    may_be: Callable[[Quad], bool]


@dataclass
class _Waiting:
    quad: Quad
    overtaken: int = 0


def pair(candidates: Iterable[Candidate], quads: Iterable[Quad]) -> Iterator[tuple[Quad, Spans]]:
    """Yield triples with their locations, in the order of the text."""
    rest = (_Waiting(quad) for quad in quads if quad.predicate not in LINKS)
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
