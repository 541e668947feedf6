"""What was concluded for each party: it must follow from the entry, the claims and the events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ...tables.rows import Read, Row
from .interpretation import Understanding

_CHANGES = {"name-change": "name", "reclassification": "category", "country-change": "country"}
_ENDS = {"delisting": "delisted", "succession": "superseded"}

Evidence = tuple[str, str, str]  # day, basis, source: of one day, the stronger basis comes first


def conclusion_problems(read: Read, parties: Iterable[list[Row]]) -> Iterator[str]:
    """Find parties, endorsements, events and entries that do not follow from one another."""
    check = Conclusions(read)
    for rows in parties:
        yield from check.problems(rows)


class Conclusions:
    """Compares the rows of one party after the other."""

    def __init__(self, read: Read) -> None:
        self._issued = {row["source"]: row["issued"] for row in read("sources.csv")}
        self._claims = {
            (row["source"], row["claim"]): row["claimed_date"] or row["date"] or row["latest"]
            for row in read("claims.csv")
        }
        self._launches = {row["call"]: row["launched"] for row in read("calls.csv")}
        self._drawn = {row["registry"]: row["source"] for row in read("datasets.csv")}
        self._successors = {
            row["value"] for row in read("decisions.csv") if row["decision"] == "succession"
        }
        self._understanding = Understanding(read)
        self._moments: dict[str, tuple[str, str, str]] = {}

    def problems(self, rows: list[Row]) -> Iterator[str]:
        """Find what does not agree among the rows of a party."""
        by_table: dict[str, list[Row]] = {}
        for row in rows:
            by_table.setdefault(row.table.name, []).append(row)
        events, supports = by_table.get("events.csv", []), by_table.get("supports.csv", [])
        endorsements = by_table.get("endorsements.csv", [])
        for event in events:
            if event["type"] != "signature":
                yield from self._event_problems(event)
        for entry in by_table.get("entries.csv", []):
            of_call = [row for row in endorsements if row["call"] == entry["call"]]
            yield from self._entry_problems(rows[0], entry, of_call, events)
            for endorsement in of_call:
                key = endorsement["call"], endorsement["n"]
                own = [event for event in events if (event["call"], event["n"]) == key]
                shown = [support for support in supports if support["n"] == endorsement["n"]]
                yield from self._endorsement_problems(endorsement, entry, own, shown)

    def _event_problems(self, event: Row) -> Iterator[str]:
        """Find an event that the state of the registry which shows it does not bear out."""
        evidence, day = event["evidence"], event["date"] or event["latest"]
        if event["event"] != f"{event['type']}-{evidence.rpartition('/')[2]}":
            yield f"{event.location}: the event is not named after type and evidence. Correct them."
        if day != self._issued.get(evidence):
            yield f"{event.location}: {day} is not the day of {evidence}. Correct one of them."
        moment = event["date"], event["earliest"], event["latest"]
        if self._moments.setdefault(evidence, moment) != moment:
            yield f"{event.location}: other events that {evidence} shows have another window."
        seen = "last-seen" if event["type"] in _ENDS else "first-seen"
        if event["basis"] != (seen if event["date"] else "inferred"):
            yield f"{event.location}: {event['basis']} is not how its day is known. Correct one of them."

    def _endorsement_problems(
        self, endorsement: Row, entry: Row, events: list[Row], supports: list[Row]
    ) -> Iterator[str]:
        """Find an endorsement that does not begin and end as evidence and events say."""
        listings = [event for event in events if event["type"] == "listing"]
        if len(listings) != 1:
            yield f"{endorsement.location}: there are {len(listings)} listings. Keep one in events.csv."
            return
        evidence = self._evidence(entry, endorsement, listings[0], supports)
        first = evidence[0]
        if (endorsement["since"], endorsement["since_basis"]) != first[:2]:
            yield (
                f"{endorsement.location}: the endorsement is known since {first[0]} ({first[1]}), "
                f"by {first[2]}. Correct since and since_basis, or harvest again."
            )
        yield from self._signature_problems(endorsement, events, evidence)
        yield from _end_problems(endorsement, events)
        if endorsement["superseded_by"] not in ("", *self._successors):
            yield f"{endorsement.location}: no such succession was decided. Decide it or correct it."

    def _evidence(
        self, entry: Row, endorsement: Row, listing: Row, supports: list[Row]
    ) -> list[Evidence]:
        """Order what shows that the party supports the call, the earliest day first."""
        day = listing["date"] or listing["latest"]
        found = [(day, "first-seen", listing["evidence"])]
        if entry["signed"] and entry["supports"] == endorsement["n"]:
            found.append((entry["signed"], "declared", entry["source"]))
        for row in supports:
            if row["basis"] != "first-seen":
                claimed = self._claims[row["source"], row["claim"]]
                found.append((claimed, row["basis"], row["source"]))
        return sorted(found)

    def _signature_problems(
        self, endorsement: Row, events: list[Row], evidence: list[Evidence]
    ) -> Iterator[str]:
        """Find a signature that is not dated by the day that a source states, or the first known."""
        stated = next((found for found in evidence if found[1] == "declared"), None)
        if stated:
            expected = (stated[0], "", "", "declared", stated[2])
        else:
            day, launch = evidence[0][0], self._launches[endorsement["call"]]
            window = (day, "", "") if day == launch else ("", launch, day)
            expected = (*window, "inferred", evidence[0][2])
        found = [event for event in events if event["type"] == "signature"]
        if len(found) != 1 and (stated or endorsement["n"] == "1"):
            yield f"{endorsement.location}: there are {len(found)} signatures. Keep one in events.csv."
        for event in found:
            columns = ("date", "earliest", "latest", "basis", "evidence")
            if tuple(event[column] for column in columns) != expected:
                shown = " ".join(filter(None, expected))
                yield f"{event.location}: the signature must read {shown}. Correct or harvest again."

    def _entry_problems(
        self, party: Row, entry: Row, endorsements: list[Row], events: list[Row]
    ) -> Iterator[str]:
        """Find an entry that is not of its source, or a party that is not what its entry says."""
        last = endorsements[-1] if endorsements else None
        if last is None or entry["supports"] != last["n"]:
            yield f"{entry.location}: the entry does not support the last endorsement. Correct it."
            return
        if not entry["date"] == entry["last_seen"] == self._issued[entry["source"]]:
            yield f"{entry.location}: date and last_seen are not the day of its source. Correct them."
        if (last["status"] == "active") != (entry["source"] == self._drawn.get(entry["registry"])):
            yield f"{entry.location}: the source does not fit the {last['status']} endorsement."
        days = [row["date"] or row["latest"] for row in events if row["type"] == "listing"]
        if entry["first_seen"] != min(days, default=""):
            yield f"{entry.location}: first_seen is not the day of its listing. Correct one of them."
        expected = self._understanding.expected(entry)
        for column, value in expected.items():
            found = (last if column == "category" else party)[column]
            if found != value:
                yield (
                    f"{party.location}: {column} is {found!r}, and {value!r} by {entry.location}. Correct "
                    "one of them, or say in corrections.csv what is meant."
                )
        values = {**expected, "name": self._understanding.value(entry, "name")}
        yield from _change_problems(events, values)


def _change_problems(events: list[Row], values: Mapping[str, str]) -> Iterator[str]:
    """Find changes that do not lead, one after the other, to the value that there is now."""
    for kind, column in _CHANGES.items():
        changes = [row for row in events if row["type"] == kind]
        if not changes:
            continue
        left = Counter([values[column], *(row[f"from_{column}"] for row in changes)])
        left.subtract(row[f"to_{column}"] for row in changes)
        # What is left over is the value at the beginning; a way that goes round leaves none.
        if sorted(left.values())[-1:] not in ([0], [1]) or min(left.values()) < 0:
            yield (
                f"{changes[-1].location}: the changes of the {column} do not lead to "
                f"{values[column]!r}. Correct them."
            )


def _end_problems(endorsement: Row, events: list[Row]) -> Iterator[str]:
    """Find an end that no event tells, or tells otherwise."""
    ends = [
        (_ENDS[event["type"]], event["date"] or event["latest"], "last-seen")
        for event in events
        if event["type"] in _ENDS
    ]
    found = endorsement["status"], endorsement["until"], endorsement["until_basis"]
    if found != (ends[0] if len(ends) == 1 else ("active", "", "")):
        yield f"{endorsement.location}: status and until are not those of the events. Correct them."
