"""The ledger: an account of every record, from the registry to the dumps.

Each balance sets a number against the parts that explain it. Where the parts are few, they name
the parties, so that every difference between two numbers can be looked up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import LedgerError, MisuseError, relative
from ..tables.csvw import Column
from ..tables.document import Document
from ..tables.graph import TableGraph
from ..tables.rows import read_rows
from .dumps import DUMPS, Dump

COLUMNS = (
    Column("quantity", required=True),
    Column("number", required=True, datatype="integer", minimum=0),
    Column("part", required=True),
    Column("part_number", required=True, datatype="integer", minimum=0),
    Column("parties"),
)
_NAMED = 20
_BLOCK = 1 << 20


@dataclass
class Part:
    """A part of a quantity: how many, and which parties if they are few."""

    name: str
    number: int = 0
    parties: list[str] = field(default_factory=list)

    def count(self, party: str) -> None:
        """Count a party in."""
        self.number += 1
        if self.number <= _NAMED:
            self.parties.append(party)
        else:
            self.parties.clear()


@dataclass(frozen=True)
class Balance:
    """A quantity and the parts that must add up to it."""

    quantity: str
    number: int
    parts: tuple[Part, ...]

    @property
    def difference(self) -> int:
        """What the parts leave unexplained."""
        return self.number - sum(part.number for part in self.parts)


class Ledger:
    """Counts the documents of a graph one by one, and balances the counts."""

    def __init__(self, graph: TableGraph) -> None:
        self._graph = graph
        self._records = 0
        self._sources: set[str] = set()
        self._rows = dict.fromkeys(("parties.csv", "entries.csv", "endorsements.csv"), 0)
        self._of_state = Part("entries of that state")
        self._listed = Part("signatories listed")
        self._gone = Part("signatories no longer listed")
        self._never = Part(
            "parties not listed yet"
            if graph.as_of
            else "parties that others speak of, never listed"
        )
        self._signatories = Part("signatories")
        self._later = Part("further endorsements of parties that came back")
        self._statuses: dict[str, Part] = {}
        self._categories: dict[str, Part] = {}
        self._events: dict[str, Part] = {}

    def add(self, document: Document) -> None:
        """Count what a document holds."""
        head = document.rows[0]
        if head.table.name == "datasets.csv":
            self._records += int(head["records"])
            self._sources.add(head["source"])
        elif head.table.name == "parties.csv":
            self._add_party(head["party"], document)

    def _add_party(self, party: str, document: Document) -> None:
        statuses = []
        for row in document.rows:
            kind = row.table.name
            if kind in self._rows:
                self._rows[kind] += 1
            if kind == "endorsements.csv":
                statuses.append(row["status"])
                if row["n"] != "1":
                    self._later.count(party)
                _part(self._statuses, row["status"]).count(party)
                if row["status"] == "active":
                    _part(self._categories, row["category"]).count(party)
            elif kind == "entries.csv" and row["source"] in self._sources:
                self._of_state.count(party)
            elif kind == "events.csv":
                _part(self._events, row["type"]).count(party)
        if statuses:
            self._signatories.count(party)
        if not statuses:
            self._never.count(party)
        elif "active" in statuses:
            self._listed.count(party)
        else:
            self._gone.count(party)

    @property
    def signatories(self) -> int:
        """How many parties have an endorsement."""
        return self._signatories.number

    @property
    def endorsements(self) -> int:
        """How many endorsements there are."""
        return self._rows["endorsements.csv"]

    def balances(self, dumps: Mapping[str, int] | None = None) -> list[Balance]:
        """Return the balances, with those of dumps: endorsements by file name."""
        rows = self._rows
        listings = (self._listed, self._gone)
        active = self._statuses.get("active", Part("active"))
        balances = [
            *(self._of_the_registry(listings) if self._has_registry else self._of_the_list()),
            Balance("parties", rows["parties.csv"], (*listings, self._never)),
            Balance("endorsements", rows["endorsements.csv"], (self._signatories, self._later)),
            Balance("endorsements", rows["endorsements.csv"], _sorted(self._statuses)),
            Balance("active endorsements", active.number, _sorted(self._categories)),
            Balance("active endorsements", active.number, (self._listed,)),
        ]
        endorsements = Part("endorsements", rows["endorsements.csv"])
        for name, number in (dumps or {}).items():
            balances.append(Balance(f"endorsements in {name}", number, (endorsements,)))
        return balances

    @property
    def _has_registry(self) -> bool:
        return self._graph.rows["registries.csv"] > 0

    def _of_the_list(self) -> Iterator[Balance]:
        if self._graph.as_of is None:
            yield Balance("records in the last state of the list", self._records, (self._listed,))

    def _of_the_registry(self, listings: tuple[Part, ...]) -> Iterator[Balance]:
        if self._graph.as_of is None:
            yield from self._of_the_last_state()
        yield Balance("entries of the registry", self._rows["entries.csv"], listings)

    def _of_the_last_state(self) -> Iterator[Balance]:
        yield Balance("records in the last state of the registry", self._records, (self._of_state,))
        decided: dict[str, int] = {}
        for row in read_rows(self._graph.schema["decisions.csv"]):
            decided[row["decision"]] = decided.get(row["decision"], 0) + 1
        for decision, kind in (("duplicate", "merge"), ("succession", "succession")):
            part = self._events.get(kind, Part(kind))
            yield Balance(f"decisions: {decision}", decided.get(decision, 0), (part,))


def draw_up(graph: TableGraph) -> Ledger:
    """Return the ledger of all documents of a graph."""
    ledger = Ledger(graph)
    for document in graph.documents():
        ledger.add(document)
    return ledger


def balance_tables(folder: Path, dumps: Path | None = None) -> list[Balance]:
    """Return the ledger of a folder of tables, and of the dumps in another folder if one is given.

    Raises:
        TableError: if the tables cannot be read.
        MisuseError: if there is no dump in the folder of dumps.
    """
    files = {dump: dumps / dump.file for dump in DUMPS} if dumps else {}
    there = {dump: path for dump, path in files.items() if path.is_file()}
    if dumps and not there:
        raise MisuseError(
            f"{relative(dumps)}: there is no dump. Write them with 'pariscall export'."
        )
    return draw_up(TableGraph(folder)).balances(count_endorsements(there))


def check_balances(balances: Iterable[Balance]) -> None:
    """Check that a ledger explains every difference.

    Raises:
        LedgerError: with every quantity that its parts do not add up to.
    """
    problems = [
        f"{balance.quantity}: {balance.number:,} are there, but "
        + " + ".join(f"{part.number:,} {part.name}" for part in balance.parts)
        + f" are accounted for, which leaves {balance.difference:,}."
        for balance in balances
        if balance.difference
    ]
    if problems:
        raise LedgerError(*problems, "Find the rows that explain the difference.")


def count_endorsements(files: Mapping[Dump, Path]) -> dict[str, int]:
    """Count the endorsements in dumps, by file name.

    Raises:
        OSError: if a file cannot be read.
    """
    return {
        dump.file: _occurrences(path, dump.endorsement)
        for dump, path in files.items()
        if dump.endorsement
    }


def _occurrences(path: Path, mark: bytes) -> int:
    """Count how often some bytes are in a file of any size."""
    found, rest = 0, b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            block = rest + block
            found += block.count(mark)
            # The end of a block may be the beginning of a mark: it goes before the next block.
            counted = block.rfind(mark) + len(mark) if mark in block else 0
            rest = block[max(counted, len(block) - len(mark) + 1, 0) :]
    return found


def to_csv(balances: Iterable[Balance]) -> str:
    """Write balances as RFC 4180 CSV, one part per line, in the columns of ``COLUMNS``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in COLUMNS)
    for balance in balances:
        for part in balance.parts:
            parties = " ".join(part.parties)
            writer.writerow((balance.quantity, balance.number, part.name, part.number, parties))
    return text.getvalue()


def _part(parts: dict[str, Part], name: str) -> Part:
    return parts.setdefault(name, Part(name))


def _sorted(parts: Mapping[str, Part]) -> tuple[Part, ...]:
    return tuple(parts[name] for name in sorted(parts))
