"""A location: file, line and column, with the line to show."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ...errors import printable

# A line of a table can be long: this much of it is shown, the marked part in the middle.
_SHOWN = 100
_LINE_END = re.compile(r"\r\n?|\n")
_LOCATED = re.compile(r"(.+?):([0-9]+):(?:([0-9]+):)? (.+)", re.DOTALL)


@dataclass(frozen=True)
class Location:
    """Where something is written in a file.

    ``line`` and ``column`` count from 1, ``end`` is the column after the last character; all
    count characters. Of a file as a whole, that is its beginning, and there is no excerpt. In a table, ``row`` is the key of the row and ``cell`` the name of the
    column. ``excerpt`` is the line, or the part of it from its character ``skipped`` on.
    """

    file: str
    line: int = 1
    column: int = 1
    end: int | None = None
    row: str | None = None
    cell: str | None = None
    excerpt: str = ""
    skipped: int = 0

    def __str__(self) -> str:
        return f"{printable(self.name)}:{self.line}:{self.column}"

    @property
    def name(self) -> str:
        r"""The name of the file in valid Unicode; bytes that are not UTF-8 are written ``\xNN``."""
        return visible_name(self.file)

    @property
    def marked(self) -> tuple[int, int]:
        """Where in the excerpt the marked part begins, and how many characters it has."""
        start = self.column - 1 - self.skipped
        end = min((self.end or start + 1) - 1 - self.skipped, len(self.excerpt))
        return start, max(end - start, 1)


def visible_name(name: str) -> str:
    r"""Return the name of a file in valid Unicode; bytes that are not UTF-8 are written ``\xNN``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def read_location(message: str, files: Sequence[str]) -> tuple[Location, str]:
    """Split a message of the form ``file:line: text`` or ``file: text``.

    A message that names none of the files is about the first of them as a whole.
    """
    if found := _LOCATED.fullmatch(message):
        file, line, column, text = found.groups()
        return Location(file, int(line), int(column or 1)), text
    for file in files:
        if message.startswith(f"{file}: "):
            return Location(file), message.removeprefix(f"{file}: ")
    return Location(files[0]), message


class SourceText:
    """The lines of a text, which end as in editors and CSV: with LF, CR or both.

    ``first`` is the number of its first line in the file, if it is a part of one.
    """

    def __init__(self, file: str, text: str, first: int = 1) -> None:
        self.file = file
        self._first = first
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        """The offsets at which the lines start; of most texts, no location is ever asked."""
        return [0, *(found.end() for found in _LINE_END.finditer(self._text))]

    def start(self, line: int) -> int:
        """Return the offset at which a line starts."""
        return self._starts[line - self._first]

    def location(
        self, start: int, end: int, row: str | None = None, cell: str | None = None
    ) -> Location:
        """Return the location of the characters between two offsets."""
        line = bisect_right(self._starts, start)
        line_start = self._starts[line - 1]
        line_end = self._starts[line] if line < len(self._starts) else None
        text = self._text[line_start:line_end].rstrip("\r\n")
        column = start - line_start
        skipped = max(0, min(column - _SHOWN // 3, len(text) - _SHOWN))
        return Location(
            file=self.file,
            line=line + self._first - 1,
            column=column + 1,
            end=min(max(end, start + 1) - line_start, max(len(text), column + 1)) + 1,
            row=row,
            cell=cell,
            excerpt=text[skipped : skipped + _SHOWN],
            skipped=skipped,
        )
