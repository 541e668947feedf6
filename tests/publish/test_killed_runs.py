"""Whatever ends a release, there is a whole one or none, and the next run makes it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pariscall.publish.release.checksums import file_names
from pariscall.publish.release.verify import verify

pytestmark = pytest.mark.slow

VERSION, INDEX = "2026.11.22", "releases.json"
KILLER = Path(__file__).parents[1] / "support" / "killer.py"


def command(out: Path, tables: Path) -> list[str]:
    options = ["-o", str(out), "--tables", str(tables)]
    return [sys.executable, "-m", "pariscall", "release", VERSION, *options]


def run(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
def test_a_release_that_is_killed_before_any_kind_of_step_is_whole_or_not_there(
    small: Path, tmp_path: Path
) -> None:
    printed = subprocess.run(
        [sys.executable, "-P", KILLER, VERSION, tmp_path, small],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    ).stdout
    whole, *killed, last = map(json.loads, printed.splitlines())
    assert whole["exit"] == last["exit"] == 0
    for killing in killed:
        left = {VERSION, INDEX}
        if killing["exit"] == -9:
            left |= {f".{VERSION}.partial", f".{INDEX}.partial"}
        assert killing["exit"] in {-9, 143}, killing
        assert set(killing["names"]) <= left, killing
        assert killing["problems"] == [], killing
    assert len(killed) > 20
    steps = whole["steps"]
    assert f"os.rename .{VERSION}.partial" in steps
    for name in file_names(tmp_path / VERSION):
        assert any(step.startswith("open") and Path(name).name in step for step in steps), name


# ------------------------------------------------------------------------ the disk


class Disk:
    """A small file system of its own, or a reason to skip."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._mounted = False

    def mount(self, options: str) -> None:
        if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
            pytest.skip("a file system can be mounted by root on Linux only")
        done = run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder)])
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
        self._mounted = True

    def unmount(self) -> None:
        if self._mounted:
            subprocess.run(["umount", str(self.folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    disk = Disk(folder)
    yield disk
    disk.unmount()


@pytest.mark.parametrize("size", ["64k", "1m", "2m", "3m"])
def test_a_disk_that_is_full_at_any_time_is_one_line_and_stays_empty(
    size: str, disk: Disk, small: Path
) -> None:
    disk.mount(f"size={size}")
    finished = run(command(disk.folder, small))
    assert finished.returncode == 4
    last = finished.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert "No space left on device" in last
    assert "Traceback" not in finished.stderr
    assert list(disk.folder.iterdir()) == []


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no sh to set a limit")
@pytest.mark.parametrize("blocks", [8, 1000])
def test_a_file_that_may_not_grow_is_one_line_and_nothing_is_left(
    blocks: int, small: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    limit = ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh"]
    finished = run([*limit, *command(out, small)])
    assert finished.returncode == 4
    assert "File too large" in finished.stderr.splitlines()[-1]
    assert list(out.iterdir()) == []


def test_a_folder_that_is_read_only_is_one_line(disk: Disk, small: Path) -> None:
    disk.mount("ro")
    finished = run(command(disk.folder, small))
    assert finished.returncode == 4
    assert "Read-only file system" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_of_two_releases_at_once_one_is_made_and_the_other_says_why_not(
    small: Path, tmp_path: Path
) -> None:
    pytest.importorskip("fcntl", reason="there are no advisory locks here")
    out = tmp_path / "out"
    runs = [
        subprocess.Popen(command(out, small), stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [process.communicate()[1] for process in runs]
    codes = [process.returncode for process in runs]
    assert codes.count(0) == 1
    loser = said[1 - codes.index(0)]
    # The slower of the two may come when the other is done.
    assert "another run is writing here" in loser or "is there already" in loser
    assert "Traceback" not in loser
    assert sorted(path.name for path in out.iterdir()) == [VERSION, INDEX]
    assert verify(out / VERSION) == []
