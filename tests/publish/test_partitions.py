"""A partitioned export is the dump in parts, whoever writes them and whatever happens on the way."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pyarrow import types

from pariscall.errors import EngineError, GateError, LedgerError, MisuseError, ReleaseError
from pariscall.publish.dumps.ntriples import NTriplesWriter
from pariscall.publish.export import export
from pariscall.publish.partitions.export import export_partitioned
from pariscall.publish.partitions.manifest import UNFINISHED
from pariscall.publish.partitions.verify import verify
from pariscall.publish.release.checksums import file_names
from pariscall.tables.document import Document
from pariscall.tables.spans import Span
from pariscall.tables.spread import Spread
from support.command import Run, run_command
from support.harbour import HARBOUR
from support.registry import digests
from support.releases import VERSION, make_small_release
from support.server import needs_fork
from support.shared import made_once
from support.spread import Changed, R, Work
from support.tables import edit

pytestmark = pytest.mark.slow

BOTH = ("nt", "parquet")
SIZE = 20
DAY = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pariscall.tables.spread.PARTITION", SIZE)


@pytest.fixture
def whole(_small_parts: None, small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return parts of the small tables in both formats, written in one process."""
    make = partial(export_partitioned, formats=BOTH, folder=small, jobs=1)
    return made_once(tmp_path_factory, "partitions", make)


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """Copy the parts, for a test to spoil."""
    return Path(shutil.copytree(whole, tmp_path / "parts"))


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in file_names(folder)}


def triples(folder: Path) -> bytes:
    """Return the parts of the triples, one after the other, as a loader reads them."""
    return b"".join(
        gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("nt/*.nt.gz"))
    )


@pytest.mark.parametrize("as_of", [None, DAY])
def test_the_parts_of_the_triples_are_the_dump(
    small: Path, tmp_path: Path, as_of: date | None
) -> None:
    export(tmp_path / "dumps", ["nt"], small, as_of=as_of)
    export_partitioned(tmp_path / "parts", (), small, as_of=as_of)
    assert len(list(tmp_path.glob("parts/nt/*"))) > 20
    assert triples(tmp_path / "parts") == (tmp_path / "dumps" / "paris-call.nt").read_bytes()
    assert digests(tmp_path / "parts" / "vocabulary") == digests(tmp_path / "dumps" / "vocabulary")
    assert json.loads((tmp_path / "parts" / "manifest.json").read_bytes())["as_of"] == (
        as_of and as_of.isoformat()
    )
    assert verify(tmp_path / "parts") == []


def test_the_parts_of_a_project_with_a_list_are_its_dump(charter: Path) -> None:
    for arguments in (["--partitioned", "-o", "parts"], ["-o", "dumps", "--format", "nt"]):
        assert run_command(charter, ["export", *arguments]).returncode == 0
    [dump] = charter.glob("dumps/*.nt")
    assert triples(charter / "parts") == dump.read_bytes()


def test_two_processes_write_the_bytes_of_one(whole: Path, small: Path, tmp_path: Path) -> None:
    export_partitioned(tmp_path, BOTH, small, jobs=2)
    assert contents(tmp_path) == contents(whole)


def test_compressed_parts_tell_no_time(whole: Path) -> None:
    part = min(whole.glob("nt/*")).read_bytes()
    assert part[3:8] == bytes(5)  # RFC 1952: no name of a file, and no time


def test_parquet_has_every_row_of_every_table_that_is_mapped(whole: Path, small: Path) -> None:
    found = {
        folder.name: [
            row for path in sorted(folder.iterdir()) for row in pq.read_table(path).to_pylist()
        ]
        for folder in (whole / "parquet").iterdir()
    }
    for name in ("parties", "endorsements", "sources", "claims", "countries"):
        text = (small / f"{name}.csv").read_text(encoding="utf-8")
        assert len(found[name]) == text.count("\n") - 1, name
    assert "decisions" not in found
    [abb] = [
        row
        for row in found["endorsements"]
        if row["party"] == "abb" and row["call"] == "paris-call"
    ]
    assert abb["n"] == 1
    assert abb["since"].isoformat() in (small / "endorsements.csv").read_text(encoding="utf-8")
    assert abb["until"] is None


