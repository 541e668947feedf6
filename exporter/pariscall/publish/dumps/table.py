"""A flat CSV of the signatories: one endorsement a row, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from ...rdf.namespaces import BASE
from ...tables.csvw import Column, Schema
from ...tables.document import Document

# What each column holds: the table and the column that its cells are from.
COLUMNS = {
    "signatory": ("parties.csv", "party"),
    "name": ("parties.csv", "name"),
    "name_fr": ("parties.csv", "name_fr"),
    "category": ("endorsements.csv", "category"),
    "nature": ("parties.csv", "nature"),
    "country": ("parties.csv", "country"),
    "country_name": ("countries.csv", "name_en"),
    "status": ("endorsements.csv", "status"),
    "since": ("endorsements.csv", "since"),
    "since_basis": ("endorsements.csv", "since_basis"),
    "until": ("endorsements.csv", "until"),
    "signed_earliest": ("events.csv", "earliest"),
    "signed_latest": ("events.csv", "latest"),
    "website": ("parties.csv", "website"),
}
_IN_EVERY_ROW = {"parties.csv", "endorsements.csv"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def columns(schema: Schema) -> Iterator[Column]:
    """Describe the columns as the description of the tables does those that they are from."""
    for name, (table, source) in COLUMNS.items():
        column = next(column for column in schema[table].cells if column.name == source)
        required = column.required and table in _IN_EVERY_ROW
        if name == "signatory":  # the IRI that is made of the cell
            column = replace(column, datatype="anyURI", pattern=None)
        yield replace(column, name=name, required=required)


class SignatoriesWriter:
    """Writes RFC 4180 CSV with line feeds, in the order of the identifiers."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._countries: dict[str, str] = {}
        self._line(COLUMNS)

    def write(self, document: Document) -> None:
        """Write a row for each endorsement of a party; countries come before the parties."""
        party = document.rows[0]
        if party.table.name == "countries.csv":
            self._countries[party["country"]] = party["name_en"]
        signatures = {
            (row["call"], row["n"]): row
            for row in document.rows
            if row.table.name == "events.csv" and row["type"] == "signature"
        }
        for endorsement in document.rows:
            if endorsement.table.name == "endorsements.csv":
                signature = signatures.get((endorsement["call"], endorsement["n"]))
                day = signature["date"] if signature else ""
                rows = {"parties.csv": party, "endorsements.csv": endorsement}
                made = {
                    "signatory": f"{BASE}actor/{party['party']}",
                    "name": party["name"] or party["name_en"],
                    "country_name": self._countries.get(party["country"], ""),
                    "signed_earliest": day or (signature["earliest"] if signature else ""),
                    "signed_latest": day or (signature["latest"] if signature else ""),
                }
                self._line(
                    made[name] if name in made else rows[table][column]
                    for name, (table, column) in COLUMNS.items()
                )

    def close(self) -> None:
        """End the file; CSV has no footer."""

    def _line(self, cells: Iterable[str]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(map(self._cell, cells))
        self._file.write(text.getvalue().encode())

    def _cell(self, text: str) -> str:
        return text


class SpreadsheetWriter(SignatoriesWriter):
    """Writes the same for spreadsheets: no cell begins as a formula, but with an apostrophe.

    What begins a formula is as in https://owasp.org/www-community/attacks/CSV_Injection.
    """

    def _cell(self, text: str) -> str:
        return f"'{text}" if text.startswith(_FORMULA) else text
