"""The tables as of a date: what the registry listed then.

Two clocks are kept apart. An endorsement is there from the day on which the registry is known to
list the party, which an event of type ``listing`` tells; ``since`` is the first day on which the
support is known from any source, and does not move with the replay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from ..errors import MisuseError
from .csvw import Schema
from .mappings import TABLES as MAPPINGS
from .rows import Row, read_rows

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_AS_OF = {"en": "as of ", "fr": "au "}
_CLAIMS = ("claims.csv", "counts.csv", "attributes.csv")


def read_date(value: date | str | None) -> date | None:
    """Return the date that is meant by a date or ``YYYY-MM-DD``; of a moment, its date.

    Raises:
        MisuseError: if it is neither.
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except (TypeError, ValueError):
        pass
    raise MisuseError(f"{value!r} is not a date. Write it as YYYY-MM-DD, as in '2020-01-01'.")


class AsOf:
    """Returns the rows of documents as they were on a date.

    Raises:
        MisuseError: if nothing is known of the registry on that day.
    """

    def __init__(self, schema: Schema, day: date) -> None:
        self._day = day.isoformat()
        self._check_range(schema)
        self._unclaimed = {
            (row["source"], row["claim"])
            for row in read_rows(schema["claims.csv"])
            if day_of(row) > self._day
        }

    def rows(self, rows: list[Row]) -> list[Row]:
        """Return the rows of a document, with later changes undone and later rows left out."""
        head, *members = rows
        if head.table.name == "parties.csv":
            return list(self._party(head, members))
        if head.table.name == "datasets.csv":
            titles = {
                f"title_{language}": f"{title}, {_AS_OF.get(language, '')}{self._day}"
                for language, title in head.texts("title").items()
            }
            return [head.replaced(titles), *members]
        return [row for row in rows if row.table.name not in _CLAIMS or self._is_past(row)]

    def _party(self, party: Row, members: list[Row]) -> Iterable[Row]:
        events = [row for row in members if row.table.name == "events.csv"]
        later = [event for event in events if not self._is_past(event)]
        listed = {
            (row["call"], row["n"])
            for row in members
            if row.table.name == "endorsements.csv" and self._is_listed(row, events)
        }
        past = [e for e in events if self._is_past(e) and (e["call"], e["n"]) in listed]
        name = value_before(later, "name", party["name"]) if party["name"] else ""
        country = value_before(later, "country", party["country"])
        yield party.replaced({"name": name, "country": country})
        for row in members:
            kind = row.table.name
            if kind in MAPPINGS:  # who a party is does not depend on the day
                yield row
            elif kind == "entries.csv":
                yield from self._entry(row, past, later)
            elif (row["call"], row["n"]) not in listed:
                continue
            elif kind == "endorsements.csv":
                yield self._endorsement(row, later)
            elif (kind == "events.csv" and self._is_past(row)) or (
                kind == "supports.csv" and (row["source"], row["claim"]) not in self._unclaimed
            ):
                yield row

    def _endorsement(self, row: Row, later: list[Row]) -> Row:
        key = row["call"], row["n"]
        changes = [event for event in later if (event["call"], event["n"]) == key]
        values = {"category": value_before(changes, "category", row["category"])}
        if row["until"] > self._day:
            values |= {"status": "active", "until": "", "until_basis": "", "superseded_by": ""}
        return row.replaced(values)

    def _entry(self, row: Row, past: list[Row], later: list[Row]) -> Iterable[Row]:
        """Return what is known of an entry on an earlier date: that it was there, and its name."""
        seen = [e for e in past if e["call"] == row["call"] and e["type"] != "signature"]
        if not seen:
            return
        last = max(seen, key=lambda event: (int(event["n"]), day_of(event)))
        if row["date"] <= self._day:
            yield row.replaced({"supports": last["n"]})
            return
        yield row.replaced(
            {
                "supports": last["n"],
                "name": value_before(later, "name", row["name"]),
                **dict.fromkeys(("category", "nature", "country", "website"), ""),
                "signed": row["signed"] if row["signed"] <= self._day else "",
                "last_seen": self._day,
                "date": day_of(last),
                "source": last["evidence"],
            }
        )

    def _is_listed(self, endorsement: Row, events: list[Row]) -> bool:
        key = endorsement["call"], endorsement["n"]
        listings = [e for e in events if e["type"] == "listing" and (e["call"], e["n"]) == key]
        if listings:
            return any(self._is_past(listing) for listing in listings)
        return endorsement["since"] <= self._day

    def _is_past(self, row: Row) -> bool:
        return day_of(row) <= self._day

    def _check_range(self, schema: Schema) -> None:
        listings = [
            day_of(row) for row in read_rows(schema["events.csv"]) if row["type"] == "listing"
        ]
        last = max(row["modified"] for row in read_rows(schema["datasets.csv"]))
        if not listings or not min(listings) <= self._day <= last:
            known = f"from {min(listings)} to {last}" if listings else "on no day"
            raise MisuseError(
                f"what the registry listed on {self._day} is not known. It is known {known}."
            )


def day_of(row: Row) -> str:
    """Return the date by which the event of a row had happened."""
    return row["date"] or row["latest"]


def value_before(changes: list[Row], field: str, value: str) -> str:
    """Return a value with the later changes of a field undone: what the first of them left."""
    changes = [e for e in changes if e[f"from_{field}"] or e[f"to_{field}"]]
    if not changes:
        return value
    day = min(map(day_of, changes))
    left = {e[f"from_{field}"] for e in changes if day_of(e) == day}
    arrived = {e[f"to_{field}"] for e in changes if day_of(e) == day}
    # Of several changes on one day, the first is the one that no other led up to.
    return min(left - arrived or left)
