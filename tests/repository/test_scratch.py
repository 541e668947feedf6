"""The tests write to memory only where there is room for it and programs may run."""

from __future__ import annotations

import os
import tempfile
from types import SimpleNamespace

import pytest

from support.scratch import scratch

ROOM = {"f_bavail": 3 << 20, "f_frsize": 4096, "f_flag": 0}


@pytest.mark.parametrize(
    "lacking",
    [{"f_bavail": 1000}, {"f_flag": getattr(os, "ST_NOEXEC", 8)}],
    ids=["room", "programs"],
)
def test_memory_that_lacks_something_is_not_taken(
    lacking: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(_folder: str, **other: int) -> SimpleNamespace:
        return SimpleNamespace(**{**ROOM, **other})

    monkeypatch.setattr(os, "access", lambda *_: True)
    monkeypatch.setattr(os, "statvfs", found)
    assert scratch() == "/dev/shm"  # noqa: S108 nothing is written there
    monkeypatch.setattr(os, "statvfs", lambda folder: found(folder, **lacking))
    assert scratch() == tempfile.gettempdir()


def test_where_there_is_no_such_folder_the_usual_one_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(folder: str) -> None:
        raise FileNotFoundError(folder)

    monkeypatch.setattr(os, "statvfs", missing)
    assert scratch() == tempfile.gettempdir()
