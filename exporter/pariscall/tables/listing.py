"""A list of signatories with its call and its sources: what the rows of the tables follow from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import TableError, relative
from ..project import current
from ..project_file import NAME
from .csvw import Schema, Table
from .rows import Row, read_file
from .signatories import ListReader, Signatory, country_codes, read_list
from .windows import Window

_DAY = re.compile(r"-\d{4}-\d\d-\d\d$")
_FOR_GOOD = "9999-12-31"


def stem(source: str) -> str:
    """Return the name that the states of one list have in common: what is before the date."""
    return _DAY.sub("", source)


@dataclass(frozen=True)
class Listing:
    """The signatories in the order of their identifiers, the call, and the sources by name.

    ``table`` is the list as it is written, and ``states`` are the sources that are states of the list, the oldest first.
    """

    table: Table
    call: Row
    sources: Mapping[str, Row]
    states: tuple[Row, ...]
    signatories: tuple[Signatory, ...]

    def issued(self, source: str) -> str:
        """Return the date of a source; of one that has none, that of the last state of the list."""
        row = self.sources.get(source)
        return (row["issued"] if row else "") or self.states[-1]["issued"]

    def signature(self, signatory: Signatory) -> Window:
        """Return when a signature was given: since the launch, and before its source."""
        issued = self.issued(signatory.sources[0])
        return (signatory.signed or Window("", _FOR_GOOD)).within(self.call["launched"], issued)

    def since(self, signatory: Signatory) -> str:
        """Return the first date that shows the support: that of the signature, or of its source."""
        signed = signatory.signed
        return signed.latest if signed and signed.is_day else self.issued(signatory.sources[0])

    def listed(self, signatory: Signatory) -> Window:
        """Return when a party came onto the list: after the state before that which shows it."""
        issued = self.issued(signatory.sources[0])
        before = [row["issued"] for row in self.states if row["issued"] < issued]
        return Window(before[-1] if before else min(self.call["launched"], issued), issued)


def read_listing(schema: Schema, path: Path) -> Listing:
    """Read a list of signatories, and the call and the sources that belong to it.

    Raises:
        TableError: with every problem found.
    """
    call = _call(schema)
    sources = {row["source"]: row for row in read_file(schema["sources.csv"])}
    states = sorted(
        (row for row in sources.values() if stem(row["source"]) == stem(call["source"])),
        key=lambda row: row["issued"],
    )
    table, rows = read_list(path)
    reader = ListReader(country_codes(read_file(schema["countries.csv"])), call["source"])
    found = reader.read(rows)
    if problems := [*_problems(call, states), *reader.problems]:
        raise TableError(problems)
    ordered = sorted(found, key=lambda each: (each.party, each.n))
    return Listing(table, call, sources, tuple(states), tuple(ordered))


def _call(schema: Schema) -> Row:
    name = current().call
    for row in read_file(schema["calls.csv"]):
        if row["call"] == name:
            return row
    path = relative(schema["calls.csv"].path)
    raise TableError([f"{path}: there is no call {name!r}, which {NAME} names. Add its row."])


def _problems(call: Row, states: list[Row]) -> Iterator[str]:
    if not call["launched"]:
        yield f"{call.location}: launched is empty. A day that is not known is after it: fill it in."
    if not states:
        problem = f"the source {call['source']!r}, which is the list, is not in sources.csv"
        yield f"{call.location}: {problem}. Add it there with the date of the list."
    for row in states:
        if not row["issued"]:
            yield f"{row.location}: issued is empty. Fill in the date of the list."
