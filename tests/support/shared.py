"""Folders that are made once, whichever process of pytest-xdist asks first, for all tests to read."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_PATIENCE = 900  # seconds, after which whoever makes a folder is taken for dead


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all processes of a run have in common."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of a name, which ``make`` has filled in this process or in another.

    Raises:
        TimeoutError: if another process makes it and does not come to an end.
    """
    above = shared_folder(factory)
    folder, lock = above / name, above / f"{name}.lock"
    end = time.monotonic() + _PATIENCE
    while not folder.exists():
        try:
            lock.touch(exist_ok=False)
        except FileExistsError:
            if time.monotonic() > end:
                raise TimeoutError(f"{lock} is there, and {name} is not made") from None
            time.sleep(0.05)
            continue
        try:
            _make(folder, make)
        finally:
            lock.unlink()
    return folder


def _make(folder: Path, make: Callable[[Path], object]) -> None:
    """Make a folder under another name, unless it was made since it was looked for."""
    if not folder.exists():
        unfinished = folder.with_name(f"{folder.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        make(unfinished)
        unfinished.rename(folder)
