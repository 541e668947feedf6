"""Shapes that refer to themselves, decided without recursion of our own.

Which pairs of shape and node depend on each other is found out by trying: a pair is evaluated as
if all undecided ones that it asks for conform, then these are looked at. Pairs that depend on
each other in a circle (Tarjan's strongly connected components) are evaluated again until none
changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .result import Node, Term

Pair = tuple[Term, Node]


@dataclass
class _Visit:
    """A pair that is being decided: its number, the lowest that it reaches, whom it asks for."""

    pair: Pair
    number: int
    lowest: int
    asked: set[Pair] = field(default_factory=set)
    waiting: list[Pair] = field(default_factory=list)


class Recursion:
    """Decides whether nodes conform to shapes that refer to themselves."""

    def __init__(self, evaluate: Callable[[Term, Node], bool]) -> None:
        self._evaluate = evaluate
        self._known: dict[Pair, bool] = {}
        self._open: dict[Pair, _Visit] = {}
        self._asked: set[Pair] | None = None

    def decide(self, pair: Pair) -> bool:
        """Return whether a node conforms to a shape; while another is tried, a guess."""
        if self._asked is not None:
            self._asked.add(pair)
        elif pair not in self._known:
            self._search(pair)
        return self._known.get(pair, True)

    def _search(self, root: Pair) -> None:
        path = [self._begin(root)]
        component = [path[0]]
        while path:
            visit = path[-1]
            if visit.waiting:
                following = visit.waiting.pop()
                if following in self._open:
                    visit.lowest = min(visit.lowest, self._open[following].number)
                elif following not in self._known:
                    path.append(self._begin(following))
                    component.append(path[-1])
                continue
            if self._finds_more(visit):
                continue
            path.pop()
            if path:
                path[-1].lowest = min(path[-1].lowest, visit.lowest)
            if visit.lowest == visit.number:
                self._close(component, visit)

    def _begin(self, pair: Pair) -> _Visit:
        number = len(self._open)
        visit = self._open[pair] = _Visit(pair, number, number)
        self._finds_more(visit)
        return visit

    def _finds_more(self, visit: _Visit) -> bool:
        """Evaluate a pair; return whether it asks for pairs that it did not ask for before."""
        asked = self._try(visit.pair)
        visit.waiting = [pair for pair in asked if pair not in visit.asked]
        visit.asked |= asked
        return bool(visit.waiting)

    def _try(self, pair: Pair) -> set[Pair]:
        self._asked = set()
        try:
            self._known[pair] = self._evaluate(*pair)
            return self._asked
        finally:
            self._asked = None

    def _close(self, component: list[_Visit], root: _Visit) -> None:
        """Settle the pairs that depend on each other, and close them."""
        members = component[root.number :]
        del component[root.number :]
        for _ in members if len(members) > 1 else ():
            before = [self._known[member.pair] for member in members]
            for member in members:
                self._try(member.pair)
            if before == [self._known[member.pair] for member in members]:
                break
        for member in members:
            del self._open[member.pair]
