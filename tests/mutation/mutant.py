"""A mutant: the data with one fault in them, and where the fault stands."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from pyoxigraph import Quad

Cells = tuple[str, ...]
SourceText = tuple[Cells | bytes, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class RowChange:
    """Lines to put in the place of some rows of a table; bytes stand as they are."""

    table: str
    at: int
    replaced: int
    lines: SourceText
    is_sorted: bool = True  # whether whoever made the fault also sorted the table


@dataclass(frozen=True)
class TripleChange:
    """Triples to take out of the graph and to put into it."""

    removed: tuple[Quad, ...]
    added: tuple[Quad, ...]


@dataclass(frozen=True)
class Mutant:
    """The data after one change: which fault, where, and what it makes of what stood there."""

    fault: str
    location: str
    column: str
    before: str
    after: str
    change: RowChange | TripleChange

    @property
    def is_equivalent(self) -> bool:
        """Whether the change leaves the data as they were."""
        return self.before == self.after

    def __str__(self) -> str:
        return f"{self.location}  {self.column}  {_short(self.before)} -> {_short(self.after)}"


_sample = [""]


def choose_sample(name: str) -> None:
    """Draw other rows than those that the checks were improved on; no name gives these."""
    _sample[0] = name


def spread(candidates: Sequence[T], number: int, seed: str) -> list[T]:
    """Choose some of many, one at random from each of as many stretches: the same each time."""
    chance = random.Random(_sample[0] + seed)  # noqa: S311 - nothing is secret here
    count = min(number, len(candidates))
    bounds = [len(candidates) * part // count for part in range(count + 1)] if count else []
    return [candidates[chance.randrange(start, end)] for start, end in pairwise(bounds)]


def pick(values: Iterable[str], seed: str, *, but: str) -> str | None:
    """Choose another value than the one there is, the same each time."""
    others = sorted(set(values) - {but, ""})
    return random.Random(_sample[0] + seed).choice(others) if others else None  # noqa: S311


def _short(text: str) -> str:
    text = text if text.isprintable() and text == text.strip() and text else repr(text)
    return text if len(text) <= 80 else f"{text[:40]} … {text[-35:]}"
