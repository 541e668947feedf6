"""Names that others chose, in every command: one line that no terminal or CI runner obeys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pariscall.errors import UnreadableError
from pariscall.io.terminal import visible
from support.in_process import in_a_folder, run_here

from .registry import Try, hostile

NAMES = {
    "commands to a runner": "a\n::error::x\x1b[2J\u202e##[error]y.ttl",
    "escapes": "\x1b]0;pwned\x07\x1b[2J\x9b2J\r\b.ttl",
    "bytes": os.fsdecode(b"\xff\xfe\n.ttl"),
    "brackets": "[bold]{0}%s$(id)`id`<b>|.ttl",
}
COMMANDS = {
    "validate": ("validate", "--", "NAME"),
    "validate shapes": ("validate", "--shapes", "NAME"),
    "validate tables": ("validate", "--tables", "NAME"),
    "validate baseline": ("validate", "--baseline", "NAME", "data.ttl"),
    "validate report": ("validate", "--report", "NAME"),
    "an option": ("validate", "--NAME"),
    "query": ("query", "NAME"),
    "query data": ("query", "ASK {}", "--data", "NAME"),
    "query parameter": ("query", "ASK {}", "--param", "NAME"),
    "query date": ("query", "--as-of", "NAME", "ASK {}"),
    "diff from": ("diff", "NAME", "data.ttl"),
    "diff to": ("diff", "data.ttl", "NAME"),
    "patch": ("patch", "NAME", "NAME", "-o", "x"),
    "verify": ("verify", "NAME"),
    "push": ("push", "NAME", "http://127.0.0.1:1/"),
    "pull": ("pull", "NAME"),
    "export": ("export", "--tables", "NAME"),
    "serve site": ("serve", "--site", "NAME"),
    "serve data": ("serve", "--data", "NAME"),
    "harvest registry": ("harvest", "registry", "NAME"),
    "harvest csv": ("harvest", "csv", "--source", "NAME"),
    "a command": ("NAME",),
}
_DATA = b"<http://ex.test/a> a <http://ex.test/b> .\n"


def name(arguments: tuple[str, ...], given: str, *, is_there: bool) -> None:
    """Name something that is not there, or a file that is not what it should be."""
    with in_a_folder({"data.ttl": _DATA}):
        if is_there:
            Path(given).write_bytes(b"<http://ex.test/a> is not Turtle")
        code, shown = run_here(*(word.replace("NAME", given) for word in arguments))
    assert code != 70, shown
    assert "Traceback" not in shown, shown
    for line in shown.split("\n"):
        assert not line.lstrip().startswith("::"), f"a command: {line!r}"
        assert "##[" not in line, f"a command: {line!r}"
        assert visible(line) == line, f"escapes: {line!r}"
    if code:
        raise UnreadableError("refused")


@hostile("names")
def names() -> Iterator[Try]:
    """Yield each name in each place of a command, without such a file and with one."""
    for what, given in NAMES.items():
        for where, arguments in COMMANDS.items():
            for is_there in (False, True):
                work = partial(name, arguments, given, is_there=is_there)
                presence = "there" if is_there else "not there"
                yield Try(f"{where}: {what}, {presence}", work)
