"""What a history of a registry consists of: commits, moments, changes, periods and remarks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from .entry import Entry


class Commit(NamedTuple):
    """A commit by its public identifier, and its day as the committer's clock had it."""

    sha: str
    day: str


class Moment(NamedTuple):
    """A day or a window: it ends with the first state in which what happened can be seen."""

    earliest: str
    commit: Commit

    @property
    def latest(self) -> str:
        """The day by which it had happened."""
        return self.commit.day


class Change(NamedTuple):
    """A change of what the registry says about a party that it goes on listing."""

    type: str
    moment: Moment
    before: str = ""
    after: str = ""


@dataclass
class ListingPeriod:
    """An unbroken time on the registry: the entry as it last stood, and what happened to it.

    ``n`` numbers the times of a party on the registry, from 1 on.
    """

    n: int
    listed: Moment
    entry: Entry
    last: Commit
    changes: list[Change] = field(default_factory=list)
    ended: Moment | None = None
    successor: str = ""


@dataclass(frozen=True)
class Remark:
    """What an entry said about a party besides, and the state in which it first said so.

    ``name`` is the slug of the party, numbered where a second entry said the same.
    """

    name: str
    party: str
    value: str
    commit: Commit
