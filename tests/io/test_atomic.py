"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from pariscall.errors import OutputError
from pariscall.io.atomic import exclusive, shared_staging, staging


def test_files_take_their_names_when_all_are_whole(tmp_path: Path) -> None:
    with staging(tmp_path / "new") as stage:
        stage.create("one").write(b"1")
        stage.create("sub/two").write(b"2")
        assert not (tmp_path / "new" / "one").exists()
    assert (tmp_path / "new" / "one").read_bytes() == b"1"
    assert (tmp_path / "new" / "sub" / "two").read_bytes() == b"2"
    assert not list(tmp_path.rglob(".*"))


def test_an_error_leaves_the_old_files_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), staging(tmp_path) as stage:
        stage.create("one").write(b"new")
        stage.create("two").write(b"new")
        raise ZeroDivisionError
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one": b"old"}


def test_an_error_leaves_no_folder_that_was_not_there(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), staging(tmp_path / "a" / "b") as stage:
        stage.create("sub/one").write(b"new")
        raise ZeroDivisionError
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_reported_and_leaves_the_old_files(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"old")
    with pytest.raises(OutputError, match="No space left on device"), staging(tmp_path) as stage:
        stage.create("one").write(b"new")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert (tmp_path / "one").read_bytes() == b"old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_disk_that_fills_up_while_writing_is_reported(tmp_path: Path) -> None:
    (tmp_path / ".one.partial").symlink_to("/dev/full")
    with pytest.raises(OutputError, match="No space left on device"), staging(tmp_path) as stage:
        stage.create("one").write(b"new")
    assert not (tmp_path / "one").exists()


def test_a_folder_in_the_place_of_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(OutputError, match="a folder has this name"), staging(tmp_path) as stage:
        stage.create("one")


def test_a_file_in_the_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(OutputError, match="out: cannot write"), staging(tmp_path / "out"):
        pass


def test_a_file_in_the_place_of_a_folder_for_a_site_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(OutputError, match="file: cannot write: a file has this name"),
        exclusive(tmp_path / "file" / "folder"),
    ):
        pass


def test_two_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="there are no advisory locks here")
    with (
        staging(tmp_path) as stage,
        pytest.raises(OutputError, match="another run is writing here"),
        staging(tmp_path),
    ):
        pass
    stage.discard()


def test_what_a_killed_run_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".one.partial").write_bytes(b"half of a very long file")
    with staging(tmp_path) as stage:
        stage.create("one").write(b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one": b"new"}


@pytest.mark.slow
def test_writers_that_begin_at_the_same_moment_share_the_folders_that_they_make(
    tmp_path: Path,
) -> None:
    def write(folder: Path, together: Barrier, name: str) -> None:
        together.wait()
        with shared_staging(folder, name) as stage:
            stage.create(f"a/b/{name}").write(b"whole")

    names = ["1", "2", "3", "4"]
    with ThreadPoolExecutor(len(names)) as pool:
        for number in range(50):
            (tmp_path / str(number)).mkdir()
            begin = partial(write, tmp_path / str(number), Barrier(len(names)))
            list(pool.map(begin, names))
    assert len(list(tmp_path.glob("*/a/b/[1-4]"))) == 50 * len(names)
