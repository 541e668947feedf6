"""What commands print: in UTF-8, whole or not at all, and safe for a terminal."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

import click

from ..errors import OutputError
from ..io.terminal import visible, without_commands

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}


def use_utf8() -> None:
    """Have standard output and error write UTF-8, whatever encoding the system names.

    A terminal keeps its encoding; what it cannot show becomes a question mark. With
    ``PYTHONUNBUFFERED``, Python takes no notice of how much of a text was written, so a buffer
    is put between.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            if isinstance(stream.buffer, io.RawIOBase):
                stream = io.TextIOWrapper(io.BufferedWriter(stream.buffer), stream.encoding)
                setattr(sys, name, stream)
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def echo(
    text: str,
    *,
    nl: bool = True,
    err: bool = False,
    styled: bool = False,
    is_data: bool = False,
) -> None:
    """Print a text to standard output or error.

    Control characters are written out, and commands to a CI runner broken: a terminal and a
    runner obey whoever wrote them. A ``styled`` text has colours of our own. What ``is_data`` goes
    to a file or another program as it is.

    Raises:
        OutputError: if standard output cannot be written, as to a full disk.
        BrokenPipeError: if nobody reads standard output any more.
    """
    stream = sys.stderr if err else sys.stdout
    if not styled and (not is_data or stream.isatty()):
        text = visible(text)
    if not is_data:
        text = without_commands(text)
    color = False if os.environ.get("NO_COLOR") else None
    try:
        click.echo(text, nl=nl, err=err, color=color)  # noqa: TID251 the one place
    except OSError as error:
        if err:  # there is no other place to say so
            _discard(stream)
        elif isinstance(error, BrokenPipeError):
            raise
        else:
            raise output_problem(error, "standard output") or error from None


def output_problem(error: OSError, name: str) -> OutputError | None:
    """Return the error of an output that cannot be written, or None for another problem.

    The output is then closed, so that what is left of it is not written at the end.
    """
    if error.errno not in _FULL:
        return None
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
            continue
        _discard(stream)
    return OutputError(f"{error.filename or name}: cannot be written: {error.strerror}.")


def discard_output() -> None:
    """Write nothing more to standard output, as nobody reads it."""
    _discard(sys.stdout)


def _discard(stream: TextIO) -> None:
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
