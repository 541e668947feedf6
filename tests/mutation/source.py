"""The sound data that mutants are made from: rows, code lists, keys and the kinds of columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from pariscall import bundle
from pariscall.rdf.namespaces import BASE
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.csvw import Column, Schema, Table, read_schema
from pariscall.tables.rows import read_rows

_CODE = re.compile(r"/code/([a-z-]+)#")
_NOTATION = "http://www.w3.org/2004/02/skos/core#notation"
_NAMES = ("name", "label", "title")


@dataclass(frozen=True)
class Cell:
    """A cell of the sound tables."""

    table: Table
    column: Column
    at: int
    row: tuple[str, ...]
    value: str

    @property
    def seed(self) -> str:
        """What a random choice about this cell starts from."""
        return f"{self.table.name} {self.column.name} {self.at}"


class Source:
    """The tables of a folder, read once."""

    def __init__(self, folder: Path = bundle.TABLES) -> None:
        self.folder = folder
        self.schema: Schema = read_schema(folder)
        self.rows = {
            table.name: [(row.line, tuple(row.cells)) for row in read_rows(table)]
            for table in self.schema.tables
        }

    def location(self, table: Table, at: int) -> str:
        """Say where a row stands, as ``file:line``."""
        return f"data/{table.name}:{self.rows[table.name][at][0]}"

    def cells(self, table: Table, column: Column) -> list[Cell]:
        """Give the filled cells of a column."""
        position = table.index[column.name]
        return [
            Cell(table, column, at, row, row[position])
            for at, (_, row) in enumerate(self.rows[table.name])
            if row[position]
        ]

    @cached_property
    def lists(self) -> dict[str, list[str]]:
        """The codes of each code list."""
        found: dict[str, list[str]] = {}
        for quad in vocabulary():
            if quad.predicate.value == _NOTATION and isinstance(quad.object, Literal):
                assert isinstance(quad.subject, NamedNode)
                name = quad.subject.value.removeprefix(f"{BASE}code/").partition("#")[0]
                found.setdefault(name, []).append(quad.object.value)
        return found

    def codes(self, table: Table, column: Column) -> list[str]:
        """Give the codes that a column may hold, if it holds codes."""
        if match := _CODE.search(column.value_url or ""):
            return self.lists[match[1]]
        if column.pattern and re.fullmatch(r"[a-z_-]+(\|[a-z_-]+)+", column.pattern):
            return column.pattern.split("|")
        target = self.target(table, column)
        return [row[0] for _, row in self.rows[target]] if target == "countries.csv" else []

    def target(self, table: Table, column: Column) -> str:
        """Name the table whose rows the cells of a column refer to, or nothing."""
        for key in table.foreign_keys:
            if key.columns[-1] == column.name:
                return key.table
        return ""

    def keys(self, table: Table, column: Column) -> list[str]:
        """Give the values that a column which refers to another table may hold."""
        for key in table.foreign_keys:
            if key.columns[-1] == column.name:
                target = self.schema[key.table]
                at = target.index[key.referenced[-1]]
                return [row[at] for _, row in self.rows[key.table]]
        return []

    def kind(self, table: Table, column: Column) -> str:
        """Tell codes, keys, dates, addresses, numbers, identifiers, names and other text apart."""
        if self.codes(table, column):
            return "code"
        if self.target(table, column):
            return "key"
        kinds = {"date": "date", "anyURI": "address", "string": ""}
        if kind := kinds.get(column.datatype, "number"):
            return kind
        if column.pattern and r"\S" not in column.pattern:  # which is the form of any text
            return "identifier"
        return "name" if any(name in column.name for name in _NAMES) else "text"