def test_the_parts_of_a_table_have_the_same_columns_and_types(whole: Path) -> None:
    schemas = [pq.read_schema(path) for path in sorted(whole.glob("parquet/endorsements/*"))]
    assert len(schemas) > 1
    assert all(schema.equals(schemas[0]) for schema in schemas)
    assert types.is_date32(schemas[0].field("until").type)
    assert types.is_integer(schemas[0].field("n").type)


def test_the_manifest_says_of_which_rows_a_part_is(whole: Path, small: Path) -> None:
    manifest = json.loads((whole / "manifest.json").read_bytes())
    lines = (small / "sources.csv").read_text(encoding="utf-8").splitlines()
    spans = [part["span"] for part in manifest["parts"] if part["path"].startswith("nt/")]
    of_sources = [span for span in spans if span["table"] == "sources.csv"]
    assert [span["line"] for span in of_sources] == [*range(2, len(lines) + 1, SIZE)]
    assert sum(span["documents"] for span in of_sources) == len(lines) - 1
    assert manifest["triples"] == triples(whole).count(b"\n")


def test_the_ledger_counts_the_endorsements_in_the_parts(whole: Path) -> None:
    ledger = (whole / "paris-call-ledger.csv").read_text(encoding="utf-8")
    number = triples(whole).count(b"ns#Endorsement> .")
    for pattern in ("nt/*.nt.gz", "parquet/endorsements/*.parquet"):
        assert f"endorsements in {pattern},{number}," in ledger


