"""The reviewed tables while a harvest works on them: read once, changed by key, saved together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from ..errors import TableError
from ..tables.csvw import read_schema
from ..tables.graph import joined
from ..tables.rows import Row, read_records, read_rows
from ..tables.writer import rewrite_tables
from .identifiers import Identifiers
from .periods import Commit
from .reconstruction import Reconstruction, listed_times
from .records import (
    CALL,
    REGISTRY,
    Evidence,
    Record,
    Supporter,
    reported_evidence,
    snapshot,
)
from .vocabulary import Vocabulary, read_vocabulary

Key = tuple[str, ...]


class TableSet:
    """The tables of a folder.

    Raises:
        TableError: if a table cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.schema = read_schema(folder)
        self._tables: dict[str, dict[Key, Record]] = {}
        self._changed: set[str] = set()

    def records(self, name: str) -> dict[Key, Record]:
        """Return the records of a table by key."""
        if name not in self._tables:
            records = read_records(self.schema[name])
            self._tables[name] = {self._key(name, record): record for record in records}
        return self._tables[name]

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table as they are in the file, with their lines."""
        return list(read_rows(self.schema[name]))

    def merge(self, name: str, records: Iterable[Record]) -> None:
        """Add records to a table; each replaces the one with the same key."""
        self.records(name).update((self._key(name, record), record) for record in records)
        self._changed.add(name)

    def replace(self, name: str, records: Iterable[Record]) -> None:
        """Replace all records of a table."""
        self._tables[name] = {}
        self.merge(name, records)

    def of_call(self, name: str) -> list[Record]:
        """Return the records of a table that are about the call of the registry."""
        return [record for record in self.records(name).values() if record["call"] == CALL]

    def replace_of_call(self, name: str, records: Iterable[Record]) -> None:
        """Replace the records about the call of the registry, and keep those about other calls."""
        others = [record for record in self.records(name).values() if record["call"] != CALL]
        self.replace(name, [*others, *records])

    def save(self) -> None:
        """Write the tables that were changed, all of them or none.

        Raises:
            OutputError: if a table cannot be written.
        """
        rewrite_tables(
            self.schema, {name: self._tables[name].values() for name in sorted(self._changed)}
        )

    def date(self, state: Commit, records: int) -> None:
        """Set the state of the registry from which the dataset is drawn, and its number of records."""
        drawn = {"source": snapshot(state), "modified": state.day, "records": str(records)}
        self.merge("datasets.csv", [self.dataset | drawn])

    @property
    def dataset(self) -> Record:
        """The dataset that is drawn from the registry."""
        for record in self.records("datasets.csv").values():
            if record["registry"] == REGISTRY:
                return record
        raise TableError(
            [f"datasets.csv: there is no dataset drawn from the registry {REGISTRY}. Add its row."]
        )

    @cached_property
    def launch(self) -> str:
        """The day on which the call was launched."""
        return self.records("calls.csv")[CALL,]["launched"]

    @cached_property
    def countries(self) -> dict[str, Record]:
        """The countries by code."""
        return {code: record for (code,), record in self.records("countries.csv").items()}

    @cached_property
    def identifiers(self) -> Identifiers:
        """The ledger of identifiers."""
        return Identifiers(
            list(self.records("identifiers.csv").values()),
            list(self.records("parties.csv").values()),
        )

    def reported(self) -> dict[str, dict[int, list[Evidence]]]:
        """Return what the accepted claims of others show: party, number of period, evidence."""
        found: dict[str, dict[int, list[Evidence]]] = {}
        for support in self.of_call("supports.csv"):
            claim = self.records("claims.csv")[support["source"], support["claim"]]
            if evidence := reported_evidence(support, claim):
                of_party = found.setdefault(support["party"], {})
                of_party.setdefault(int(support["n"]), []).append(evidence)
        return found

    def supporters(self) -> dict[str, Supporter]:
        """Rebuild the supporters of our registry, by party.

        Raises:
            TableError: with every cell that keeps a supporter from being rebuilt.
        """
        reconstruction = Reconstruction(self.rows)
        found = {}
        problems = []
        for rows in joined(self.schema.group("parties.csv")):
            for entry in rows:
                if entry.table.name == "entries.csv" and entry["registry"] == REGISTRY:
                    times = listed_times(entry, rows)
                    supporter, obstacles = reconstruction.supporter(entry, times)
                    problems += [f"{row.location}: {problem}" for row, _, problem in obstacles]
                    if supporter:
                        found[supporter.party] = supporter
        if problems:
            raise TableError(problems)
        return found

    def vocabulary(self) -> Vocabulary:
        """Return the codes that the values of a registry are turned into."""
        calls = self.records("calls.csv").values()
        return read_vocabulary(self.countries.values(), calls)

    def _key(self, name: str, record: Record) -> Key:
        return tuple(record[column] for column in self.schema[name].primary_key)
