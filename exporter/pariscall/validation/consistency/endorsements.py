"""What was concluded for each party: it must be what the harvest concludes from the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...harvest.reconstruction import Listed, Reconstruction, listed_times
from ...harvest.records import (
    CHANGED,
    FIRST_SEEN,
    SIGNATURE,
    Record,
    Supporter,
    endorsement_records,
    entry_record,
    event_records,
    former_claims,
    party_record,
)
from ...tables.rows import Read, Row
from .claimed import ClaimedCheck
from .differences import Case, differences
from .disagreement import Disagreement, disagreement
from .windows import Windows


class EndorsementCheck:
    """Rebuilds each supporter from its rows, concludes again, and compares."""

    def __init__(self, read: Read) -> None:
        self._windows = Windows()
        self._reconstruction = Reconstruction(read)
        self._countries = {row["country"]: row for row in read("countries.csv")}
        self._launches = {row["call"]: row["launched"] for row in read("calls.csv")}
        in_git = {row["registry"] for row in read("sources.csv") if row["commit"]}
        self._registries = {
            row["call"]: row["registry"] for row in read("calls.csv") if row["registry"] in in_git
        }
        self._claimed = ClaimedCheck(read)

    def find(self, parties: Iterable[list[Row]]) -> tuple[list[Disagreement], Windows]:
        """Return the cells of parties, with their entries, endorsements, events and supports, that differ.

        The windows of their events are returned too, for those of all parties must agree.
        """
        self._windows = Windows()
        found = [problem for rows in parties for problem in self._problems(rows)]
        return found, self._windows

    def _problems(self, rows: list[Row]) -> Iterator[Disagreement]:
        """Report what differs among the rows of a party, the row of the party first."""
        entries = [row for row in rows if self._is_entry(row)]
        for row in rows:
            if row.table.name == "endorsements.csv":
                yield from self._unlisted(row, entries, rows)
        for entry in entries:
            times = listed_times(entry, rows)
            supporter, obstacles = self._reconstruction.supporter(entry, times)
            for row, column, problem in obstacles:
                yield disagreement(row, column, problem)
            if supporter:
                yield from self._differences(supporter, rows[0], entry, times)

    def _is_entry(self, row: Row) -> bool:
        """Report whether a row is the entry of a party in a registry in git."""
        return row.table.name == "entries.csv" and row["call"] in self._registries

    def _unlisted(
        self, endorsement: Row, entries: Sequence[Row], rows: Sequence[Row]
    ) -> Iterator[Disagreement]:
        """Report what is wrong with an endorsement that no entry of a registry in git shows."""
        call = endorsement["call"]
        if call not in self._registries:
            yield from self._claimed.problems(endorsement, rows)
        elif all(entry["call"] != call for entry in entries):
            problem = f"the registry {self._registries[call]} has no entry of the party"
            advice = "Add it to entries.csv, or harvest again."
            yield disagreement(endorsement, "party", f"{problem}. {advice}")

    def _differences(
        self, supporter: Supporter, party: Row, entry: Row, times: Sequence[Listed]
    ) -> Iterator[Disagreement]:
        """Compare each row with what the harvest would write in its place."""
        case = Case(supporter, entry, times[-1])
        yield from differences(party, party_record(supporter, self._countries), case)
        yield from differences(entry, entry_record(supporter), case)
        if case.time.ends:
            yield from _last_seen_problems(case)
        if len(times) > 1:
            yield from _former_problems(case, times)
        events = event_records(supporter, self._launches[supporter.call])
        parts = zip(times, endorsement_records(supporter), _by_time(events, times), strict=True)
        for time, endorsement, (stated, shown) in parts:
            case = Case(supporter, entry, time)
            yield from differences(time.endorsement, endorsement, case)
            if len(time.signatures) != len(stated):
                yield from _signature_problems(time, len(stated))
            for event, record in zip(time.signatures, stated, strict=False):
                yield from differences(event, record, case)
            for event, record in zip(time.events, shown, strict=True):
                self._windows.add(event)
                yield from differences(event, record, case)
            if time.changes:
                yield from _change_problems(case)


def _by_time(
    events: Iterable[Record], times: Sequence[Listed]
) -> Iterator[tuple[list[Record], list[Record]]]:
    """Return, for each time on the registry, the signature concluded and the events shown."""
    records = list(events)
    for time in times:
        first = 1 if records[0]["type"] == SIGNATURE else 0
        end = first + len(time.events)
        yield records[:first], records[first:end]
        records = records[end:]


def _last_seen_problems(case: Case) -> Iterator[Disagreement]:
    """Report an entry that was seen when the party had left the registry already."""
    end, entry = case.time.ends[0], case.entry
    day = end["date"] or end["latest"]
    if entry["source"] == end["evidence"] or entry["last_seen"] > day:
        yield disagreement(
            entry,
            "source",
            f"{entry['source']} of {entry['last_seen']} does not list the party, which left by "
            f"{day}. Name the last state that lists it.",
        )


def _signature_problems(time: Listed, number: int) -> Iterator[Disagreement]:
    """Report signatures that are missing, or too many."""
    if len(time.signatures) < number:
        problem = "the endorsement has no signature. Add it to events.csv, or harvest again."
        yield disagreement(time.endorsement, "n", problem)
    for event in time.signatures[number:]:
        rule = "has one signature" if number else "that began anew has no signature by a source"
        yield disagreement(event, "type", f"an endorsement {rule}. Remove the row.")


def _change_problems(case: Case) -> Iterator[Disagreement]:
    """Report changes that do not lead, one after the other, to the value that there is now."""
    values = _present_values(case)
    for kind, column in CHANGED.items():
        events = [event for event in case.time.changes if event["type"] == kind]
        if not events or column not in values:
            continue
        left = Counter([values[column], *(event[f"from_{column}"] for event in events)])
        left.subtract(event[f"to_{column}"] for event in events)
        # After cancelling every from/to pair, only the first value remains; a circular chain
        # leaves nothing.
        if sorted(left.values())[-1:] not in ([0], [1]) or min(left.values()) < 0:
            problem = f"the changes of the {column} do not lead to {values[column]!r}"
            yield disagreement(events[-1], f"to_{column}", f"{problem}. Correct them.")


def _present_values(case: Case) -> Mapping[str, str]:
    """Return what is known of an entry at the end of a time: of a former one, its category."""
    endorsement, supporter = case.time.endorsement, case.supporter
    if endorsement["n"] == str(supporter.latest.n):
        return {"country": "", **supporter.latest.entry.values}
    return {"category": endorsement["category"]}


def _former_problems(case: Case, times: Sequence[Listed]) -> Iterator[Disagreement]:
    """Report a former time without the accepted claim that the registry listed the party."""
    for time, (_, record) in zip(times, former_claims(case.supporter), strict=False):
        own = [row for row in time.supports if row["basis"] == FIRST_SEEN]
        if not own:
            yield disagreement(
                time.endorsement,
                "n",
                "no claim of the registry supports this former endorsement. Add it to claims.csv "
                "and supports.csv, or harvest again.",
            )
        for row in own[:1]:
            yield from differences(row, record, case)
