"""Whatever is changed in a partitioned export, ``verify`` names it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pariscall.errors import ReleaseError
from pariscall.publish.partitions.verify import verify
from support.command import Run

pytestmark = pytest.mark.slow


def changed(pattern: str) -> Callable[[Path], None]:
    """Return a function that adds 1 to the first number after a pattern in the manifest."""

    def change(folder: Path) -> None:
        path = folder / "manifest.json"
        text = path.read_text(encoding="utf-8")
        found = re.search(rf"{pattern}(\d+)", text, re.DOTALL)
        assert found
        more = text[: found.start(1)] + str(int(found[1]) + 1) + text[found.end(1) :]
        path.write_text(more, encoding="utf-8")

    return change


def flip(name: str, folder: Path) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)


def cut(folder: Path) -> None:
    with (folder / "nt" / "part-000003.nt.gz").open("r+b") as file:
        file.truncate(100)


def add(folder: Path) -> None:
    (folder / "nt" / "part-000999.nt.gz").write_bytes(b"")


FIRST = "nt/part-000000.nt.gz"
FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda out: (out / FIRST).unlink(), rf"{FIRST}: is missing\."),
    "flipped": (partial(flip, FIRST), f"{FIRST}: was changed: its SHA-256 is not that of"),
    "flipped-table": (
        partial(flip, "parquet/calls/part-000001.parquet"),
        "parquet/calls/part-000001.parquet: was changed",
    ),
    "flipped-ledger": (
        partial(flip, "paris-call-ledger.csv"),
        "paris-call-ledger.csv: was changed",
    ),
    "cut": (cut, r"nt/part-000003.nt.gz: has 100 bytes where manifest.json says [\d,]+\."),
    "extra": (add, "nt/part-000999.nt.gz: unexpected file: not listed in manifest.json"),
    "size": (changed(f'"{FIRST}".*?"bytes": '), f"{FIRST}: has .* where manifest.json says"),
    "triples": (changed(f'"{FIRST}".*?"triples": '), f"{FIRST}: holds 20 triples where .* says 21"),
    "total": (changed('"triples": '), r"manifest.json: says [\d,]+ triples where the parts have"),
    "rows": (changed('calls/.*?"rows": '), "parquet/calls/.*: holds 5 rows where .* says 6"),
    "line": (changed('"line": '), "manifest.json: was changed"),
    "documents": (changed('"documents": '), "manifest.json: was changed"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_named_in_one_line(own_partitions: Path, fault: str) -> None:
    assert verify(own_partitions) == []
    spoil, line = FAULTS[fault]
    spoil(own_partitions)
    problems = verify(own_partitions)
    assert len(problems) == 1
    assert re.match(line, problems[0]), problems


def test_parts_that_are_no_triples_are_found_though_the_manifest_fits(
    own_partitions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pariscall.publish.partitions.verify._broken", lambda *_: [])
    for name, content in (
        ("part-000001.nt.gz", b"no gzip"),
        ("part-000002.nt.gz", gzip.compress(b"no triple\n")),
        ("part-000003.nt.gz", (own_partitions / "nt" / "part-000003.nt.gz").read_bytes()[:-20]),
    ):
        (own_partitions / "nt" / name).write_bytes(content)
    assert [line.partition(": cannot be read")[0] for line in verify(own_partitions)] == [
        f"nt/part-00000{number}.nt.gz" for number in (1, 2, 3)
    ]


def test_a_manifest_of_a_later_format_or_that_is_none_is_refused(own_partitions: Path) -> None:
    path = own_partitions / "manifest.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"format": 1', '"format": 2'), encoding="utf-8")
    with pytest.raises(ReleaseError, match="knows formats up to 1"):
        verify(own_partitions)
    path.write_text(text.replace(FIRST, "../elsewhere"), encoding="utf-8")
    with pytest.raises(ReleaseError, match="this is not a manifest"):
        verify(own_partitions)


def test_the_command_names_what_is_wrong(run: Run, own_partitions: Path) -> None:
    whole = run("verify", own_partitions)
    assert (whole.returncode, whole.stdout) == (0, "")
    assert whole.stderr.endswith(": whole, and as its manifest says\n")
    (own_partitions / FIRST).unlink()
    spoilt = run("verify", own_partitions)
    assert (spoilt.returncode, spoilt.stdout) == (1, f"{FIRST}: is missing.\n")
    assert spoilt.stderr.endswith(": not as it was exported, 1 problem\n")
    assert run("verify", own_partitions, "--verify-signature", "signers").returncode == 2
