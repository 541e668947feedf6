"""N-Triples and N-Quads in blocks: pieces of some megabytes, cut between subjects.

Only plain files are read so: a statement on each line, those of a subject together, in a file that can be
read again. Whatever else is valid is for ``reader``, which reads files whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, parse, serialize

from ..io.compression import CompressionError, open_decompressed
from .formats import Format

LINE_FORMATS = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
SIZE = 2 * 1024 * 1024  # bytes that are read for a block
_LARGEST = 16 * 1024 * 1024  # bytes of what is said of a subject
_MOST_TRIPLE_TERMS = 100  # which may be nested; deep nesting exhausts the stack of Oxigraph
_MARK = b"\xef\xbb\xbf"
# The lines of one subject, and lines that say nothing.
_GROUP = re.compile(rb"(<[^>\s]*>|_:[^\s<>\"]+)[ \t][^\n]*+\n(?>(?:\1[ \t][^\n]*+\n)*)")
_SKIPPED = re.compile(rb"(?>(?:[ \t]*+(?:#[^\n]*+|\r)?\n)+)")
# What Oxigraph takes out of an IRI; the places of what follows it are found by the whole text.
_DOTS = re.compile(rb"[/:]\.\.?[/>?#]")

Triple = tuple[str, str, str]


class NeedsWholeError(Exception):
    """A file is not plain or not grouped by subject, or what is asked for is not told by its blocks."""


@dataclass(frozen=True)
class Group:
    """Where the lines of a subject are: the number of the file, and the offset and length in bytes."""

    file: int
    offset: int
    length: int


@dataclass(frozen=True)
class Block:
    """A piece of a file, with the number of its first line, and the groups of lines in it."""

    text: bytes
    line: int
    groups: list[Group]

    @property
    def extent(self) -> tuple[int, int, int]:
        """The number of the file, and the offsets of the first and the last group."""
        first, last = self.groups[0], self.groups[-1]
        return first.file, first.offset, last.offset


class BlockFile:
    """A file that is read in blocks, and from which groups are read again.

    ``number`` tells it from others that are read together.

    Raises:
        NeedsWholeError: if it cannot be opened, or decompressed.
    """

    def __init__(self, path: Path, name: str, known: Format, number: int = 0) -> None:
        self.name, self.format, self.number = name, known, number
        self._path = path
        try:
            self._file: BinaryIO = open_decompressed(path)
            self._state = self._stat()
        except (OSError, CompressionError) as error:
            raise NeedsWholeError(str(error)) from None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def check_unchanged(self) -> None:
        """Check that nobody has written to the file meanwhile.

        Raises:
            NeedsWholeError: if somebody has.
        """
        if self._stat() != self._state:
            raise NeedsWholeError("it has changed")

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the file, in order.

        Raises:
            NeedsWholeError: if it is not plain.
        """
        offset, line, rest = 0, 1, b""
        while True:
            self._file.seek(offset + len(rest))
            read = self._file.read(SIZE)
            text = rest + read
            if offset == 0 and text.startswith(_MARK):
                text, offset = text[len(_MARK) :], len(_MARK)
            is_last = len(read) < SIZE
            if is_last and text and not text.endswith(b"\n"):
                text += b"\n"
            _check_plain(text)
            groups, end = self._groups(text, offset, is_last=is_last)
            if groups:
                start = groups[0].offset - offset
                yield Block(text[start:end], line + text.count(b"\n", 0, start), groups)
            if is_last:
                return
            rest = text[end:]
            if len(rest) > _LARGEST:
                raise NeedsWholeError("a subject is too large")
            offset, line = offset + end, line + text.count(b"\n", 0, end)

    def read(self, group: Group) -> bytes:
        """Return the lines of a group."""
        self._file.seek(group.offset)
        text = self._file.read(group.length)
        return text if text.endswith(b"\n") else text + b"\n"

    def lines_between(self, start: int, end: int) -> int:
        """Return the number of lines between two offsets."""
        self._file.seek(start)
        return self._file.read(end - start).count(b"\n")

    def parse(self, text: bytes) -> list[Quad]:
        """Return the triples of plain lines; blank nodes have the labels of the file.

        Raises:
            NeedsWholeError: if they are not valid, or not a triple on each line.
        """
        try:
            return [Quad(*quad.triple) for quad in parse(text, self.format.rdf)]
        except SyntaxError as error:
            raise NeedsWholeError(str(error)) from None

    def triples(self, text: bytes) -> list[Triple]:
        """Return the triples of plain lines as texts, in the spelling of canonical N-Triples.

        Raises:
            NeedsWholeError: as ``parse``.
        """
        try:
            quads = parse(text, self.format.rdf)
            is_named = self.format.rdf == RdfFormat.N_QUADS
            found = (quad.triple for quad in quads) if is_named else quads
            written = serialize(found, format=RdfFormat.N_TRIPLES) or b""
        except SyntaxError as error:
            raise NeedsWholeError(str(error)) from None
        # Each line ends with a space, a full stop and a line feed.
        lines = written.decode().split(" .\n")
        lines.pop()
        return [tuple(line.split(" ", 2)) for line in lines]  # type: ignore[misc]

    def _groups(self, text: bytes, offset: int, *, is_last: bool) -> tuple[list[Group], int]:
        """Return the groups of a text, and where the last one that is surely whole ends."""
        groups: list[Group] = []
        at, most = 0, len(text) if is_last else text.rfind(b"\n") + 1
        while at < most:
            if found := _GROUP.match(text, at, most):
                groups.append(Group(self.number, offset + at, found.end() - at))
            elif not (found := _SKIPPED.match(text, at, most)):
                raise NeedsWholeError("a line is not plain")
            at = found.end()
        if is_last:
            return groups, at
        if groups:
            last = groups.pop()
            return groups, last.offset - offset
        return [], 0

    def _stat(self) -> tuple[int, int]:
        found = self._path.stat()
        return found.st_size, found.st_mtime_ns


def _check_plain(text: bytes) -> None:
    if b"\r" in text and text.count(b"\r") != text.count(b"\r\n"):
        raise NeedsWholeError("a line ends with a carriage return")
    if text.count(b"<<(") > _MOST_TRIPLE_TERMS:
        raise NeedsWholeError("triple terms may be nested deeply")
    if (b"/." in text or b":." in text) and _DOTS.search(text):
        raise NeedsWholeError("an IRI has a step of dots")
