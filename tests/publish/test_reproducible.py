"""Same input, same bytes; a small change of the input, a small change of the bytes."""

from __future__ import annotations

import gzip
import re
import shutil
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pariscall.publish.release.assembly import release
from pariscall.publish.release.checksums import SUMS
from pariscall.publish.release.descriptions import DESCRIPTIONS
from pariscall.publish.release.manifest import NAME
from pariscall.publish.release.verify import verify
from support.command import Run
from support.tables import edit

pytestmark = pytest.mark.slow

VERSION = "2026.11.22"
WITHOUT_DAY = {"void.ttl"}


def test_the_epoch_sets_the_day_in_every_description(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    release(VERSION, tmp_path, small)
    for name in {NAME, *DESCRIPTIONS} - WITHOUT_DAY:
        text = (tmp_path / VERSION / name).read_text(encoding="utf-8")
        assert "1970-01-01" in text, name
        assert "2026-11-22" not in text, name
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert verify(tmp_path / VERSION) == []


@pytest.mark.parametrize("epoch", ["abc", "-1", "1.5", " 1", "9" * 12, "9" * 5000])
def test_an_epoch_that_is_no_number_of_seconds_is_one_line(
    epoch: str, run: Run, tmp_path: Path
) -> None:
    finished = run("release", VERSION, SOURCE_DATE_EPOCH=epoch)
    assert finished.returncode == 2
    [line] = finished.stderr.splitlines()
    assert line.startswith("Error: SOURCE_DATE_EPOCH is ")
    assert list(tmp_path.iterdir()) == []


def test_packed_bytes_do_not_come_from_the_zlib_of_the_machine(
    small: Path, small_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packing = zlib.compressobj

    def other(_level: int, *options: Any) -> object:
        return packing(1, *options)

    def none(*_: object, **__: object) -> None:
        raise AssertionError("the zlib of the machine was asked to pack")

    with monkeypatch.context() as patched:
        patched.setattr(zlib, "compressobj", other)
        patched.setattr(zlib, "compress", none)
        release(VERSION, tmp_path, small)
    made = tmp_path / VERSION
    assert (made / SUMS).read_bytes() == (small_release / SUMS).read_bytes()
    for packed in made.glob("*.gz"):
        content = packed.read_bytes()
        assert gzip.decompress(content) == packed.with_suffix("").read_bytes()
        assert content[4:8] == bytes(4)  # no time (RFC 1952, MTIME)


RENAMED = (
    ("parties.csv", "abb,ABB,", "abb,Asea Brown Boveri,"),
    (
        "entries.csv",
        "abb-private-sector-SWE.md,ABB,",
        "abb-private-sector-SWE.md,Asea Brown Boveri,",
    ),
)
MOVED = (
    ("parties.csv", "siemens,Siemens,,,company,DEU,", "siemens,Siemens,,,company,IRL,"),
    (
        "entries.csv",
        "Siemens,private-sector,Entreprise,DEU,",
        "Siemens,private-sector,Entreprise,IRL,",
    ),
)


@pytest.mark.parametrize(("party", "edits"), [("abb", RENAMED), ("siemens", MOVED)])
def test_one_changed_signatory_changes_its_own_lines_only(
    party: str,
    edits: Iterable[tuple[str, str, str]],
    small: Path,
    small_release: Path,
    tmp_path: Path,
) -> None:
    changed = shutil.copytree(small, tmp_path / "tables")
    for table, old, new in edits:
        edit(changed / table, old, new)
    release(VERSION, tmp_path, changed)
    own = re.compile(
        rf"<?https://w3id.org/mscall/(actor|endorsement|registry)/([^ >,]*/)?{party}[/>,]"
    )
    for name in ("paris-call.nt", "paris-call-signatories.csv"):
        lines = differing_lines(small_release / name, tmp_path / VERSION / name)
        assert lines
        assert [line for line in lines if not own.match(line)] == []


def differing_lines(before: Path, after: Path) -> set[str]:
    """Give the lines that one of two files has and the other has not."""
    old, new = (path.read_text(encoding="utf-8").splitlines() for path in (before, after))
    return set(old) ^ set(new)
