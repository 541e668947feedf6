"""The command in a process that is good for nothing else, such as that of a hostile try."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from pariscall.cli import main
from pariscall.errors import EXIT_CODES, UnreadableError

_FAULT = 70
_VERDICTS = (0, 1)


def run_here(*arguments: str) -> tuple[int, str]:
    """Run the command in the current folder; return its exit code and all that it printed.

    What this process prints later goes nowhere.
    """
    with TemporaryFile() as shown:
        for number in (1, 2):
            os.dup2(shown.fileno(), number)
        # pytest has others in their place, which do not write to what the numbers stand for.
        sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
        try:
            main(arguments, prog_name="pariscall")
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0
        sys.stdout.flush()
        sys.stderr.flush()
        shown.seek(0)
        return code, shown.read().decode()


def command(*arguments: str) -> str:
    """Run the command in the current folder, and return what it printed.

    Raises:
        UnreadableError: with what the command says is wrong, if it is no verdict.
        AssertionError: if it ended in a traceback.
    """
    code, shown = run_here(*arguments)
    assert code in EXIT_CODES, f"exit code {code}\n{shown}"
    assert code != _FAULT, shown
    assert "Traceback" not in shown, shown
    if code not in _VERDICTS:
        raise UnreadableError(*shown.rpartition("Error: ")[2].strip().split("\n"))
    return shown


@contextmanager
def in_a_folder(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Work in a new folder that has these files."""
    with TemporaryDirectory() as name, chdir(name):
        for file, content in files.items():
            Path(file).write_bytes(content)
        yield Path(name)
