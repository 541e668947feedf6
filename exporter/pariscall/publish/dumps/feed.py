"""An Atom feed of the newest events, so that a change can be followed without reading a dump."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree import ElementTree as ET

from ...project import current, in_language
from ...rdf.namespaces import BASE, DATASET
from ...tables.document import Document
from ...tables.rows import Row

KEPT_ENTRIES = 500
_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
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


@dataclass(frozen=True, order=True)
class _Entry:
    day: str
    identifier: str
    type: str
    title: str
    summary: str
    evidence: str


class FeedWriter:
    """Writes RFC 4287: the newest events first, each under its own IRI, which never changes.

    A signature of which only a window is known is no news and is left out. The title of an event of
    another call than that of the project names the call.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._entries: list[_Entry] = []
        self._modified = ""
        self._title = ""
        self._publisher = ""
        self._calls: dict[str, str] = {}

    def write(self, document: Document) -> None:
        """Note the events of a party."""
        head = document.rows[0]
        if head.table.name == "datasets.csv":
            self._modified = head["modified"]
            self._title = in_language(head.texts("title"), "en")
            self._publisher = head["publisher"]
        if head.table.name == "calls.csv" and head["call"] != current().call:
            self._calls[head["call"]] = f" ({in_language(head.texts('label'), 'en')})"
        for row in document.rows:
            if row.table.name == "events.csv" and (row["date"] or row["type"] != "signature"):
                name, call = head["name"] or head["name_en"], self._calls.get(row["call"], "")
                heapq.heappush(self._entries, _entry(name, row, call))
                if len(self._entries) > KEPT_ENTRIES:
                    heapq.heappop(self._entries)

    def close(self) -> None:
        """Write the feed."""
        ET.register_namespace("", _ATOM)
        feed = ET.Element(f"{{{_ATOM}}}feed", {f"{{{_XML}}}lang": "en"})
        _add(feed, "id", f"{DATASET.value}/events")
        _add(feed, "title", f"{self._title}: events")
        newest = max((entry.day for entry in self._entries), default="")
        _add(feed, "updated", _instant(max(self._modified, newest)))
        _add(_add(feed, "author"), "name", self._publisher)
        by_identifier = sorted(self._entries, key=lambda entry: entry.identifier)
        for event in sorted(by_identifier, key=lambda entry: entry.day, reverse=True):
            entry = _add(feed, "entry")
            _add(entry, "id", event.identifier)
            _add(entry, "title", event.title)
            _add(entry, "updated", _instant(event.day))
            _add(entry, "link", rel="alternate", href=event.identifier)
            _add(entry, "link", rel="related", href=event.evidence)
            _add(entry, "category", term=event.type)
            _add(entry, "summary", event.summary)
        ET.indent(feed, " ")
        self._file.write(ET.tostring(feed, "utf-8", xml_declaration=True) + b"\n")


def _entry(party: str, row: Row, call: str) -> _Entry:
    endorsement = f"{row['call']}/{row['party']}/{row['n']}"
    values = {name: row[name] or "no country" for name in row.table.index}
    known = row["date"] or f"between {row['earliest']} and {row['latest']}"
    happened = _HAPPENED.get(row["type"], "{type}").format_map(values)
    return _Entry(
        day=row["date"] or row["latest"],
        identifier=f"{BASE}endorsement/{endorsement}/event/{row['event']}",
        type=row["type"],
        title=f"{party} {happened}{call}",
        summary=f"{known} (basis: {row['basis']})",
        evidence=f"{BASE}source/{row['evidence']}",
    )


def _instant(day: str) -> str:
    """Return the first instant of a date (RFC 3339)."""
    return f"{day}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = text
    return child
