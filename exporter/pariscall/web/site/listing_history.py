"""The rows of the signatories, since when each was listed, and what it was before each change.

A reader who undoes the changes after a date has the row as ``--as-of`` shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...publish.dumps.european_union import is_member
from ...publish.dumps.signatory import REGIONS, SignatoryRows
from ...tables.as_of import day_of, value_before
from ...tables.document import Document
from ...tables.rows import Row

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Listing:
    """A row of the signatories: its cells today, its first date on the list, and its changes.

    A change is its date and the cells that the row had before it; the latest comes first.
    """

    cells: Cells
    since: str
    changes: Sequence[tuple[str, Cells]]


def listings(documents: Iterable[Document]) -> Iterator[Listing]:
    """Yield the listing of each endorsement, in the order of the parties."""
    rows = SignatoryRows()
    parts = {id(each.rows): each for each in documents if each.rows}.values()
    countries: dict[str, Row] = {}
    for part in parts:
        head = part.rows[0]
        if head.table.name == "countries.csv":
            countries[head["country"]] = head
            list(rows.of(part))  # it remembers the countries
    for part in parts:
        if part.rows[0].table.name == "parties.csv":
            yield from _of_party(part, list(rows.of(part)), countries)


def first_day(documents: Iterable[Document]) -> str:
    """Return the first date of which the list is known; empty if no listing is dated."""
    events = (row for each in documents for row in each.rows if row.table.name == "events.csv")
    return min((day_of(event) for event in events if event["type"] == "listing"), default="")


def _of_party(
    part: Document, rows: Sequence[Cells], countries: Mapping[str, Row]
) -> Iterator[Listing]:
    party = part.rows[0]
    events = [row for row in part.rows if row.table.name == "events.csv"]
    endorsements = [row for row in part.rows if row.table.name == "endorsements.csv"]
    for cells, endorsement in zip(rows, endorsements, strict=True):
        own = [each for each in events if _is_of(each, endorsement)]
        days = [day_of(each) for each in own if each["type"] == "listing"]

        def in_country(code: str, since: str = endorsement["since"]) -> Cells:
            return _country_cells(code, since, countries)

        changes = [
            *_changes(own, "category", endorsement["category"], _cell("category")),
            *_changes(events, "country", party["country"], in_country),
        ]
        if party["name"]:  # of states, the names in two languages do not change
            changes += _changes(events, "name", party["name"], _cell("name"))
        changes.sort(key=lambda change: change[0], reverse=True)
        yield Listing(cells, min(days, default=endorsement["since"]), changes)


def _is_of(event: Row, endorsement: Row) -> bool:
    return all(event[key] == endorsement[key] for key in ("call", "n"))


def _cell(name: str) -> Callable[[str], Cells]:
    return lambda value: {name: value}


def _changes(
    events: Sequence[Row], field: str, now: str, cells: Callable[[str], Cells]
) -> list[tuple[str, Cells]]:
    days = {day_of(each) for each in events if each[f"from_{field}"] or each[f"to_{field}"]}
    return [
        (day, cells(value_before([e for e in events if day_of(e) >= day], field, now)))
        for day in sorted(days)
    ]


def _country_cells(code: str, since: str, countries: Mapping[str, Row]) -> Cells:
    country = countries.get(code)
    region = country["region"] if country else ""
    return {
        "country": code,
        "country_name": country["name_en"] if country else "",
        "country_alpha3": country["alpha3"] if country else "",
        "region": region,
        "region_name": REGIONS.get(region, ""),
        "eu_member": str(is_member(code, since)).lower() if code else "",
    }
