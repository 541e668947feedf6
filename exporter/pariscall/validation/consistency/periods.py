"""The time that a source is of: its date of issue, or the month or year that its name ends in."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from ...tables.rows import Row

_ENDING = re.compile(r"-(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?$")


@dataclass(frozen=True)
class SourcePeriod:
    """A date, or the first and the last date of a month or a year."""

    first: str
    last: str

    def since(self, day: str) -> SourcePeriod:
        """Return the period without what is earlier than a date."""
        return SourcePeriod(max(self.first, day), max(self.last, day))


def period_of(source: Row) -> SourcePeriod | None:
    """Return the time that a source is of, if that is known."""
    if source["issued"]:
        return SourcePeriod(source["issued"], source["issued"])
    return _named(source["source"])


def _named(name: str) -> SourcePeriod | None:
    match = _ENDING.search(name)
    if match is None:
        return None
    year, month, day = match.groups()
    if day:
        return SourcePeriod(f"{year}-{month}-{day}", f"{year}-{month}-{day}")
    if month:
        last = monthrange(int(year), int(month))[1]
        return SourcePeriod(f"{year}-{month}-01", f"{year}-{month}-{last}")
    return SourcePeriod(f"{year}-01-01", f"{year}-12-31")


def is_misnamed(source: Row) -> bool:
    """Report whether the name of a source ends in another date than that of its issue."""
    named, issued = _named(source["source"]), source["issued"]
    if named is None:
        return False
    return not named.first <= issued <= named.last if issued else named.first == named.last