@pytest.mark.skipif(needs_fork, reason="this system does not fork")
def test_a_process_that_is_killed_loses_nothing_and_leaves_nothing(
    whole: Path, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, flag = tmp_path / "out", tmp_path / "killed"

    def once_fatal(work: Work[R], span: Span) -> R:
        part = work(span)
        if span.number == 5 and not flag.exists():
            flag.touch()
            [folder] = (out / UNFINISHED).iterdir()
            (folder / "nt" / ".part-000005.nt.gz.partial").write_bytes(b"half")
            os.kill(os.getpid(), signal.SIGKILL)
        return part

    spread = Spread(Changed(once_fatal), SIZE)
    monkeypatch.setattr(
        "pariscall.publish.partitions.export.partition_spread", lambda _spread: spread
    )
    export_partitioned(out, BOTH, small)
    assert flag.exists()
    assert contents(out) == contents(whole)


@pytest.mark.skipif(needs_fork, reason="this system does not fork")
def test_a_span_that_kills_each_process_is_named_and_the_other_parts_stay(
    whole: Path, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fatal(work: Work[R], span: Span) -> R:
        if span.head == "parties.csv":
            os.kill(os.getpid(), signal.SIGKILL)
        return work(span)

    with monkeypatch.context() as patched:
        spread = Spread(Changed(fatal), SIZE)
        patched.setattr(
            "pariscall.publish.partitions.export.partition_spread", lambda _spread: spread
        )
        with pytest.raises(EngineError, match=r"parties\.csv:\d+ \(\d+ rows\): .* ended 3 times"):
            export_partitioned(tmp_path, BOTH, small)
    assert [path.name for path in tmp_path.iterdir()] == [UNFINISHED]
    with pytest.raises(ReleaseError, match="did not come to its end"):
        verify(tmp_path)
    said: list[str] = []
    export_partitioned(tmp_path, BOTH, small, said.append)
    assert any("are there from an earlier run" in line for line in said)
    assert contents(tmp_path) == contents(whole)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_export_that_is_ended_is_resumed(dumps: Path, tmp_path: Path, number: int) -> None:
    out = tmp_path / "out"
    options = ["--partitioned", "-o", str(out), "--jobs", "2"]
    program = [sys.executable, "-m", "pariscall", "export", *options]
    with subprocess.Popen(program, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not list(out.glob(f"{UNFINISHED}/*/part-*.json")):
            time.sleep(0.001)
        process.send_signal(number)
        assert process.wait(60) != 0
    assert [path.name for path in out.iterdir()] == [UNFINISHED]
    finished = run_command(tmp_path, ["export", *options])
    assert finished.returncode == 0
    assert "are there from an earlier run" in finished.stderr
    assert not (out / UNFINISHED).exists()
    assert run_command(tmp_path, ["verify", str(out)]).returncode == 0
    assert triples(out) == (dumps / "paris-call.nt").read_bytes()


def test_parts_of_other_tables_are_not_taken_and_those_of_fewer_formats_go(
    copy: Path, small: Path, tmp_path: Path
) -> None:
    tables = shutil.copytree(small, tmp_path / "tables")
    edit(tables / "sources.csv", "AFNUM on the Paris", "Another page on the Paris")
    (copy / "nt" / "part-999999.nt.gz").write_bytes(b"of more parties")
    export_partitioned(copy, ["nt"], tables)
    assert b"Another page on the Paris" in triples(copy)
    assert not (copy / "parquet").exists()
    assert verify(copy) == []


def test_tables_that_do_not_pass_the_gate_leave_the_earlier_export(
    copy: Path, small: Path, tmp_path: Path
) -> None:
    before = contents(copy)
    tables = shutil.copytree(small, tmp_path / "tables")
    edit(tables / "parties.csv", "ABB", "Abb")
    with pytest.raises(GateError):
        export_partitioned(copy, BOTH, tables)
    assert contents(copy) == before


def test_parts_that_lack_an_endorsement_leave_the_earlier_export(
    copy: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(copy)
    written = NTriplesWriter.write

    def write(writer: NTriplesWriter, document: Document) -> None:
        if document.rows[0].key != "abb":
            written(writer, document)

    monkeypatch.setattr(NTriplesWriter, "write", write)
    with pytest.raises(LedgerError, match=r"endorsements in nt/\*\.nt\.gz"):
        export_partitioned(copy, BOTH, small)
    assert contents(copy) == before


def test_a_folder_of_other_files_is_refused(small: Path, tmp_path: Path) -> None:
    release = make_small_release(tmp_path)
    before = contents(release)
    with pytest.raises(MisuseError, match=f"{VERSION}: other files are here"):
        export_partitioned(release, (), small)
    assert contents(release) == before


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
def test_each_fault_is_found_and_named_in_one_line(copy: Path, fault: str) -> None:
    assert verify(copy) == []
    spoil, line = FAULTS[fault]
    spoil(copy)
    problems = verify(copy)
    assert len(problems) == 1
    assert re.match(line, problems[0]), problems


def test_parts_that_are_no_triples_are_found_though_the_manifest_fits(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pariscall.publish.partitions.verify.sha256", lambda _path: None)
    monkeypatch.setattr("pariscall.publish.partitions.verify._broken", lambda *_: [])
    for name, content in (
        ("part-000001.nt.gz", b"no gzip"),
        ("part-000002.nt.gz", gzip.compress(b"no triple\n")),
        ("part-000003.nt.gz", (copy / "nt" / "part-000003.nt.gz").read_bytes()[:-20]),
    ):
        (copy / "nt" / name).write_bytes(content)
    assert [line.partition(": cannot be read")[0] for line in verify(copy)] == [
        f"nt/part-00000{number}.nt.gz" for number in (1, 2, 3)
    ]


def test_a_manifest_of_a_later_format_or_that_is_none_is_refused(copy: Path) -> None:
    path = copy / "manifest.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"format": 1', '"format": 2'), encoding="utf-8")
    with pytest.raises(ReleaseError, match="knows formats up to 1"):
        verify(copy)
    path.write_text(text.replace(FIRST, "../elsewhere"), encoding="utf-8")
    with pytest.raises(ReleaseError, match="this is not a manifest"):
        verify(copy)


def test_the_command_names_what_is_wrong(run: Run, copy: Path) -> None:
    whole = run("verify", copy)
    assert (whole.returncode, whole.stdout) == (0, "")
    assert whole.stderr.endswith(": whole, and as its manifest says\n")
    (copy / FIRST).unlink()
    spoilt = run("verify", copy)
    assert (spoilt.returncode, spoilt.stdout) == (1, f"{FIRST}: is missing.\n")
    assert spoilt.stderr.endswith(": not as it was exported, 1 problem\n")
    assert run("verify", copy, "--verify-signature", "signers").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--partitioned", "--format", "ttl"],
            "no parts in the format 'ttl'. Choose from nt, parquet",
        ),
        (["--format", "parquet"], "--format parquet is written in parts. Say --partitioned too"),
        (["--partitioned", "paris-call", str(HARBOUR)], "--partitioned is for one project"),
    ],
)
def test_what_cannot_be_in_parts_is_refused(
    run: Run, tmp_path: Path, arguments: list[str], told: str
) -> None:
    finished = run("export", "-o", "out", *arguments)
    assert finished.returncode == 2
    assert told in finished.stderr
    assert not (tmp_path / "out").exists()
