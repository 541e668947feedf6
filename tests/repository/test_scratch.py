"""The tests write to memory only where there is room for it and programs may run."""

from __future__ import annotations

import os
import tempfile
from types import SimpleNamespace

import pytest

from support.scratch import scratch

ROOM = {"f_bavail": 3 << 20, "f_frsize": 4096, "f_flag": 0}
MEMORY, USUAL = "/dev/shm", "/usual"  # noqa: S108 nothing is written there


@pytest.mark.parametrize(
    ("found", "rights", "taken"),
    [
        (ROOM, True, MEMORY),
        (ROOM | {"f_bavail": 1000}, True, USUAL),
        (ROOM | {"f_flag": getattr(os, "ST_NOEXEC", 8)}, True, USUAL),
        (ROOM, False, USUAL),
    ],
    ids=["all is there", "no room", "no programs", "not writable"],
)
def test_memory_that_lacks_something_is_not_taken(
    found: dict[str, int],
    rights: bool,  # noqa: FBT001 a parameter of the test
    taken: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", USUAL)
    monkeypatch.setattr(os, "access", lambda *_: rights)
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(**found))
    assert scratch() == taken


def test_where_there_is_no_such_folder_the_usual_one_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(folder: str) -> None:
        raise FileNotFoundError(folder)

    monkeypatch.setattr(os, "statvfs", missing)
    assert scratch() == tempfile.gettempdir()
