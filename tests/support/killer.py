"""Kill a release before the steps that change the disk, one run after the other.

Usage: ``python killer.py VERSION OUT TABLES``. Prints a line of JSON with the steps of a release
that nothing ends. Then every run that is worth it is made, and begins with what the one before it
left. The signals take turns. Prints a line of JSON a run: before which step it was killed, its
exit code, which names then stood in the folder, and what is wrong with the release if there is one.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pariscall.cli import main
from pariscall.publish.release.assembly import release
from pariscall.publish.release.verify import verify

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
SIGNALS = (signal.SIGKILL, signal.SIGTERM)


class Killer:
    """An audit hook (PEP 578) that tells of each step in a folder, and ends the process at one."""

    def __init__(self, folder: Path, report: int, at: int | None = None, how: int = 0) -> None:
        self._folder = str(folder)
        self._report = report
        self._left = -1 if at is None else at
        self._how = how

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Tell of a step, and send the signal if it is the one."""
        if self._is_step(event, arguments):
            place = os.path.relpath(os.fsdecode(arguments[0]), self._folder)
            os.write(self._report, f"{event} {place}\n".encode())
            if self._left == 0:
                os.kill(os.getpid(), self._how)
            self._left -= 1

    def _is_step(self, event: str, arguments: tuple[Any, ...]) -> bool:
        """Tell whether a file or a folder is made, filled or renamed, or all of it locked or kept."""
        if event not in {"open", "os.mkdir", "os.rename"} or isinstance(arguments[0], int):
            return False
        path = os.fsdecode(arguments[0])
        if event == "open" and not arguments[2] & WRITES:
            return path == self._folder
        return path.startswith(self._folder)


def interrupt(version: str, out: Path, tables: Path) -> Iterator[dict[str, Any]]:
    """Run a release again and again, each time killed before a later step."""
    release(version, out, tables)  # once for the caches, which make the runs quick
    shutil.rmtree(out / version)
    arguments = ["release", version, "-o", str(out), "--tables", str(tables)]
    steps, exit_code = run(arguments, out)
    yield {"steps": steps, "exit": exit_code}
    shutil.rmtree(out / version)
    for number, at in enumerate(worth_it(steps)):
        told, exit_code = run(arguments, out, at, SIGNALS[number % len(SIGNALS)])
        final = out / version
        yield {
            "step": told[-1],
            "exit": exit_code,
            "names": sorted(path.name for path in out.glob("*")),
            "problems": verify(final) if final.exists() else [],
        }
        shutil.rmtree(final, ignore_errors=True)
    steps, exit_code = run(arguments, out)
    yield {"steps": steps, "exit": exit_code}


def run(
    arguments: list[str], out: Path, at: int | None = None, how: int = 0
) -> tuple[list[str], int]:
    """Run the command in a process, killed before a step if that is said; return its steps."""
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.addaudithook(Killer(out, write, at, how))
        main(arguments)
    os.close(write)
    with os.fdopen(read) as pipe:
        steps = pipe.read().splitlines()
    _, status = os.waitpid(process, 0)
    return steps, os.waitstatus_to_exitcode(status)


def worth_it(steps: list[str]) -> list[int]:
    """Return the numbers of the steps to be killed before.

    To do with one more file what was done with the last one in its folder is a step like the last
    one: of such a row of steps the first and the last are tried.
    """
    like_the_last = [
        step.rpartition("/")[0] == before.rpartition("/")[0] != ""
        for before, step in pairwise(["", *steps])
    ]
    is_last = [not like for like in like_the_last[1:]] + [True]
    return [
        number
        for number, (like, last) in enumerate(zip(like_the_last, is_last, strict=True))
        if not like or last
    ]


if __name__ == "__main__":
    _, version, out, tables = sys.argv
    for told in interrupt(version, Path(out), Path(tables)):
        print(json.dumps(told), flush=True)
