"""The time that a source is of: its day of issue, or the month or year that its name ends in."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from ...tables.rows import Row

_ENDING = re.compile(r"-(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?$")


@dataclass(frozen=True)
class Period:
    """A day, or the first and the last day of a month or a year."""

    first: str
    last: str

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    def since(self, day: str) -> Period:
        """Leave out what is earlier than a day."""
        return Period(max(self.first, day), max(self.last, day))


def period_of(source: Row) -> Period | None:
    """Give the time that a source is of, if that is known."""
    if source["issued"]:
        return Period(source["issued"], source["issued"])
    return _named(source["source"])


def _named(name: str) -> Period | None:
    match = _ENDING.search(name)
    if match is None:
        return None
    year, month, day = match.groups()
    if day:
        return Period(f"{year}-{month}-{day}", f"{year}-{month}-{day}")
    if month:
        last = monthrange(int(year), int(month))[1]
        return Period(f"{year}-{month}-01", f"{year}-{month}-{last}")
    return Period(f"{year}-01-01", f"{year}-12-31")


def is_misnamed(source: Row) -> bool:
    """Tell whether the name of a source ends in another day than that of its issue."""
    named, issued = _named(source["source"]), source["issued"]
    if named is None:
        return False
    return not named.first <= issued <= named.last if issued else named.is_day
