"""The ledger: an account of every record, from the registry to the dumps.

Each balance sets a number against the parts that explain it. Where the parts are few, they name
the parties, so that every difference between two numbers can be looked up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import LedgerError, MisuseError, relative
from ..project import current
from ..tables.csvw import Column
from ..tables.dataset import DATASETS
from ..tables.document import Document
from ..tables.graph import TableGraph
from ..tables.rows import Row, read_rows
from .account import Account, Balance, Part, add_tallies, part_named, tallies_of
from .dumps import DUMPS, Dump

COLUMNS = (
    Column("quantity", required=True),
    Column("number", required=True, datatype="integer", minimum=0),
    Column("part", required=True),
    Column("part_number", required=True, datatype="integer", minimum=0),
    Column("parties"),
)
_BLOCK = 1 << 20


class Tally:
    """Counts documents one by one."""

    def __init__(self, as_of: date | None = None) -> None:
        self._records = 0
        self._parties = 0
        self._sources: set[str] = set()
        self._of_state = Part("entries of that state")
        self._active = Part("active signatories")
        self._former = Part("former signatories")
        self._never = Part(
            "parties that endorse nothing yet" if as_of else "parties that endorse nothing"
        )
        self._accounts: dict[str, Account] = {}
        self._events: dict[str, Part] = {}

    def add(self, document: Document) -> None:
        """Count what a document holds."""
        head = document.rows[0]
        if head.table.name == DATASETS:
            self._records += int(head["records"])
            self.know(document)
        elif head.table.name == "parties.csv":
            self._add_party(head["party"], document)

    def know(self, document: Document) -> None:
        """Note the source of a dataset, which is counted elsewhere."""
        self._sources.add(document.rows[0]["source"])

    def to_record(self) -> dict[str, Any]:
        """Return what was counted, as JSON has it."""
        return {
            "records": self._records,
            "parties": self._parties,
            "parts": [part.tally() for part in self._parts],
            "accounts": {call: account.tally() for call, account in self._accounts.items()},
            "events": tallies_of(self._events),
        }

    def add_record(self, record: Mapping[str, Any]) -> None:
        """Count in what was counted apart, of documents that come later."""
        self._records += record["records"]
        self._parties += record["parties"]
        for part, tally in zip(self._parts, record["parts"], strict=True):
            part.add_tally(tally)
        for call, tally in record["accounts"].items():
            self._account(call).add_tally(tally)
        add_tallies(self._events, record["events"])

    @property
    def _parts(self) -> tuple[Part, ...]:
        return self._of_state, self._active, self._former, self._never

    def _add_party(self, party: str, document: Document) -> None:
        self._parties += 1
        endorsements: dict[str, list[Row]] = {}
        for row in document.rows:
            kind = row.table.name
            if kind == "endorsements.csv":
                endorsements.setdefault(row["call"], []).append(row)
            elif kind == "entries.csv":
                self._account(row["call"]).entries += 1
                if row["source"] in self._sources:
                    self._of_state.count(party)
            elif kind == "events.csv":
                part_named(self._events, row["type"]).count(party)
        for call, rows in endorsements.items():
            self._account(call).add(party, rows)
        if not endorsements:
            self._never.count(party)
        elif any(row["status"] == "active" for rows in endorsements.values() for row in rows):
            self._active.count(party)
        else:
            self._former.count(party)

    def _account(self, call: str) -> Account:
        return self._accounts.setdefault(call, Account(call))

    @property
    def signatories(self) -> int:
        """How many parties have an endorsement."""
        return self._active.number + self._former.number

    @property
    def endorsements(self) -> int:
        """How many endorsements there are."""
        return sum(account.endorsements for account in self._accounts.values())


class Ledger(Tally):
    """Balances the counts of the documents of a graph."""

    def __init__(self, graph: TableGraph) -> None:
        super().__init__(graph.as_of)
        self._graph = graph

    def balances(self, dumps: Mapping[str, int] | None = None) -> list[Balance]:
        """Return the balances, with those of dumps: endorsements by file name."""
        accounts = [self._accounts[call] for call in sorted(self._accounts)]
        parties = (self._active, self._former, self._never)
        parts = tuple(Part(f"endorsements of {a.call}", a.endorsements) for a in accounts)
        return [
            *(self._of_the_last_state() if self._graph.as_of is None else ()),
            Balance("parties", self._parties, parties),
            *(balance for account in accounts for balance in account.balances()),
            *(Balance(f"endorsements in {name}", n, parts) for name, n in (dumps or {}).items()),
        ]

    def _of_the_last_state(self) -> Iterator[Balance]:
        return self._of_the_registry() if self._has_registry else self._of_the_list()

    @property
    def _has_registry(self) -> bool:
        return self._graph.rows["registries.csv"] > 0

    def _of_the_list(self) -> Iterator[Balance]:
        active = self._account(current().call).active
        yield Balance("records in the last state of the list", self._records, (active,))

    def _of_the_registry(self) -> Iterator[Balance]:
        yield Balance("records in the last state of the registry", self._records, (self._of_state,))
        decided: dict[str, int] = {}
        for row in read_rows(self._graph.schema["decisions.csv"]):
            decided[row["decision"]] = decided.get(row["decision"], 0) + 1
        for decision, kind in (("duplicate", "merge"), ("succession", "succession")):
            events = self._events.get(kind, Part(kind))
            yield Balance(f"decisions: {decision}", decided.get(decision, 0), (events,))


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
