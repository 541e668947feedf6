"""Dates, times and durations: what their texts may be, and their order.

Lexical spaces and order are those of https://www.w3.org/TR/xmlschema11-2/#built-in-datatypes.
Values are exact, whatever the number of their digits.
"""

from __future__ import annotations

import re
from calendar import monthrange
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

_YEAR = "(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH = "(?P<month>0[1-9]|1[0-2])"
_DAY = "(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = (
    r"(?P<hour>[01][0-9]|2[0-3]|24(?=:00:00(?:\.0+)?(?![0-9.]))):(?P<minute>[0-5][0-9])"
    r":(?P<second>[0-5][0-9](?:\.[0-9]+)?)"
)
_ZONE = "(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_YEARS = r"(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?"
_DAYS = (
    r"(?:(?P<days>[0-9]+)D)?(?:T(?=[0-9])(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?"
    r"(?:(?P<seconds>[0-9]+(?:\.[0-9]+)?)S)?)?"
)
_FORMS = {
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}?",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}?",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "time": f"{_TIME}{_ZONE}?",
    "gYear": f"{_YEAR}{_ZONE}?",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}?",
    "gMonth": f"--{_MONTH}{_ZONE}?",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}?",
    "gDay": f"---{_DAY}{_ZONE}?",
    "duration": f"(?P<sign>-?)P(?=[0-9T]){_YEARS}{_DAYS}",
    "yearMonthDuration": f"(?P<sign>-?)P(?=[0-9]){_YEARS}",
    "dayTimeDuration": f"(?P<sign>-?)P(?=[0-9T]){_DAYS}",
}
DATATYPES = frozenset(_FORMS)
_INSTANTS = {"date": "date", "dateTime": "dateTime", "dateTimeStamp": "dateTime", "time": "time"}
_HOUR, _DAY_LENGTH = 3600, 86400
_MOST_OFFSET = 14 * _HOUR
_LEAP, _COMMON = 2000, 2001
# Months of different lengths follow these (XML Schema 1.1 part 2, 3.3.6.1).
_REFERENCES = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


@cache
def _form(datatype: str) -> re.Pattern[str]:
    """Return what matches the texts of a datatype; few of them are met in one run."""
    return re.compile(_FORMS[datatype])


class Instant(NamedTuple):
    """A date, time or both: seconds on the timeline, in UTC only if the zone is known."""

    kind: str
    seconds: Fraction
    is_zoned: bool

    def is_before(self, other: Instant, *, or_equal: bool) -> bool:
        """Report whether this is surely earlier, wherever the zones are that are not known."""
        if self.kind != other.kind:
            return False
        if self.is_zoned == other.is_zoned:
            return self.seconds <= other.seconds if or_equal else self.seconds < other.seconds
        return self.seconds + _MOST_OFFSET < other.seconds


class Duration(NamedTuple):
    """Months and seconds; both are negative, or none is."""

    months: int
    seconds: Fraction

    def is_before(self, other: Duration, *, or_equal: bool) -> bool:
        """Report whether this is surely shorter, whichever months it is made of."""
        pairs = [(self._after(start), other._after(start)) for start in _REFERENCES]
        return all(one <= two if or_equal else one < two for one, two in pairs)

    def _after(self, start: tuple[int, int]) -> Fraction:
        years, month = divmod(start[0] * 12 + start[1] - 1 + self.months, 12)
        return _days(years, month + 1, 1) * _DAY_LENGTH + self.seconds


def is_lexical(datatype: str, text: str) -> bool:
    """Report whether a text is in the lexical space of a datatype of ``DATATYPES``."""
    found = _form(datatype).fullmatch(text)
    if found is None:
        return False
    parts = found.groupdict()
    return "day" not in parts or "month" not in parts or _is_day(parts)


def read_temporal(datatype: str, text: str) -> Instant | Duration | None:
    """Return the value of a text in the lexical space of a datatype, or None if it has no order."""
    found = _form(datatype).fullmatch(text)
    if found and datatype in _INSTANTS:
        return _instant(_INSTANTS[datatype], found.groupdict())
    return _duration(found.groupdict()) if found and "sign" in found.groupdict() else None


def _is_day(parts: dict[str, str]) -> bool:
    year = _LEAP  # for --02-29
    if "year" in parts:
        year = _LEAP if _is_leap(_whole(parts["year"])) else _COMMON
    return int(parts["day"]) <= monthrange(year, int(parts["month"]))[1]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _instant(kind: str, parts: dict[str, str]) -> Instant:
    seconds = Fraction(0)
    if "year" in parts:
        days = _days(_whole(parts["year"]), int(parts["month"]), int(parts["day"]))
        seconds += days * _DAY_LENGTH
    if "hour" in parts:
        minutes = int(parts["hour"]) * 60 + int(parts["minute"])
        seconds += minutes * 60 + Fraction(Decimal(parts["second"]))
    if kind == "time":
        seconds %= _DAY_LENGTH  # 24:00:00 is 00:00:00
    zone = parts["zone"]
    return Instant(kind, seconds - _offset(zone) if zone else seconds, bool(zone))


def _offset(zone: str) -> int:
    if zone == "Z":
        return 0
    hours, minutes = zone[1:].split(":")
    return int(f"{zone[0]}1") * (int(hours) * _HOUR + int(minutes) * 60)


def _duration(parts: dict[str, str]) -> Duration:
    given = {
        name: Fraction(Decimal(text)) for name, text in parts.items() if text and name != "sign"
    }
    sign = -1 if parts["sign"] else 1
    days, hours, minutes, seconds = (
        given.get(name, Fraction(0)) for name in ("days", "hours", "minutes", "seconds")
    )
    months = int(given.get("years", 0)) * 12 + int(given.get("months", 0))
    return Duration(
        sign * months, sign * (days * _DAY_LENGTH + hours * _HOUR + minutes * 60 + seconds)
    )


def _days(year: int, month: int, day: int) -> int:
    """Return the number of a day in the proleptic Gregorian calendar, which has a year 0."""
    cycles, year = divmod(year, 400)
    before = year * 365 + (year + 3) // 4 - (year + 99) // 100 + (1 if year else 0)
    lengths = [
        monthrange(_LEAP if _is_leap(year) else _COMMON, past)[1] for past in range(1, month)
    ]
    return cycles * 146_097 + before + sum(lengths) + day - 1


def _whole(text: str) -> int:
    """Read a whole number of any length; ``int`` refuses texts of more than 4,300 digits."""
    return int(Decimal(text))
