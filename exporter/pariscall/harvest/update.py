"""What the website's list changes in the tables: who is new, gone or changed since they were drawn."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import RegistryError
from ..project import current
from ..tables.text import clean, slug
from .corrections import Corrections
from .entry import Entry, read_entry
from .fields import COLUMNS, NAME
from .history import changes
from .periods import Commit, ListingPeriod, Moment
from .records import (
    Supporter,
    endorsement_records,
    entry_record,
    event_records,
    former_claims,
    party_record,
    source_record,
)
from .table_set import TableSet
from .website import ListedRow, read_list

FILE = "supporters.csv"
_LARGEST_LOSS = 0.05
_SMALLEST_LIST = 0.5
KINDS = ("new", "gone", "changed")


@dataclass(frozen=True)
class Difference:
    """One difference between the list and the tables: ``new``, ``gone`` or ``changed``."""

    kind: str
    party: str
    name: str
    detail: str = ""


def count(differences: Iterable[Difference]) -> dict[str, int]:
    """Count differences by kind, in the order of ``KINDS``."""
    found = Counter(difference.kind for difference in differences)
    return {kind: found[kind] for kind in KINDS}


class Update:
    """A list, matched with the parties of the tables.

    Raises:
        RegistryError: with every row that cannot be understood, or whose party cannot be told.
        TableError: if the tables cannot be read, or do not agree on a supporter.
    """

    def __init__(self, folder: Path, rows: list[ListedRow], location: str) -> None:
        self._book = TableSet(folder)
        self._rows = rows
        self._known = self._book.supporters()
        self._listed = {party for party, known in self._known.items() if known.is_listed}
        self._entries = self._matched(location)

    @property
    def listed(self) -> int:
        """How many parties the tables list."""
        return len(self._listed)

    def differences(self) -> list[Difference]:
        """List the differences, by kind and party."""
        return sorted(
            [*self._new(), *self._gone(), *self._changed()],
            key=lambda found: (KINDS.index(found.kind), found.party),
        )

    def check_is_plausible(self) -> None:
        """Check that a list has not lost more supporters than ever left a registry at once.

        Raises:
            RegistryError: if more than 5 % are gone, or fewer than half of the rows are there.
        """
        gone = len(list(self._gone()))
        if len(self._rows) < self.listed * _SMALLEST_LIST or gone > self.listed * _LARGEST_LOSS:
            raise RegistryError(
                f"the list names {len(self._rows):,} where {self.listed:,} supporters were listed, "
                f"and {gone:,} of these are gone: it may not be whole. Nothing was changed; if it "
                "is whole, say --accept-loss."
            )

    def write(self, url: str, day: str) -> None:
        """Write to the tables what the list changes, as read on a date.

        Raises:
            RegistryError: if the tables are of a later day.
            OutputError: if the tables cannot be written.
        """
        book = self._book
        previous = book.dataset["modified"]
        if day < previous:
            raise RegistryError(
                f"the tables are of {previous}, which is later than {day}. Nothing was changed."
            )
        listing = "".join(f"{row.line} {dict(row.fields)}\n" for row in self._rows)
        state = Commit(hashlib.sha256(f"{day}\n{listing}".encode()).hexdigest(), day)
        moment = Moment(previous, state)
        for difference in self._gone():
            self._end(difference.party, moment)
        for party, entry in self._entries.items():
            self._put(party, entry, moment)
        book.merge(
            "sources.csv",
            [
                source_record(state)
                | {
                    "title": current().registry.list_title.replace("{day}", day),
                    "url": url,
                    "commit": "",
                }
            ],
        )
        book.replace("identifiers.csv", book.identifiers.records())
        book.date(state, len(self._rows))
        book.save()

    def _matched(self, location: str) -> dict[str, Entry]:
        """Interpret each row and find its party: by name, slug or identifier, or a new one."""
        corrections = Corrections(self._book.rows("corrections.csv"))
        vocabulary = self._book.vocabulary()
        by_name = {_published(known, NAME): party for party, known in self._known.items()}
        names = {row.name for row in self._rows}
        by_slug = {slug(name): party for name, party in by_name.items() if name not in names}
        entries: dict[str, Entry] = {}
        problems = []
        for row in self._rows:
            party = by_name.get(row.name) or by_slug.get(slug(row.name))
            file = self._known[party].latest.entry.file if party else f"{FILE}#{row.name}"
            try:
                entry = read_entry(file, row.fields, corrections, vocabulary, location)
                party = party or self._book.identifiers.party(file, entry.name)
                if party in entries:
                    problems.append(f"{location}:{row.line}: {party} is in the list twice.")
                entries[party] = entry
            except RegistryError as error:
                problems += error.lines
        if problems:
            raise RegistryError(*problems)
        return entries

    def _new(self) -> Iterator[Difference]:
        for party, entry in self._entries.items():
            if party not in self._listed:
                detail = f"{entry.values['category']}, {entry.country or 'no country'}"
                yield Difference("new", party, entry.values["name"], detail)

    def _gone(self) -> Iterator[Difference]:
        for party, known in self._known.items():
            if known.is_listed and party not in self._entries:
                yield Difference("gone", party, _published(known, NAME))

    def _changed(self) -> Iterator[Difference]:
        for party, entry in self._entries.items():
            if party in self._listed:
                for field in COLUMNS:
                    before = _published(self._known[party], field)
                    after = clean(entry.published.get(field, ""))
                    if before != after:
                        detail = f"{field}: {before or 'nothing'} → {after or 'nothing'}"
                        yield Difference("changed", party, entry.values["name"], detail)

    def _end(self, party: str, moment: Moment) -> None:
        """End the time of a party on the registry."""
        known = self._known[party]
        known.latest.ended = moment
        self._record(known)

    def _put(self, party: str, entry: Entry, moment: Moment) -> None:
        """Continue the time of a party on the registry, or begin one."""
        known = self._known.get(party) or Supporter(party, [], {})
        if party in self._listed:
            period = known.latest
            period.changes += changes(period.entry, entry, moment)
            period.entry, period.last = entry, moment.commit
            self._record(known)
            return
        begun = ListingPeriod(len(known.periods) + 1, moment, entry, moment.commit)
        self._record(known._replace(periods=[*known.periods, begun]))

    def _record(self, supporter: Supporter) -> None:
        book = self._book
        book.merge("endorsements.csv", endorsement_records(supporter))
        book.merge("events.csv", event_records(supporter, book.launch))
        book.merge("entries.csv", [entry_record(supporter)])
        book.merge("parties.csv", [party_record(supporter, book.countries)])
        for claim, support in former_claims(supporter):
            book.merge("claims.csv", [claim])
            book.merge("supports.csv", [support])


def _published(known: Supporter, field: str) -> str:
    """Return what the registry published in a field, cleaned."""
    return clean(known.latest.entry.published[field])


def read_update(content: bytes, location: str, folder: Path) -> Update:
    """Read a list and match it with the tables of a folder.

    Raises:
        RegistryError: if it is not such a list or cannot be understood.
        TableError: if the tables cannot be read.
    """
    return Update(folder, read_list(content, location), location)
