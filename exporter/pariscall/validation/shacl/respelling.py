"""Literals that an Oxigraph store does not keep as they are written, and which queries mind.

A store makes ``1`` of ``"1.0"^^xsd:decimal``: the value is right, the text is not. Other numbers
have more digits than it computes with. A query that reads texts but compares no values is put to
a store in which the datatype of such literals is marked, so that they keep their texts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum

from pyoxigraph import Literal, NamedNode, Quad, Store

from ...rdf.namespaces import RDF, XSD
from .result import Node

_KEPT = {RDF + "langString", RDF + "dirLangString", XSD + "string", XSD + "date", XSD + "anyURI"}
_MOST_DIGITS = 18  # that Oxigraph computes with
_MARK = "urn:x-pariscall:written:"
_READS_TEXTS = {"STR", "DATATYPE", "SAMETERM", "DISTINCT", "GROUP_CONCAT"}
_COMPARES = {
    *("=", "!=", "<", ">", "<=", ">=", "IN", "+", "-", "ORDER", "SUM", "AVG", "MIN", "MAX"),
    *("ABS", "CEIL", "FLOOR", "ROUND", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS"),
}
# What can be before a predicate and after it, and a predicate that is left open.
_SUBJECT = re.compile(r"[?$]|<.|[^\W\d_]?[\w.-]*:|[)\];]$")
_OPEN = re.compile(r"[?$]|[!^]$")
_OBJECT = re.compile(r"[?$\"']|<.|[^\W\d_]?[\w.-]*:|\d|(?:true|false)$|[\[(]$")


class Reading(Enum):
    """How a query must read the literals of some data."""

    EITHER = "none of those that are changed"
    VALUES = "as values"
    TEXTS = "as texts"
    BOTH = "as both"


class Respelling:
    """The literals of some data that a store would change."""

    def __init__(self, data: Iterable[Quad]) -> None:
        users: dict[Literal, list[Quad]] = {}
        for quad in data:
            term = quad.object
            if isinstance(term, Literal) and term.datatype.value not in _KEPT:
                users.setdefault(term, []).append(quad)
        self._users = users
        self.stored = dict(_changed(users))
        self.originals = {stored: original for original, stored in self.stored.items()}
        self._known = dict.fromkeys(self.stored, True)
        self._predicates = {quad.predicate for literal in self.stored for quad in users[literal]}
        self._has_long = any(map(_is_too_long, self.stored))

    @property
    def example(self) -> Literal:
        """One of the literals, always the same."""
        return min(self.stored, key=str)

    def changed(self, terms: Iterable[Node]) -> tuple[Literal, ...]:
        """Return those of some terms that a store would change, whether or not the data have them."""
        return tuple(term for term in terms if isinstance(term, Literal) and self._is_changed(term))

    def reading(
        self,
        tokens: Collection[str],
        prefixes: Mapping[str, str],
        bound: Collection[Literal] = (),
    ) -> Reading:
        """Return how a query must read the literals; ``bound`` are those bound beforehand."""
        if not bound and not (self._predicates and self._is_asked_for(tokens, prefixes)):
            return Reading.EITHER
        words = {token.upper() for token in tokens}
        compares = not words.isdisjoint(_COMPARES)
        has_long = self._has_long or any(map(_is_too_long, bound))
        if words.isdisjoint(_READS_TEXTS) and not (compares and has_long):
            return Reading.VALUES
        return Reading.BOTH if compares else Reading.TEXTS

    def mark(self, store: Store) -> None:
        """Put marks on the datatypes of the literals in a store of the data."""
        for literal in self.stored:
            for quad in self._users[literal]:
                store.remove(quad)
        for literal, kept in self.stored.items():
            store.extend(
                Quad(quad.subject, quad.predicate, _mark(literal), quad.graph_name)
                for quad in self._users[literal]
            )
            # What is written as the store would have it may have gone with the other.
            store.extend(self._users.get(kept, ()) if kept not in self.stored else ())

    def marked_values(self, values: Mapping[str, Node]) -> dict[str, Node]:
        """Return values of variables with marks on the datatypes of the literals."""
        return {
            name: _mark(term) if isinstance(term, Literal) and self._is_changed(term) else term
            for name, term in values.items()
        }

    def original(self, term: Node) -> Node:
        """Return the literal of the data that a store has changed into a term."""
        return self.originals.get(term, term) if isinstance(term, Literal) else term

    @staticmethod
    def unmarked(term: Node) -> Node:
        """Return a term of a store with marks as it is written."""
        if isinstance(term, NamedNode):  # a marked datatype
            return NamedNode(term.value.removeprefix(_MARK))
        if isinstance(term, Literal) and term.datatype.value.startswith(_MARK):
            datatype = NamedNode(term.datatype.value.removeprefix(_MARK))
            return Literal(term.value, datatype=datatype)
        return term

    def _is_changed(self, literal: Literal) -> bool:
        if literal not in self._known:
            is_kept = literal.datatype.value in _KEPT
            self._known[literal] = not is_kept and any(True for _ in _changed([literal]))
        return self._known[literal]

    def _is_asked_for(self, tokens: Collection[str], prefixes: Mapping[str, str]) -> bool:
        """Return whether a query names a predicate of the literals, or leaves it open."""
        named = {_iri(token, prefixes) for token in tokens}
        if any(predicate.value in named for predicate in self._predicates):
            return True
        listed = list(_without_projections(tokens))
        return any(
            _SUBJECT.match(before) and _OPEN.match(verb) and _OBJECT.match(after)
            for before, verb, after in zip(listed, listed[1:], listed[2:], strict=False)
        )


def _changed(literals: Iterable[Literal]) -> Iterator[tuple[Literal, Literal]]:
    typed = list(literals)
    store = Store()
    store.extend(
        Quad(NamedNode(f"urn:x:{number}"), NamedNode(RDF + "value"), literal)
        for number, literal in enumerate(typed)
    )
    for quad in store:
        original = typed[int(quad.subject.value.removeprefix("urn:x:"))]
        if quad.object != original or _is_too_long(original):
            yield original, quad.object


def _is_too_long(literal: Literal) -> bool:
    """Return whether a number has more digits than Oxigraph computes with."""
    return literal.datatype.value.startswith(XSD) and (
        sum(map(str.isdigit, literal.value)) > _MOST_DIGITS
    )


def _mark(literal: Literal) -> Literal:
    return Literal(literal.value, datatype=NamedNode(_MARK + literal.datatype.value))


def _without_projections(tokens: Iterable[str]) -> Iterator[str]:
    """Leave out what stands between SELECT and its group, where variables follow each other."""
    is_projection = False
    for part in tokens:
        is_projection = part.upper() == "SELECT" or (is_projection and part != "{")
        if not is_projection:
            yield part


def _iri(token: str, prefixes: Mapping[str, str]) -> str:
    if token[0] == "<":
        return token[1:-1]
    prefix, colon, local = token.partition(":")
    return prefixes.get(prefix, "") + local if colon else ""
