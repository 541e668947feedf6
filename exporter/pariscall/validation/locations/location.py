"""A place: where in a file something stands, with the line to show."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

# A line of a table can be long: this much of it is shown, the marked part in the middle.
_SHOWN = 100
_PLACED = re.compile(r"(.+?):([0-9]+):(?:([0-9]+):)? (.+)")


@dataclass(frozen=True)
class Location:
    """Where something stands in a file.

    ``line`` and ``column`` count from 1, ``end`` is the column after the last character; all
    count characters. In a table, ``row`` is the key of the row and ``cell`` the name of the
    column. ``excerpt`` is the line, or the part of it from its character ``skipped`` on.
    """

    file: str
    line: int | None = None
    column: int | None = None
    end: int | None = None
    row: str | None = None
    cell: str | None = None
    excerpt: str = ""
    skipped: int = 0

    def __str__(self) -> str:
        return ":".join(
            str(part) for part in (self.file, self.line, self.column) if part is not None
        )

    @property
    def marked(self) -> tuple[int, int]:
        """Where in the excerpt the marked part begins, and how many characters it has."""
        start = (self.column or 1) - 1 - self.skipped
        end = min((self.end or start + 1) - 1 - self.skipped, len(self.excerpt))
        return start, max(end - start, 1)


def read_location(message: str) -> tuple[Location | None, str]:
    """Take an error message of the form ``file:line: text`` apart."""
    found = _PLACED.fullmatch(message)
    if found is None:
        return None, message
    file, line, column, text = found.groups()
    return Location(file, int(line), int(column or 1)), text


class SourceText:
    """The lines of a text, to tell the place of its characters."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._text = text
        self._starts = [0]
        while (found := text.find("\n", self._starts[-1])) >= 0:
            self._starts.append(found + 1)

    def start(self, line: int) -> int:
        """Give the offset at which a line starts."""
        return self._starts[line - 1]

    def location(
        self, start: int, end: int, row: str | None = None, cell: str | None = None
    ) -> Location:
        """Give the place of the characters from an offset to another."""
        line = bisect_right(self._starts, start)
        line_start = self._starts[line - 1]
        line_end = self._text.find("\n", line_start)
        text = self._text[line_start : line_end if line_end >= 0 else None].rstrip("\r")
        column = start - line_start
        skipped = max(0, min(column - _SHOWN // 3, len(text) - _SHOWN))
        return Location(
            file=self.file,
            line=line,
            column=column + 1,
            end=min(max(end, start + 1) - line_start, max(len(text), column + 1)) + 1,
            row=row,
            cell=cell,
            excerpt=text[skipped : skipped + _SHOWN],
            skipped=skipped,
        )
