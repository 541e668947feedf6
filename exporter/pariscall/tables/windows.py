"""Days that are known, or known to lie between two days: as a keeper writes them in one cell."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

_PART = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


class Window(NamedTuple):
    """The first and the last date (``YYYY-MM-DD``) on which something can have happened."""

    earliest: str
    latest: str

    @property
    def is_day(self) -> bool:
        """Whether the date itself is known."""
        return self.earliest == self.latest

    def within(self, earliest: str, latest: str) -> Window:
        """Return the window without what is outside of two other dates; a day stays as it is."""
        if self.is_day:
            return self
        first = max(self.earliest, earliest)
        return Window(first, max(first, min(self.latest, latest)))

    def cells(self) -> dict[str, str]:
        """Return the cells of a record that has this window."""
        if self.is_day:
            return {"date": self.earliest}
        return {"earliest": self.earliest, "latest": self.latest}


def read_window(text: str) -> Window | None:
    """Return the window that is written as a date, a month, a year, or two of them with a slash.

    Returns None if it is written otherwise: ``2026-03-01``, ``2026-03``, ``2026`` and
    ``2026-03-05/2026-06-01`` are the forms (ISO 8601, Extended Date/Time Format level 0).
    """
    first, slash, last = text.partition("/")
    start, end = _part(first), _part(last if slash else first)
    if start is None or end is None or start.earliest > end.latest:
        return None
    return Window(start.earliest, end.latest)


def iso_date(year: int, month: int, day: int) -> str | None:
    """Return a date as ``YYYY-MM-DD``, or None if the calendar does not have it."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _part(text: str) -> Window | None:
    found = _PART.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        last_month = month or 12
        last_day = day or monthrange(year, last_month)[1]
        earliest = date(year, month or 1, day or 1)
        return Window(earliest.isoformat(), date(year, last_month, last_day).isoformat())
    except ValueError:
        return None
