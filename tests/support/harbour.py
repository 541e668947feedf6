"""The example of another project, copies of it, and commands that must succeed in one."""

from __future__ import annotations

import shutil
from pathlib import Path

from support.command import EXAMPLE, Finished, run_command

HARBOUR = EXAMPLE.parent / "harbour"


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(HARBOUR, folder / "harbour"))


def done(folder: Path, *arguments: str) -> Finished:
    finished = run_command(folder, list(arguments))
    assert finished.returncode == 0, finished.stderr
    return finished
