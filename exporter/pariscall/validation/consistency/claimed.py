"""Endorsements that no registry in git shows: each is as its claims and entries say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...harvest.records import FIRST_SEEN, SIGNATURE, Evidence, reported_evidence
from ...tables.rows import Read, Row
from .disagreement import Disagreement, disagreement


class ClaimedCheck:
    """Checks the dates of endorsements against the evidence that the tables have for them."""

    def __init__(self, read: Read) -> None:
        self._claims = {(row["source"], row["claim"]): row for row in read("claims.csv")}
        self._launches = {row["call"]: row["launched"] for row in read("calls.csv")}

    def problems(self, endorsement: Row, rows: Sequence[Row]) -> Iterator[Disagreement]:
        """Report cells of an endorsement and its events that its evidence does not show.

        ``rows`` are those of its party.
        """
        own = [row for row in rows if _is_of(row, endorsement)]
        evidence = sorted(self._evidence(endorsement, own))
        if not evidence:
            problem = "no accepted claim shows this endorsement. Add one to supports.csv."
            yield disagreement(endorsement, "since", problem)
            return
        yield from _since_problems(endorsement, evidence[0])
        events = [row for row in own if row.table.name == "events.csv"]
        for event in events:
            if event["type"] == SIGNATURE:
                yield from self._signature_problems(event, evidence)
        if endorsement["until"] not in {
            "",
            *(event["date"] or event["latest"] for event in events),
        }:
            problem = (
                f"no event of the endorsement is of {endorsement['until']}. Correct one of them."
            )
            yield disagreement(endorsement, "until", problem)

    def _evidence(self, endorsement: Row, own: Sequence[Row]) -> Iterator[Evidence]:
        for row in own:
            if row.table.name == "supports.csv":
                claim = self._claims[row["source"], row["claim"]]
                shown = claim["party"], claim["call"], claim["polarity"]
                wanted = endorsement["party"], endorsement["call"], "affirms"
                if shown == wanted and (found := reported_evidence(row, claim)):
                    yield found
            elif row.table.name == "entries.csv":
                yield Evidence(row["first_seen"], FIRST_SEEN, row["source"])
                if row["signed"]:
                    yield Evidence(row["signed"], "declared", row["source"])

    def _signature_problems(
        self, event: Row, evidence: Sequence[Evidence]
    ) -> Iterator[Disagreement]:
        """Report a date of signature that no source gives, or a window that no source ends."""
        if event["evidence"] not in {found.source for found in evidence}:
            problem = (
                f"{event['evidence']} does not support the endorsement. Name a source that does."
            )
            yield disagreement(event, "evidence", problem)
        elif event["date"]:
            found = Evidence(event["date"], event["basis"], event["evidence"])
            if found not in evidence:
                shown = f"{found.source} does not show the signature on {found.day} ({found.basis})"
                yield disagreement(event, "date", f"{shown}. Correct it, or write a window.")
        elif event["latest"] > evidence[0].day:
            problem = f"the party supports the call since {evidence[0].day}. Correct the window."
            yield disagreement(event, "latest", problem)
        elif event["earliest"] < self._launches[event["call"]]:
            problem = (
                f"the call was launched on {self._launches[event['call']]}. Correct the window."
            )
            yield disagreement(event, "earliest", problem)


def _is_of(row: Row, endorsement: Row) -> bool:
    """Report whether a row is an event, a support or the entry of an endorsement."""
    if row.table.name not in ("events.csv", "supports.csv", "entries.csv"):
        return False
    number = row["supports" if row.table.name == "entries.csv" else "n"]
    return (row["call"], number) == (endorsement["call"], endorsement["n"])


def _since_problems(endorsement: Row, first: Evidence) -> Iterator[Disagreement]:
    for column, shown in (("since", first.day), ("since_basis", first.basis)):
        if endorsement[column] != shown:
            yield disagreement(
                endorsement,
                column,
                f"{column} is {endorsement[column]!r}, and {shown!r} by its first evidence, "
                f"{first.source}. Correct one of them.",
            )
