"""The account of one call: its endorsements, and the parts that explain their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..tables.rows import Row

_NAMED = 20
# The parts of an account, and those of which there is one for each code.
_PARTS = ("active", "former", "signatories", "later")
_KINDS = ("statuses", "categories")


@dataclass
class Part:
    """A part of a quantity: how many, and which parties if they are few."""

    name: str
    number: int = 0
    parties: list[str] = field(default_factory=list)

    def count(self, party: str) -> None:
        """Count a party in."""
        self.number += 1
        if self.number <= _NAMED:
            self.parties.append(party)
        else:
            self.parties.clear()

    def tally(self) -> list[Any]:
        """Return the number and the parties, as JSON has them."""
        return [self.number, self.parties]

    def add_tally(self, tally: Sequence[Any]) -> None:
        """Count in what was counted apart, of parties that come later."""
        number, parties = tally
        self.number += number
        self.parties = [*self.parties, *parties] if self.number <= _NAMED else []


@dataclass(frozen=True)
class Balance:
    """A quantity and the parts that must add up to it."""

    quantity: str
    number: int
    parts: tuple[Part, ...]

    @property
    def difference(self) -> int:
        """What the parts leave unexplained."""
        return self.number - sum(part.number for part in self.parts)


@dataclass
class Account:
    """The endorsements of one call. A party counts once for each call that it endorses."""

    call: str
    entries: int = 0
    endorsements: int = 0
    active: Part = field(default_factory=lambda: Part("active signatories"))
    former: Part = field(default_factory=lambda: Part("former signatories"))
    signatories: Part = field(default_factory=lambda: Part("signatories"))
    later: Part = field(
        default_factory=lambda: Part("further endorsements of parties that came back")
    )
    statuses: dict[str, Part] = field(default_factory=dict)
    categories: dict[str, Part] = field(default_factory=dict)

    def add(self, party: str, endorsements: Sequence[Row]) -> None:
        """Count the endorsements of a party."""
        self.endorsements += len(endorsements)
        for row in endorsements:
            if row["n"] != "1":
                self.later.count(party)
            part_named(self.statuses, row["status"]).count(party)
            if row["status"] == "active":
                part_named(self.categories, row["category"]).count(party)
        self.signatories.count(party)
        is_active = any(row["status"] == "active" for row in endorsements)
        (self.active if is_active else self.former).count(party)

    def tally(self) -> dict[str, Any]:
        """Return what was counted, as JSON has it."""
        return {
            "entries": self.entries,
            "endorsements": self.endorsements,
            **{name: getattr(self, name).tally() for name in _PARTS},
            **{name: tallies_of(getattr(self, name)) for name in _KINDS},
        }

    def add_tally(self, tally: Mapping[str, Any]) -> None:
        """Count in what was counted apart, of parties that come later."""
        self.entries += tally["entries"]
        self.endorsements += tally["endorsements"]
        for name in _PARTS:
            getattr(self, name).add_tally(tally[name])
        for name in _KINDS:
            add_tallies(getattr(self, name), tally[name])

    def balances(self) -> Iterator[Balance]:
        """Yield the balances of the call."""
        if self.entries:
            listings = (self.active, self.former)
            yield Balance(f"entries of the registry of {self.call}", self.entries, listings)
        counted = f"endorsements of {self.call}"
        yield Balance(counted, self.endorsements, (self.signatories, self.later))
        yield Balance(counted, self.endorsements, _sorted(self.statuses))
        number = self.statuses["active"].number if "active" in self.statuses else 0
        yield Balance(f"active {counted}", number, _sorted(self.categories))
        yield Balance(f"active {counted}", number, (self.active,))


def tallies_of(parts: Mapping[str, Part]) -> dict[str, list[Any]]:
    """Return what parts counted, by their names."""
    return {name: part.tally() for name, part in parts.items()}


def add_tallies(parts: dict[str, Part], tallies: Mapping[str, Sequence[Any]]) -> None:
    """Count in what parts of the same names counted apart."""
    for name, tally in tallies.items():
        part_named(parts, name).add_tally(tally)


def part_named(parts: dict[str, Part], name: str) -> Part:
    """Return the part of a name, a new one at first."""
    return parts.setdefault(name, Part(name))


def _sorted(parts: Mapping[str, Part]) -> tuple[Part, ...]:
    return tuple(parts[name] for name in sorted(parts))
