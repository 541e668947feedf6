"""A temporary folder is there while its process is, and what a killed one leaves is removed by the next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("fcntl")

PROGRAM = """
import os, signal, sys
from pariscall.io.temporary import make_temporary_folder
print(make_temporary_folder("pariscall-test-"), flush=True)
sys.stdin.read(1)
if "killed" in sys.argv:
    os.kill(os.getpid(), signal.SIGKILL)
"""


def start(folder: Path, *arguments: str) -> tuple[subprocess.Popen[str], Path]:
    """Start a process that makes a folder below another one, and ends when its input does."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(folder)},
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def make_old(*folders: Path) -> None:
    for folder in folders:
        os.utime(folder, (0, 0))


def test_a_folder_lasts_as_long_as_its_process(tmp_path: Path) -> None:
    killed, left = start(tmp_path, "killed")
    killed.communicate()
    assert left.is_dir()
    running, held = start(tmp_path)
    assert left.is_dir()  # it may be one that a process is about to hold
    make_old(left, held)
    ending, own = start(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([held, own])
    ending.communicate()
    running.communicate()
    assert list(tmp_path.iterdir()) == []
