"""What a newer list changes, written into a project: its history from now on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...errors import MisuseError
from ...io.atomic import staging
from ...tables.conclusions import Record
from ...tables.csvw import SIGNATORIES, Schema
from ...tables.dialect import DELIMITERS, ENCODING
from ...tables.listing import Listing, stem
from ...tables.rows import read_file
from ...tables.signatories import COLUMNS, SEPARATOR, Signatory, cell
from ...tables.text import slug
from ...tables.writer import write_table
from .changes import Change

_SOURCES, _EVENTS = "sources.csv", "events.csv"


class Recorder:
    """Writes the changes that a list of a date shows: the list itself, its source, new names.

    Raises:
        MisuseError: if the project has a list of that date or a later one already.
    """

    def __init__(self, schema: Schema, listing: Listing, day: str, address: str) -> None:
        self._schema = schema
        self._listing = listing
        self._folder = listing.table.path.parent
        self._day = day
        self._address = address
        self._last = listing.states[-1]
        self._source = f"{stem(self._last['source'])}-{day}"

    @property
    def is_known(self) -> bool:
        """Whether the project has the list of this date already."""
        return self._day == self._last["issued"]

    def check_is_newer(self) -> None:
        """Check that the date of the list is after that of the last one.

        Raises:
            MisuseError: if it is not.
        """
        if self._day <= self._last["issued"]:
            raise MisuseError(
                f"the list is of {self._day}, and the project has one of {self._last['issued']}. "
                "Say the date of the list with --date."
            )

    def write(self, changes: Sequence[Change]) -> list[str]:
        """Write the files that the changes change, all of them or none, and return their names.

        Raises:
            OutputError: if they cannot be written.
        """
        files = {_SOURCES: self._sources(is_changed=bool(changes))}
        if changes:
            files[SIGNATORIES] = self._signatories(changes)
        if events := [event for change in changes for event in self._events_of(change)]:
            files[_EVENTS] = self._with_events(events)
        with staging(self._folder) as stage:
            for name, text in files.items():
                stage.create(name).write(text.encode())
        return sorted(files)

    def _sources(self, *, is_changed: bool) -> str:
        """Add the list; without a change, in the place of a last one that nothing rests on."""
        last, day = self._last, self._last["issued"]
        title = last["title"].replace(day, self._day)
        record = {
            **dict(zip(last.table.index, last.cells, strict=True)),
            "source": self._source,
            "title": title if self._day in title else f"{title}, {self._day}",
            "issued": self._day,
            "url": self._address or last["url"],
        }
        kept = [
            dict(zip(row.table.index, row.cells, strict=True))
            for row in read_file(self._schema[_SOURCES])
            if is_changed or row["source"] != last["source"] or self._is_used(last["source"])
        ]
        return self._table(_SOURCES, [*kept, record])

    def _is_used(self, source: str) -> bool:
        texts = [
            path.read_text(ENCODING) for path in self._folder.glob("*.csv") if path.name != _SOURCES
        ]
        return any(source in text for text in texts)

    def _with_events(self, events: Sequence[Record]) -> str:
        table = self._schema[_EVENTS]
        records = [dict(zip(table.index, row.cells, strict=True)) for row in read_file(table)]
        return self._table(_EVENTS, [*records, *events])

    def _events_of(self, change: Change) -> Iterator[Record]:
        """Yield the events that a change is: of name, of category, of country."""
        signatory, cells = change.signatory, change.cells
        if signatory and change.kind == "renamed":
            new = change.record["name"]
            yield self._event(signatory, "name-change", "name", signatory["name"], new)
        if signatory and "category" in cells:
            former = change.former("category") or "unknown"
            yield self._event(signatory, "reclassification", "category", former, cells["category"])
        # A first country is none that changed.
        if signatory and "country" in cells and (former := change.former("country")):
            yield self._event(signatory, "country-change", "country", former, cells["country"])

    def _event(self, signatory: Signatory, kind: str, what: str, old: str, new: str) -> Record:
        return {
            "party": signatory.party,
            "call": self._listing.call["call"],
            "n": str(signatory.n),
            "event": f"{kind}-{self._day}",
            "type": kind,
            "earliest": self._last["issued"],
            "latest": self._day,
            "basis": "inferred",
            "evidence": self._source,
            f"from_{what}": old,
            f"to_{what}": new,
        }

    def _table(self, name: str, records: Sequence[Record]) -> str:
        text = io.StringIO()
        write_table(self._schema[name], text, records)
        return text.getvalue()

    def _signatories(self, changes: Sequence[Change]) -> str:
        """Return the list with its rows in their order, and those who came at its end.

        A list in the order of its identifiers, as ``pariscall fmt`` writes it, stays in this order.
        """
        rows = {each.row.line: self._record(each) for each in self._listing.signatories}
        added = []
        for change in changes:
            signatory = change.signatory
            if signatory is None or change.kind == "back":
                added.append(self._new(change))
            else:
                rows[signatory.row.line] |= self._changed(signatory, change)
        before = [_party(rows[line]) for line in sorted(rows)]
        records = [*(rows[line] for line in sorted(rows)), *added]
        if before == sorted(before):
            records.sort(key=_party)
        path = self._listing.table.path
        written = [column.name for column in self._listing.table.cells]
        used = {column for record in records for column, value in record.items() if value}
        columns = [*written, *(name for name in COLUMNS if name in used and name not in written)]
        text = io.StringIO()
        delimiter = _delimiter(path, written)
        writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: record.get(name, "") for name in columns} for record in records)
        mark = "\ufeff" if path.read_bytes().startswith(b"\xef\xbb\xbf") else ""
        return mark + text.getvalue()

    def _record(self, signatory: Signatory) -> Record:
        return {column: cell(signatory.row, column) for column in COLUMNS}

    def _new(self, change: Change) -> Record:
        record = change.record | {"source": self._source}
        if change.signatory and slug(record["name"]) != change.signatory.party:
            record["id"] = change.signatory.party
        return record

    def _changed(self, signatory: Signatory, change: Change) -> Record:
        if change.kind == "left":
            first = signatory.sources[0]
            return {
                "left": f"{self._last['issued']}/{self._day}",
                "source": SEPARATOR.join((first, self._source)),
            }
        cells = dict(change.cells)
        if change.kind == "renamed":
            names = [*signatory.names, signatory["name"]]
            cells |= {
                "id": signatory.party,
                "name": change.record["name"],
                "alternative names": SEPARATOR.join(names),
            }
        return cells


def _party(record: Record) -> str:
    return record.get("id") or slug(record["name"])


def _delimiter(path: Path, header: list[str]) -> str:
    with path.open(encoding=ENCODING, newline="") as file:
        first = file.readline()
    read = {delimiter: next(csv.reader([first], delimiter=delimiter)) for delimiter in DELIMITERS}
    return next((delimiter for delimiter, names in read.items() if names == header), ",")
