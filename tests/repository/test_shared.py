"""What many tests read is made once for all processes of a run, and whole."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from support.shared import made_once


def test_of_many_who_ask_at_once_one_makes_the_folder(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    made: list[Path] = []

    def make(folder: Path) -> None:
        made.append(folder)
        folder.mkdir()
        time.sleep(0.2)
        (folder / "file").write_text("whole", encoding="utf-8")

    def ask(_number: int) -> str:
        return (made_once(tmp_path_factory, f"of-{tmp_path.name}", make) / "file").read_text(
            "utf-8"
        )

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"whole"}
    assert len(made) == 1


def test_what_could_not_be_made_is_made_by_the_next_who_asks(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    def fail(folder: Path) -> None:
        folder.mkdir()
        (folder / "half").touch()
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        made_once(tmp_path_factory, f"of-{tmp_path.name}", fail)
    made = made_once(tmp_path_factory, f"of-{tmp_path.name}", Path.mkdir)
    assert list(made.iterdir()) == []
