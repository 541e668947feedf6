"""The corrections: what a registry says, what is meant, and whether the row still applies."""

from __future__ import annotations

from collections.abc import Iterator

from ..tables.rows import Row

EVERY_FILE = "*"


class Corrections:
    """The rows of the table of corrections, and which of them were used."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = {(row["field"], row["registry_value"], row["file"]): row for row in rows}
        self._unused = dict(self._rows)
        self._values = {(field, value) for field, value, _ in self._rows}

    def correct(self, field: str, value: str, file: str) -> tuple[str | None, str]:
        """Return the column of ours that a value belongs in, or None, and the corrected value."""
        if (field, value) not in self._values:
            return None, value
        for scope in (file, EVERY_FILE):
            key = field, value, scope
            if key in self._rows:
                self._unused.pop(key, None)
                return self._rows[key]["column"], self._rows[key]["value"]
        return None, value

    def unused(self) -> Iterator[str]:
        """Report the corrections that matched nothing."""
        for (field, value, file), row in self._unused.items():
            where = "any file" if file == EVERY_FILE else file
            yield f"{row.location}: no {field} is {value!r} in {where} any more. Remove the row."
