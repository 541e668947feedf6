"""A flat CSV of the signatories: one endorsement a row, for spreadsheets and data frames."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from ..graph import Document
from ..iris import BASE

COLUMNS = (
    "signatory",
    "name",
    "name_fr",
    "category",
    "nature",
    "country",
    "country_name",
    "status",
    "since",
    "since_basis",
    "until",
    "signed_earliest",
    "signed_latest",
    "website",
)


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
                self._line(
                    (
                        f"{BASE}actor/{party['party']}",
                        party["name"] or party["name_en"],
                        party["name_fr"],
                        endorsement["category"],
                        party["nature"],
                        party["country"],
                        self._countries.get(party["country"], ""),
                        endorsement["status"],
                        endorsement["since"],
                        endorsement["since_basis"],
                        endorsement["until"],
                        day or (signature["earliest"] if signature else ""),
                        day or (signature["latest"] if signature else ""),
                        party["website"],
                    )
                )

    def close(self) -> None:
        """End the file; CSV has no footer."""

    def _line(self, cells: tuple[str, ...]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(cells)
        self._file.write(text.getvalue().encode())
