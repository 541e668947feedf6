"""Kill a release before each step that changes the disk, one run after the other.

Usage: ``python killer.py VERSION OUT TABLES FIRST``. Each run is killed two steps later than
the run before it, from step FIRST on, and so begins with what that one left. The signals take
turns. Prints a line of JSON a run: before which step it was killed, its exit code, which names
then stood in the folder, and what is wrong with the release if there is one.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from pariscall.cli import main
from pariscall.publish.release.assembly import release
from pariscall.publish.release.verify import verify

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
SIGNALS = (signal.SIGKILL, signal.SIGTERM)


class Killer:
    """An audit hook (PEP 578) that sends a signal to this process before a step in a folder."""

    def __init__(self, folder: Path, at: int, report: int) -> None:
        self._folder = str(folder)
        self._at = at
        self._left = at
        self._report = report

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Count a step, and send the signal if it is the one."""
        if self._is_step(event, arguments):
            self._left -= 1
            if self._left == -1:
                place = os.path.relpath(os.fsdecode(arguments[0]), self._folder)
                os.write(self._report, f"{event} {place}".encode())
                os.kill(os.getpid(), SIGNALS[self._at // 2 % 2])

    def _is_step(self, event: str, arguments: tuple[Any, ...]) -> bool:
        """Tell whether a file or a folder is made, filled or renamed, or all of it locked or kept."""
        if event not in {"open", "os.mkdir", "os.rename"} or isinstance(arguments[0], int):
            return False
        path = os.fsdecode(arguments[0])
        if event == "open" and not arguments[2] & WRITES:
            return path == self._folder
        return path.startswith(self._folder)


def interrupt(version: str, out: Path, tables: Path, first: int) -> Iterator[dict[str, Any]]:
    """Run a release again and again, until one comes through."""
    release(version, out, tables)  # once for the caches, which make the runs quick
    shutil.rmtree(out)
    for at in count(first, 2):
        read, write = os.pipe()
        process = os.fork()
        if process == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.addaudithook(Killer(out, at, write))
            main(["release", version, "-o", str(out), "--tables", str(tables)])
        os.close(write)
        _, status = os.waitpid(process, 0)
        with os.fdopen(read) as pipe:
            step = pipe.read()
        final = out / version
        yield {
            "step": step,
            "exit": os.waitstatus_to_exitcode(status),
            "names": sorted(path.name for path in out.glob("*")),
            "problems": verify(final) if final.exists() else [],
        }
        if not step:
            return
        shutil.rmtree(final, ignore_errors=True)


if __name__ == "__main__":
    _, version, out, tables, first = sys.argv
    for run in interrupt(version, Path(out), Path(tables), int(first)):
        print(json.dumps(run), flush=True)
