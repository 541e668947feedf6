"""The events of endorsements as news: those of which the day is known well enough, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...project import current, in_language
from ...rdf.namespaces import BASE
from ...tables.document import Document
from ...tables.rows import Row

_HAPPENED = {
    "signature": "signed",
    "listing": "came onto the registry",
    "delisting": "went from the registry",
    "withdrawal": "ended its support",
    "succession": "was replaced by another party",
    "merge": "had two entries, of which one was removed",
    "reclassification": "was moved from {from_category} to {to_category}",
    "name-change": "was renamed from “{from_name}” to “{to_name}”",
    "country-change": "was moved from {from_country} to {to_country}",
}
_SETS = ("categories", "countries")


@dataclass(frozen=True, order=True)
class NewsItem:
    """An event: the last date on which it can have happened, its IRI, and what happened.

    ``categories`` and ``countries`` are the codes of those that it is news of: where the party is,
    and where it was before the event or after it.
    """

    day: str
    identifier: str
    type: str
    title: str
    summary: str
    evidence: str
    categories: frozenset[str] = field(compare=False)
    countries: frozenset[str] = field(compare=False)

    @property
    def instant(self) -> str:
        """The first instant of its date (RFC 3339)."""
        return instant(self.day)


class NewsReader:
    """Reads the news of documents one by one; the datasets and the calls come before the parties.

    A signature of which only a window is known is no news. The title of an event of another call
    than that of the project names the call.
    """

    def __init__(self) -> None:
        self.modified = ""
        self.title = ""
        self.publisher = ""
        self._calls: dict[str, str] = {}

    def read(self, document: Document) -> Iterator[NewsItem]:
        """Yield the news of a document, and note what its dataset and its calls are called."""
        head = document.rows[0]
        if head.table.name == "datasets.csv":
            self.modified = head["modified"]
            self.title = in_language(head.texts("title"), "en")
            self.publisher = head["publisher"]
        if head.table.name == "calls.csv" and head["call"] != current().call:
            self._calls[head["call"]] = f" ({in_language(head.texts('label'), 'en')})"
        for row in document.rows:
            if row.table.name == "events.csv" and (row["date"] or row["type"] != "signature"):
                yield self._item(document, row)

    def _item(self, document: Document, row: Row) -> NewsItem:
        party = document.rows[0]
        endorsement = f"{row['call']}/{row['party']}/{row['n']}"
        values = {name: row[name] or "no country" for name in row.table.index}
        known = row["date"] or f"between {row['earliest']} and {row['latest']}"
        happened = _HAPPENED.get(row["type"], "{type}").format_map(values)
        category = next(other["category"] for other in document.rows if _is_endorsement(other, row))
        return NewsItem(
            day=row["date"] or row["latest"],
            identifier=f"{BASE}endorsement/{endorsement}/event/{row['event']}",
            type=row["type"],
            title=f"{party['name'] or party['name_en']} {happened}{self._calls.get(row['call'], '')}",
            summary=f"{known} (basis: {row['basis']})",
            evidence=f"{BASE}source/{row['evidence']}",
            categories=frozenset({category, row["from_category"], row["to_category"]} - {""}),
            countries=frozenset({party["country"], row["from_country"], row["to_country"]} - {""}),
        )


def news_record(item: NewsItem) -> dict[str, Any]:
    """Return an item as an object of JSON."""
    sets = {name: sorted(getattr(item, name)) for name in _SETS}
    return vars(item) | sets


def read_news_record(record: Mapping[str, Any]) -> NewsItem:
    """Return the item of an object of JSON."""
    sets = {name: frozenset(record[name]) for name in _SETS}
    return NewsItem(**{**record, **sets})


def instant(day: str) -> str:
    """Return the first instant of a date (RFC 3339)."""
    return f"{day}T00:00:00Z"


def _is_endorsement(row: Row, event: Row) -> bool:
    return row.table.name == "endorsements.csv" and all(
        row[key] == event[key] for key in ("call", "n")
    )
