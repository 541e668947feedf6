"""Dumps that can be written in parts: each by itself, wherever, and then put together in order."""

from __future__ import annotations

from collections.abc import Sequence
from shutil import copyfileobj
from typing import BinaryIO, ClassVar

_BLOCK = 1 << 20


class Parted:
    """A writer of which each part of the documents can have one of its own.

    A part is what ``write`` put into the file of such a writer, and what it ``kept`` for the end.
    ``reads`` are the head tables whose documents it must have seen, if they come before the part;
    it writes nothing for them.
    """

    reads: ClassVar[Sequence[str]] = ()
    _file: BinaryIO

    def kept(self) -> str:
        """Return what is kept for the end of the file; by default nothing."""
        return ""

    def append(self, part: BinaryIO, kept: str) -> None:  # noqa: ARG002 most keep nothing
        """Write a part, as if its documents had been written here."""
        copyfileobj(part, self._file, _BLOCK)
