"""The dates of a column: understood if they are all written in one way, and only in one sense."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...tables.text import slug
from ...tables.windows import iso_date, read_window

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"

_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?", re.ASCII)
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er)?-)?([a-z]+)-(?:(\d{1,2})(?:st|nd|rd|th)?-)?(\d{4})"
)
_MONTHS = (
    ("january", "janvier", "jan", "janv"),
    ("february", "fevrier", "feb", "fevr"),
    ("march", "mars", "mar"),
    ("april", "avril", "apr", "avr"),
    ("may", "mai"),
    ("june", "juin", "jun"),
    ("july", "juillet", "jul", "juil"),
    ("august", "aout", "aug"),
    ("september", "septembre", "sep", "sept"),
    ("october", "octobre", "oct"),
    ("november", "novembre", "nov"),
    ("december", "decembre", "dec"),
)
_MONTH_OF: Mapping[str, int] = {
    name: number for number, names in enumerate(_MONTHS, 1) for name in names
}

_ISO, _SLASHED, _WRITTEN, _NO_DATE = "as in 2026-03-01", "as in 01/03/2026", "in words", ""


class DateColumn:
    """The dates of one column, given as cells by the places where they are.

    ``order`` is ``day-first`` or ``month-first`` if the user said so; otherwise it follows from
    a date such as 25/03/2026, which has one sense only.
    """

    def __init__(self, cells: Mapping[str, str], order: str | None = None) -> None:
        self._cells = {place: cell.strip() for place, cell in cells.items() if cell.strip()}
        self._order = order or self._order_found()

    def _order_found(self) -> str | None:
        pairs = [
            found.groups() for cell in self._cells.values() if (found := _NUMBERS.fullmatch(cell))
        ]
        is_day_first = any(int(first) > 12 for first, _, _ in pairs)
        is_month_first = any(int(second) > 12 for _, second, _ in pairs)
        if is_day_first == is_month_first:
            return None
        return DAY_FIRST if is_day_first else MONTH_FIRST

    def problems(self) -> Iterator[str]:
        """Yield what keeps the dates from being understood, a line for each cell."""
        usual = next(((kind, cell) for cell in self._cells.values() if (kind := _kind(cell))), None)
        for place, cell in self._cells.items():
            kind = _kind(cell)
            if not kind:
                advice = "Write dates as 2026-03-01, 2026-03 or 2026."
                yield f"{place}: {cell!r} is not a date. {advice}"
            elif usual and kind != usual[0]:
                yield f"{place}: {cell!r} is written otherwise than {usual[1]!r}. Write all alike."
            elif kind == _SLASHED and self._order is None:
                options = f"--dates {DAY_FIRST} or --dates {MONTH_FIRST}"
                yield f"{place}: {cell!r} may be of two days. Say {options}."
            elif self.value(cell) is None:
                yield f"{place}: {cell!r} is not a date of the calendar. Correct it."

    def value(self, cell: str) -> str | None:
        """Return a date as ISO 8601, without the day or month that it lacks; None if it is none."""
        cell = cell.strip()
        kind = _kind(cell)
        if kind == _ISO:
            return _iso(cell)
        if kind == _SLASHED:
            first, second, year = map(int, _NUMBERS.fullmatch(cell).groups())  # type: ignore[union-attr]
            day, month = (first, second) if self._order == DAY_FIRST else (second, first)
            return iso_date(year, month, day)
        if kind == _WRITTEN:
            before, month_name, after, year_text = _WORDS.fullmatch(slug(cell)).groups()  # type: ignore[union-attr]
            month = _MONTH_OF[month_name]
            day_text = before or after
            if day_text:
                return iso_date(int(year_text), month, int(day_text))
            return f"{year_text}-{month:02}"
        return None


def is_date(cell: str) -> bool:
    """Return whether a cell is written as a date in any way that is known."""
    return bool(_kind(cell.strip()))


def _kind(cell: str) -> str:
    if read_window(cell) or _YEAR_FIRST.fullmatch(cell):
        return _ISO
    if _NUMBERS.fullmatch(cell):
        return _SLASHED
    words = _WORDS.fullmatch(slug(cell))
    return _WRITTEN if words and words[2] in _MONTH_OF and not (words[1] and words[3]) else _NO_DATE


def _iso(cell: str) -> str | None:
    if read_window(cell):
        return cell
    year, month, day = _YEAR_FIRST.fullmatch(cell).groups()  # type: ignore[union-attr]
    if day is None:
        text = f"{year}-{int(month):02}"
        return text if read_window(text) else None
    return iso_date(int(year), int(month), int(day))
