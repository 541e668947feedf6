"""A survey: which documents others must know, found before each is judged by itself.

A document is judged together with what the shapes follow: the documents that it, or one of these,
refers to, and those that refer to the same nodes by a predicate that is followed backwards. They
are its neighbours, and as few documents are, they stay known throughout.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from .steps import is_valued
from .terms import Statements
from .view import SUBCLASS, TYPE

_VALUED = '""^^'


@dataclass(frozen=True)
class Footprint:
    """The predicates that shapes follow from subject to object, backwards, or to a focus node.

    ``named`` are focus nodes by name, ``constants`` what queries name; ``reads_predicates`` says that
    descriptions of predicates matter, and ``depth`` how many steps away from a subject any does.
    """

    followed: frozenset[str]
    backwards: frozenset[str]
    objects: frozenset[str]
    named: frozenset[str]
    constants: frozenset[str]
    reads_predicates: bool
    depth: float


class Survey:
    """What documents refer to; those of several processes are merged.

    ``predicates`` and ``classes`` are those in use, and ``met`` the nodes named by the shapes that
    are a subject or an object.
    """

    def __init__(self, footprint: Footprint) -> None:
        self.predicates: set[str] = set()
        self.classes: set[str] = set()
        self.met: set[str] = set()
        self._footprint = footprint
        self._relevant = footprint.followed | footprint.objects | footprint.backwards
        self._wanted: set[str] = set(footprint.named | footprint.constants)
        self._backwards: set[str] = set()
        self._once: set[str] = set(footprint.named | footprint.constants)
        self._again: set[str] = set()
        self._described: set[str] = set()
        self._shared: set[str] = set()

    def add(self, document: Statements) -> None:
        """Survey a document."""
        mentioned: set[str] = set()
        for said in document.values():
            self.predicates.update(said)
            self.classes.update(said.get(TYPE, ()))
            for predicate in self._relevant.intersection(said):
                outside = [alike(term) for term in said[predicate] if term not in document]
                mentioned.update(outside)
                if predicate in self._footprint.backwards:
                    self._backwards.update(outside)
                if predicate in self._footprint.followed or predicate in self._footprint.objects:
                    self._wanted.update(outside)
        self._again |= mentioned & self._once
        self._once |= mentioned
        self._meet(document)

    def merge(self, other: Survey) -> None:
        """Add the survey of other documents."""
        self._again |= other._again | (self._once & other._once)
        for name in ("predicates", "classes", "met", "_wanted", "_backwards", "_once"):
            getattr(self, name).update(getattr(other, name))

    def settle(self, known: Iterable[Statements]) -> bool:
        """Take documents for known; return whether there may be more neighbours because of them."""
        described = {subject for document in known for subject in document}
        self._described |= described
        if self._footprint.reads_predicates:
            self._wanted |= self.predicates
        shared = (self._backwards & self._again) | (self._backwards & described)
        more = not shared <= self._shared
        self._shared |= shared
        return more

    def is_neighbour(self, document: Statements) -> bool:
        """Return whether a document must be known when others are judged."""
        if not (
            self._wanted.isdisjoint(document)
            and self._backwards.isdisjoint(document)
            and self._described.isdisjoint(document)
        ):
            return True
        if any(SUBCLASS in said for said in document.values()):
            return True
        return bool(self._shared) and any(
            not self._shared.isdisjoint(map(alike, said[predicate]))
            for said in document.values()
            for predicate in self._footprint.backwards.intersection(said)
        )

    def _meet(self, document: Statements) -> None:
        """Note which named nodes are there."""
        missing = self._footprint.named - self.met
        if missing:
            objects = chain.from_iterable(chain(*said.values()) for said in document.values())
            self.met |= missing.intersection(document) | missing.intersection(objects)


def alike(term: str) -> str:
    """Return the same text for all terms that may be equal by value, though written differently."""
    return _VALUED if is_valued(term) else term
