"""The history of a registry: when each party was listed, and what was changed about it.

A state of the registry is a folder of files at a commit. What one state lists and the one before
did not was listed on the day of the commit or, where states between the two cannot be taken for
the registry, at some time since the first of those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from ..errors import RegistryError
from ..tables.text import slug
from .decisions import SUCCESSION, Decisions
from .entry import Entry
from .identifiers import Identifiers
from .periods import Change, Commit, ListingPeriod, Moment, Remark
from .repository import State

Read = Callable[[str, str], Entry]


@dataclass(frozen=True)
class Listing:
    """What the registry listed at a moment: each party with its entries, the oldest file first."""

    moment: Moment
    records: int  # the number of files
    parties: Mapping[str, list[Entry]]


class History:
    """What a registry has listed, one listing after the other.

    ``records`` is the number of files in the last listing; ``periods`` are the times of each
    party on the registry; ``bulk_dates`` the days of signature that were not the party's own;
    ``alliances`` the other calls that the party was said to support; ``unmapped_countries`` the
    words that were given as a country and name none.
    """

    def __init__(self, decisions: Decisions) -> None:
        self.records = 0
        self.periods: dict[str, list[ListingPeriod]] = {}
        self.bulk_dates: list[Remark] = []
        self.alliances: list[Remark] = []
        self.unmapped_countries: list[Remark] = []
        self._decisions = decisions
        self._files: dict[str, set[str]] = {}
        self._said: set[tuple[str, str, str]] = set()
        self._bulk: set[tuple[str, str]] = set()

    def follow(self, listing: Listing) -> None:
        """Add the next listing: begin, change and end periods."""
        moment = listing.moment
        bulk_date = self._decisions.value("bulk-date", moment.commit)
        files = {}
        for party, entries in listing.parties.items():
            for number, entry in enumerate(entries, 1):
                name = party if number == 1 else f"{party}-{number}"
                self._note_asides(name, party, entry, moment.commit, bulk_date)
            entry = self._own_words(party, entries[0])
            files[party] = {entry.file for entry in entries}
            if party in self._files:
                self._go_on(party, entry, files[party], moment)
            else:
                periods = self.periods.setdefault(party, [])
                periods.append(ListingPeriod(len(periods) + 1, moment, entry, moment.commit))
        for party in self._files.keys() - files.keys():
            period = self.periods[party][-1]
            period.ended = moment
            period.successor = (
                self._decisions.value(SUCCESSION, moment.commit, period.entry.file) or ""
            )
        self._files = files
        self.records = listing.records

    def end(self, harvested: Commit) -> None:
        """Note that all who are listed still are at a commit, which may change no entry."""
        for party in self._files:
            self.periods[party][-1].last = harvested

    def _go_on(self, party: str, entry: Entry, files: set[str], moment: Moment) -> None:
        period = self.periods[party][-1]
        period.changes += changes(period.entry, entry, moment)
        if self._files[party] - files and self._files[party] & files:
            period.changes.append(Change("merge", moment))
        period.entry, period.last = entry, moment.commit

    def _own_words(self, party: str, entry: Entry) -> Entry:
        """Return the entry without a date of signature that is not the party's own."""
        is_bulk = (party, entry.values.get("signed", "")) in self._bulk
        return entry.without("signed") if is_bulk else entry

    def _note_asides(
        self, name: str, party: str, entry: Entry, commit: Commit, bulk_date: str | None
    ) -> None:
        for call in entry.alliances:
            self._note(self.alliances, Remark(name, party, call, commit), entry.file)
        country = entry.published.get("nationality", "")
        if country and not entry.country and not entry.is_state:
            self._note(self.unmapped_countries, Remark(name, party, country, commit), entry.file)
        if bulk_date and entry.values.get("signed") == bulk_date:
            self._bulk.add((party, bulk_date))
            self._note(self.bulk_dates, Remark(name, party, bulk_date, commit), entry.file)

    def _note(self, remarks: list[Remark], remark: Remark, file: str) -> None:
        said = remark.party, file, remark.value
        if said not in self._said:
            self._said.add(said)
            remarks.append(remark)


def listings(
    states: list[State], read: Read, identifiers: Identifiers, decisions: Decisions, launch: str
) -> Iterator[Listing]:
    """Read what each state of a registry lists, from the oldest on.

    ``read`` interprets the content of a file; ``launch`` is the date since which the registry
    may have listed parties before its first state.

    Raises:
        RegistryError: with every file that cannot be understood, or whose party cannot be told.
    """
    problems: dict[tuple[str, str], Sequence[str]] = {}
    fixed = _fixed(states, decisions)
    understood = lru_cache(maxsize=None)(read)
    earliest: str | None = launch
    entries: dict[str, Entry] = {}
    for state in states:
        if decisions.applies("not-a-registry-state", state.commit):
            earliest = earliest or state.commit.day
            continue
        before, entries = entries, {}
        parties: dict[str, list[Entry]] = {}
        former = {slug(before[file].name): file for file in before.keys() - state.files.keys()}
        stayed = [file for file in before if file in state.files]
        for file in [*stayed, *sorted(state.files.keys() - before.keys())]:
            content = fixed.get((file, state.files[file]), state.files[file])
            if (file, content) in problems or decisions.applies("not-a-party", file=file):
                continue
            try:
                entry = entries[file] = understood(file, content)
                taken = None if file in before else former.get(slug(entry.name))
                party = identifiers.party(file, entry.name, taken)
                parties.setdefault(party, []).append(entry)
                _check_duplicates(party, parties[party], decisions)
            except RegistryError as error:
                problems[file, content] = error.lines
        yield Listing(Moment(earliest or state.commit.day, state.commit), len(state.files), parties)
        earliest = None
    if problems:
        raise RegistryError(*chain.from_iterable(problems.values()))


def _fixed(states: list[State], decisions: Decisions) -> dict[tuple[str, str], str]:
    """Return, for each version of a file that was wrong, the version that fixed it."""
    fixed = {}
    wrong: dict[str, str] = {}
    for state in states:
        for file, version in list(wrong.items()):
            if state.files.get(file, version) != version:
                fixed[file, wrong.pop(file)] = state.files[file]
        wrong |= {
            file: content
            for file, content in state.files.items()
            if decisions.applies("misfiled", state.commit, file)
        }
    return fixed


def _check_duplicates(party: str, entries: list[Entry], decisions: Decisions) -> None:
    if len(entries) == 1:
        decisions.applies("same-party", file=entries[0].file)
        return
    unexplained = [e.file for e in entries if not decisions.applies("duplicate", file=e.file)]
    if len(unexplained) > 1:
        raise RegistryError(
            f"{unexplained[1]}: by identifiers.csv it is about {party}, as {unexplained[0]} is. "
            "If one of the two is a duplicate, add that decision to decisions.csv."
        )


def changes(before: Entry, after: Entry, moment: Moment) -> Iterator[Change]:
    """Yield the changes between two versions of an entry."""
    if before.values["name"] != after.values["name"]:
        yield Change("name-change", moment, before.values["name"], after.values["name"])
    if before.values["category"] != after.values["category"]:
        yield Change(
            "reclassification", moment, before.values["category"], after.values["category"]
        )
    if before.country and before.country != after.country:
        yield Change("country-change", moment, before.country, after.country)
