"""Blocks: a table cut between rows, so that each piece can be checked by itself.

A line end outside of quotes ends a row (RFC 4180). Quotes are only counted here, so a cell that has
one where it may not be is seen when its block is read: the rows of a table whose blocks cannot be
read are read as a whole.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper

from .csvw import Table
from .dialect import ENCODING, read_dialect
from .rows import Row, read_data_rows, read_rows, read_text

SIZE = 1 << 21  # bytes
_MOST = 16  # blocks of a table


@dataclass(frozen=True)
class Block:
    """Rows of a table that follow each other: so many bytes of its file, or all if there is no size.

    ``offset`` is in bytes, ``line`` the number of the first line in the whole file.
    """

    table: Table
    offset: int = 0
    size: int | None = None
    line: int = 1
    delimiter: str = ","

    @property
    def location(self) -> str:
        """Where the block is, as ``file:line``."""
        return f"{self.table.name}:{self.line}"

    @property
    def is_whole(self) -> bool:
        """Whether the block is the whole table."""
        return self.size is None

    def read(self) -> Iterator[Row]:
        """Read the rows, with the lines that they have in the file.

        Raises:
            TableError: if they cannot be read; of a part of a table, its line may be another.
            UnicodeDecodeError: if a part of a table is not UTF-8.
        """
        if self.size is None:
            return read_rows(self.table)
        with self.table.path.open("rb") as file:
            file.seek(self.offset)
            content = file.read(self.size)
        if not self.offset:
            return read_text(self.table, TextIOWrapper(BytesIO(content), ENCODING, newline=""))
        text = TextIOWrapper(BytesIO(content), "utf-8", newline="")
        reader = csv.reader(text, delimiter=self.delimiter, strict=True)
        return read_data_rows(self.table, reader, self.line)


def cut_blocks(table: Table) -> list[Block]:
    """Cut a table into blocks of some megabytes; one that is small, missing or derived is one block."""
    if table.derive or not table.path.is_file() or table.path.stat().st_size <= SIZE:
        return [Block(table)]
    delimiter = _delimiter(table)
    if delimiter is None:
        return [Block(table)]
    pieces = list(_pieces(table))
    if len(pieces) == 1:
        return [Block(table)]
    return [Block(table, *piece, delimiter) for piece in pieces]


def _delimiter(table: Table) -> str | None:
    """Return what separates the cells, or None if the beginning of the file cannot be read."""
    try:
        with table.path.open(encoding=ENCODING, newline="") as text:
            return read_dialect(table, text).delimiter
    except (OSError, UnicodeDecodeError):
        return None


def _pieces(table: Table) -> Iterator[tuple[int, int, int]]:
    """Yield the offset, the size and the first line of each piece that ends where a row does."""
    offset, line = 0, 1
    with table.path.open("rb") as file:
        size = max(SIZE, table.path.stat().st_size // _MOST + 1)
        while content := file.read(size):
            pieces = [content, file.readline()]
            quotes = sum(piece.count(b'"') for piece in pieces)
            while quotes % 2 and (more := file.readline()):
                pieces.append(more)
                quotes += more.count(b'"')
            content = b"".join(pieces)
            yield offset, len(content), line
            offset += len(content)
            line += content.count(b"\n") + content.count(b"\r") - content.count(b"\r\n")
