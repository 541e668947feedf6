"""Supporters, rebuilt from the tables that a harvest has written.

What the harvest concluded can thus be concluded again: to go on with it, or to check it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..tables.rows import Read, Row
from .corrections import Corrections
from .decisions import SUCCESSION
from .entry import Entry, interpret
from .fields import COLUMNS
from .periods import Change, Commit, ListingPeriod, Moment
from .records import (
    CHANGED,
    DELISTING,
    FIRST_SEEN,
    LISTING,
    SIGNATURE,
    Evidence,
    Supporter,
    reported_evidence,
)
from .vocabulary import read_vocabulary

_ENDS = (DELISTING, SUCCESSION)
_UNKNOWN = Commit("", "")

Obstacle = tuple[Row, str, str]  # row, column, and what is wrong


@dataclass(slots=True)
class Listed:
    """The rows of one time on a registry: endorsement, supports, and events by their roles."""

    endorsement: Row
    supports: list[Row] = field(default_factory=list)
    signatures: list[Row] = field(default_factory=list)
    listings: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    ends: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Add a support or an event of the endorsement."""
        if row.table.name == "supports.csv":
            self.supports.append(row)
        elif row["type"] == SIGNATURE:
            self.signatures.append(row)
        elif row["type"] == LISTING:
            self.listings.append(row)
        else:
            (self.ends if row["type"] in _ENDS else self.changes).append(row)

    @property
    def events(self) -> list[Row]:
        """The events that the registry shows, in the order of the harvest."""
        return self.listings + self.changes + self.ends

    def obstacles(self, number: int) -> Iterator[Obstacle]:
        """Report what keeps the rows from being one time on a registry, the ``number``-th."""
        row = self.endorsement
        if row["n"] != str(number):
            yield row, "n", f"n is {row['n']}, and {number} is missing. Number them from 1 on."
        if not self.listings:
            yield (
                row,
                "n",
                "the endorsement has no listing. Add it to events.csv, or harvest again.",
            )
        for extra in (*self.listings[1:], *self.ends[1:]):
            yield extra, "type", f"an endorsement has one {extra['type']}. Remove one of them."


def listed_times(entry: Row, members: Sequence[Row]) -> list[Listed]:
    """Sort the rows of a party by the endorsements of the call that an entry supports."""
    times: dict[str, Listed] = {}
    for row in members:
        if row.table.name == "endorsements.csv" and row["call"] == entry["call"]:
            times[row["n"]] = Listed(row)
    for row in members:
        if row.table.name in ("events.csv", "supports.csv") and row["call"] == entry["call"]:
            times[row["n"]].add(row)
    return list(times.values())


class Reconstruction:
    """Rebuilds supporters, party by party.

    What it keeps in memory grows with the sources, claims and decisions, not with the parties.
    """

    def __init__(self, read: Read) -> None:
        self.commits = {
            row["source"]: Commit(row["source"].rpartition("/")[2], row["issued"])
            for row in read("sources.csv")
        }
        self._claims = {
            (row["source"], row["claim"]): row
            for row in read("claims.csv")
            if row["assessment"] == "accepted"
        }
        self._drawn = {row["registry"]: row["source"] for row in read("datasets.csv")}
        self._successors = _successors(read)
        self._corrections = Corrections(list(read("corrections.csv")))
        self._vocabulary = read_vocabulary(read("countries.csv"), read("calls.csv"))

    def supporter(
        self, entry: Row, times: Sequence[Listed]
    ) -> tuple[Supporter | None, list[Obstacle]]:
        """Return the supporter of an entry, or None and what keeps it from being rebuilt."""
        published = {name: entry[column] for name, column in COLUMNS.items()}
        found = interpret(entry["file"], published, self._corrections, self._vocabulary)
        obstacles = [
            (entry, COLUMNS[name], f"{COLUMNS[name]} is {published[name]!r}, {problem}")
            for name, problem in found.problems.items()
        ]
        if "name" not in found.values and not obstacles:
            obstacles.append((entry, "name", "there is no name. Fill it in."))
        if not times or entry["supports"] != times[-1].endorsement["n"]:
            problem = "the entry does not support the last endorsement. Correct it."
            obstacles.append((entry, "supports", problem))
        for number, time in enumerate(times, 1):
            obstacles += time.obstacles(number)
        if obstacles:
            return None, obstacles
        latest = Entry(entry["file"], published, found.values, found.values["name"], ())
        return self._supporter(entry, latest, times), []

    def _supporter(self, entry: Row, latest: Entry, times: Sequence[Listed]) -> Supporter:
        *former, current = times
        drawn = entry["source"] if current.ends else self._drawn.get(entry["registry"], "")
        periods = [self._former(time) for time in former]
        periods.append(self._period(current, latest, self.commits.get(drawn, _UNKNOWN)))
        reported = {
            number: list(self._reported(time.supports))
            for number, time in enumerate(times, 1)
            if time.supports
        }
        return Supporter(entry["party"], periods, reported, entry["registry"], entry["call"])

    def _former(self, time: Listed) -> ListingPeriod:
        """Rebuild a time that another followed: of its entry, category and signature are known.

        The claim that the registry listed the party then names the last state that did.
        """
        last = next((row["source"] for row in time.supports if row["basis"] == FIRST_SEEN), "")
        values = {"category": time.endorsement["category"]}
        for event in time.signatures:
            if event["basis"] == "declared" and event["evidence"] == last:
                values["signed"] = event["date"]
        entry = Entry("", {}, values, "", ())
        return self._period(time, entry, self.commits.get(last, _UNKNOWN))

    def _period(self, time: Listed, entry: Entry, last: Commit) -> ListingPeriod:
        [listing] = time.listings
        return ListingPeriod(
            n=int(time.endorsement["n"]),
            listed=self._moment(listing),
            entry=entry,
            last=last,
            changes=[self._change(event) for event in time.changes],
            ended=self._moment(time.ends[0]) if time.ends else None,
            successor=self._successor(time.ends[0]) if time.ends else "",
        )

    def _moment(self, event: Row) -> Moment:
        """Rebuild the day or window that ends with the state which shows an event."""
        commit = self.commits[event["evidence"]]
        return Moment(event["earliest"] or commit.day, commit)

    def _change(self, event: Row) -> Change:
        kind = event["type"]
        column = CHANGED.get(kind)
        values = (event[f"from_{column}"], event[f"to_{column}"]) if column else ()
        return Change(kind, self._moment(event), *values)

    def _successor(self, end: Row) -> str:
        key = end["party"], end["evidence"].rpartition("/")[2]
        return self._successors.get(key, "")

    def _reported(self, supports: Sequence[Row]) -> Iterator[Evidence]:
        for support in supports:
            claim = self._claims.get((support["source"], support["claim"]))
            evidence = reported_evidence(support, claim) if claim else None
            if evidence:
                yield evidence


def _successors(read: Read) -> dict[tuple[str, str], str]:
    """Return who took the place of whom, by decision: party and commit to successor."""
    decided = [row for row in read("decisions.csv") if row["decision"] == SUCCESSION]
    files = {row["file"] for row in decided}
    parties = {row["file"]: row["party"] for row in read("identifiers.csv") if row["file"] in files}
    return {
        (parties[row["file"]], row["commit"]): row["value"]
        for row in decided
        if row["file"] in parties
    }
