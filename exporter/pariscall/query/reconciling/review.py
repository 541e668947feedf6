"""The review of candidates: what is accepted becomes a mapping, and what is refused is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ...errors import MisuseError, TableError, UnreadableError, did_you_mean, printable
from ...tables.checks import check_tables
from ...tables.csvw import Schema
from ...tables.mappings import EXACT, TABLES
from ...tables.rows import read_records
from ...tables.writer import rewrite_tables
from ..matching import BY_NAME_ALONE
from .candidates import REFUSALS, decided_pairs
from .decision_file import Decision

USUAL_REASON = "It is another body."
_MAPPINGS = TABLES[0]
_REVIEWED = "semapv:ManualMappingCuration"

Record = Mapping[str, str]


class Review:
    """Decisions on candidates, which are written to the tables together.

    Accepted rows are from ``source``, a key of ``sources.csv``, under a ``licence`` (an SPDX identifier).
    Without a source, nothing can be accepted.

    Raises:
        MisuseError: if there is no such source, or the project has no table of mappings.
        TableError: if the tables cannot be read.
    """

    def __init__(self, schema: Schema, source: str, licence: str, day: date) -> None:
        for name in (_MAPPINGS, REFUSALS):
            if not schema[name].path.exists():
                raise MisuseError(f"the project has no {name}. Mappings are kept in it.")
        sources = {row["source"] for row in read_records(schema["sources.csv"])}
        if source and source not in sources:
            problem = f"sources.csv has no source {source!r}.{did_you_mean(source, sources)}"
            raise MisuseError(f"{problem} Add a row for what the service is, or name another.")
        self._schema = schema
        self._source = source
        self._licence = licence
        self._day = day.isoformat()
        self._mappings = read_records(schema[_MAPPINGS])
        self._refusals = read_records(schema[REFUSALS])
        self.accepted = 0
        self.refused = 0
        self.deferred = 0

    def undecided(self, rows: Iterable[Record]) -> Iterator[Record]:
        """Yield the candidates that are not decided when their turn comes.

        One is decided if it was accepted or refused, or the party has an exact match in its scheme.
        """
        for row in rows:
            if not self._is_decided(row):
                yield row

    def accept(self, row: Record, agreed: str = "") -> None:
        """Accept a candidate; where only its name agrees, say what else does (``agreed``).

        Raises:
            MisuseError: if that is not said: nothing is linked by name alone; or there is no source.
        """
        if not self._source:
            raise MisuseError("name the source of what is accepted with --source.")
        rule = row["curation_rule_text"]
        if needs_more(row):
            if not agreed.strip():
                raise MisuseError("nothing is linked by name alone. Say what else agrees.")
            rule = f"name and {_line(agreed)} agree"
        self._mappings.append(
            {
                **{name: row[name] for name in row if name != "comment"},
                "mapping_justification": _REVIEWED,
                "reviewer_label": "curators",
                "license": f"https://spdx.org/licenses/{self._licence}",
                "mapping_date": self._day,
                "confidence": _decimal(row["confidence"]),
                "curation_rule_text": rule,
                "party": _party(row),
                "source": self._source,
            }
        )
        self.accepted += 1

    def refuse(self, row: Record, reason: str) -> None:
        """Refuse a candidate for a reason, so that nobody proposes it again."""
        self._refusals.append(
            {
                "party": _party(row),
                "object_id": row["object_id"],
                "reason": _line(reason) or USUAL_REASON,
                "date": self._day,
            }
        )
        self.refused += 1

    def apply(self, decisions: Iterable[Decision], rows: Iterable[Record]) -> int:
        """Take decisions on candidates, and return the number of those that were decided before.

        Raises:
            UnreadableError: if one is on no candidate, or accepts what agrees by name alone.
        """
        found = {(row["subject_id"], row["object_id"]): row for row in rows}
        before = 0
        for each in decisions:
            row = found.get((each.subject, each.object))
            if row is None:
                pair = f"{each.subject} and {each.object}"
                raise UnreadableError(f"{each.place}: {pair} are no candidate of the file.")
            if each.decision == "accept" and needs_more(row) and not each.why:
                problem = "nothing is linked by name alone. Say what else agrees."
                raise UnreadableError(f"{each.place}: {problem}")
            if self._is_decided(row):
                before += 1
            elif each.decision == "accept":
                self.accept(row, each.why)
            elif each.decision == "refuse":
                self.refuse(row, each.why)
            else:
                self.deferred += 1
        return before

    def write(self) -> None:
        """Write both tables, in order, if anything was decided, and check them.

        Raises:
            OutputError: if a table cannot be written.
            TableError: if a row breaks the description of its table; both are then as they were.
        """
        if not (self.accepted or self.refused):
            return
        before = {name: read_records(self._schema[name]) for name in (_MAPPINGS, REFUSALS)}
        rewrite_tables(self._schema, {_MAPPINGS: self._mappings, REFUSALS: self._refusals})
        try:
            check_tables(self._schema)
        except TableError:
            rewrite_tables(self._schema, before)
            raise

    def _is_decided(self, row: Record) -> bool:
        pair = row["subject_id"], row["object_id"]
        if pair in decided_pairs([*self._mappings, *self._refusals]):
            return True
        scheme = row["object_id"].partition(":")[0]
        return row["predicate_id"] == EXACT and any(
            each["party"] == _party(row)
            and each["predicate_id"] == EXACT
            and each["object_id"].partition(":")[0] == scheme
            for each in self._mappings
        )


def needs_more(row: Record) -> bool:
    """Return whether only the name of a candidate agrees."""
    return row["curation_rule_text"].startswith(BY_NAME_ALONE)


def _party(row: Record) -> str:
    return row["subject_id"].partition(":")[2]


def _line(text: str) -> str:
    """Return what somebody typed as a cell has it: one line, without quotation marks."""
    return printable(" ".join(text.replace('"', "'").split()))


def _decimal(text: str) -> str:
    """Return a decimal as the tables spell it, without zeros at its end."""
    return f"{float(text):.2f}".rstrip("0").rstrip(".") if "." in text else text
