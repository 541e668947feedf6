"""What differs between a row and what the harvest concludes, and which row says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from ...harvest.reconstruction import Listed
from ...harvest.records import SIGNATURE, Record, Supporter
from ...tables.rows import Row
from .disagreement import Disagreement, disagreement

_CORRECT = "Correct one of them"
_HARVEST = f"{_CORRECT}, or harvest again"


class Case(NamedTuple):
    """What a row is judged by: the supporter, its entry and one of its times on the registry."""

    supporter: Supporter
    entry: Row
    time: Listed


def differences(row: Row, record: Record, case: Case) -> Sequence[Disagreement]:
    """Return the cells of a row that are not as concluded."""
    concluded = list(map(record.get, row.table.index, repeat("")))
    if concluded == row.cells:
        return ()
    witness_of = _WITNESSES[row.table.name]
    cells = zip(row.table.index, row.cells, concluded, strict=True)
    return [
        disagreement(row, column, _message(column, found, expected, witness_of(column, row, case)))
        for column, found, expected in cells
        if found != expected
    ]


def _message(column: str, found: str, expected: str, witness: tuple[str, str]) -> str:
    values = f"{column} is {_shown(found)}, and {_shown(expected)}"
    return f"{values} by {witness[0]}. {witness[1]}."


def _shown(cell: str) -> str:
    return repr(cell) if cell else "empty"


def _of_entry(case: Case) -> tuple[str, str]:
    return case.entry.location, f"{_CORRECT}, or say in corrections.csv what is meant"


def _witness_of_party(_column: str, _row: Row, case: Case) -> tuple[str, str]:
    return _of_entry(case)


def _witness_of_entry(column: str, _row: Row, case: Case) -> tuple[str, str]:
    if column == "first_seen":
        return case.time.listings[0].location, _CORRECT
    return case.supporter.snapshot(case.supporter.latest.last), _CORRECT


def _witness_of_endorsement(column: str, row: Row, case: Case) -> tuple[str, str]:
    if column == "category":
        return _of_entry(case)
    if column in ("since", "since_basis"):
        period = case.supporter.periods[int(row["n"]) - 1]
        first = case.supporter.evidence(period)[0]
        return f"its first evidence, {first.source} ({first.basis} {first.day})", _HARVEST
    if column == "superseded_by":
        return "decisions.csv", _CORRECT
    if case.time.ends:
        return case.time.ends[0].location, _CORRECT
    return "events.csv, where nothing ends the endorsement", _CORRECT


def _witness_of_event(column: str, row: Row, _case: Case) -> tuple[str, str]:
    if row["type"] == SIGNATURE:
        return "the evidence of the endorsement", _HARVEST
    if column == "type":
        return "decisions.csv", _CORRECT
    return f"its type and its evidence {row['evidence']}", _CORRECT


def _witness_of_support(_column: str, _row: Row, _case: Case) -> tuple[str, str]:
    return "the claim that the registry listed the party", _CORRECT


_WITNESSES: Mapping[str, Callable[[str, Row, Case], tuple[str, str]]] = {
    "parties.csv": _witness_of_party,
    "entries.csv": _witness_of_entry,
    "endorsements.csv": _witness_of_endorsement,
    "events.csv": _witness_of_event,
    "supports.csv": _witness_of_support,
}
