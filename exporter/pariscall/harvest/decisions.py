"""The decisions made by hand where the history of a registry cannot be read by rule."""

from __future__ import annotations

from collections.abc import Iterator

from ..tables.rows import Row
from .periods import Commit

ANY = "*"
SUCCESSION = "succession"


class Decisions:
    """The rows of the table of decisions, and which of them were used.

    ====================  ==================================================================
    same-party            the file is about the party that identifiers.csv names
    duplicate             the same, and another file about that party was listed beside it
    succession            the party of ``value`` took the place of the one of the file
    misfiled              the file was wrong at the commit and was fixed by its next version
    not-a-party           the file is about nobody
    not-a-registry-state  the folder was not the registry at the commit
    bulk-date             the day of signature ``value`` was written on every entry at once
    ====================  ==================================================================
    """

    def __init__(self, rows: list[Row]) -> None:
        self._rows = {(row["decision"], row["commit"], row["file"]): row for row in rows}
        self._unused = dict(self._rows)

    def applies(self, decision: str, commit: Commit | None = None, file: str = ANY) -> bool:
        """Report whether there is such a decision."""
        return self.value(decision, commit, file) is not None

    def value(self, decision: str, commit: Commit | None = None, file: str = ANY) -> str | None:
        """Return the value of a decision, if there is such a decision."""
        key = decision, commit.sha[:7] if commit else ANY, file
        if key not in self._rows:
            return None
        self._unused.pop(key, None)
        return self._rows[key]["value"]

    def unused(self) -> Iterator[str]:
        """Report the decisions that were not used."""
        for (decision, commit, file), row in self._unused.items():
            where = " ".join(part for part in (commit, file) if part != ANY)
            yield f"{row.location}: there was no {decision} to decide for {where}. Remove the row."
