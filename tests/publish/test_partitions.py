"""A partitioned export is the dump in parts, whoever writes them and whatever happens on the way."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
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
from pariscall.tables.document import Document
from pariscall.tables.spans import Span
from pariscall.tables.spread import Spread
from support.command import Run, run_command
from support.harbour import HARBOUR
from support.partitions import BOTH, SIZE, contents
from support.registry import digests
from support.releases import VERSION, make_small_release
from support.server import needs_fork
from support.spread import Changed, R, Work
from support.tables import edit

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("small_parts")]

DAY = date(2020, 1, 1)


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


def test_two_processes_write_the_bytes_of_one(
    partitions: Path, small: Path, tmp_path: Path
) -> None:
    export_partitioned(tmp_path, BOTH, small, jobs=2)
    assert contents(tmp_path) == contents(partitions)


def test_compressed_parts_tell_no_time(partitions: Path) -> None:
    part = min(partitions.glob("nt/*")).read_bytes()
    assert part[3:8] == bytes(5)  # RFC 1952: no name of a file, and no time


def test_parquet_has_every_row_of_every_table_that_is_mapped(partitions: Path, small: Path) -> None:
    found = {
        folder.name: [
            row for path in sorted(folder.iterdir()) for row in pq.read_table(path).to_pylist()
        ]
        for folder in (partitions / "parquet").iterdir()
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


def test_the_parts_of_a_table_have_the_same_columns_and_types(partitions: Path) -> None:
    schemas = [pq.read_schema(path) for path in sorted(partitions.glob("parquet/endorsements/*"))]
    assert len(schemas) > 1
    assert all(schema.equals(schemas[0]) for schema in schemas)
    assert types.is_date32(schemas[0].field("until").type)
    assert types.is_integer(schemas[0].field("n").type)


def test_the_manifest_says_of_which_rows_a_part_is(partitions: Path, small: Path) -> None:
    manifest = json.loads((partitions / "manifest.json").read_bytes())
    lines = (small / "sources.csv").read_text(encoding="utf-8").splitlines()
    spans = [part["span"] for part in manifest["parts"] if part["path"].startswith("nt/")]
    of_sources = [span for span in spans if span["table"] == "sources.csv"]
    assert [span["line"] for span in of_sources] == [*range(2, len(lines) + 1, SIZE)]
    assert sum(span["documents"] for span in of_sources) == len(lines) - 1
    assert manifest["triples"] == triples(partitions).count(b"\n")


def test_the_ledger_counts_the_endorsements_in_the_parts(partitions: Path) -> None:
    ledger = (partitions / "paris-call-ledger.csv").read_text(encoding="utf-8")
    number = triples(partitions).count(b"ns#Endorsement> .")
    for pattern in ("nt/*.nt.gz", "parquet/endorsements/*.parquet"):
        assert f"endorsements in {pattern},{number}," in ledger


@pytest.mark.skipif(needs_fork, reason="this system does not fork")
def test_a_process_that_is_killed_loses_nothing_and_leaves_nothing(
    partitions: Path, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    assert contents(out) == contents(partitions)


@pytest.mark.skipif(needs_fork, reason="this system does not fork")
def test_a_span_that_kills_each_process_is_named_and_the_other_parts_stay(
    partitions: Path, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    assert contents(tmp_path) == contents(partitions)


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
    own_partitions: Path, small: Path, tmp_path: Path
) -> None:
    tables = shutil.copytree(small, tmp_path / "tables")
    edit(tables / "sources.csv", "Agora24 on the Paris", "Another page on the Paris")
    (own_partitions / "nt" / "part-999999.nt.gz").write_bytes(b"of more parties")
    export_partitioned(own_partitions, ["nt"], tables)
    assert b"Another page on the Paris" in triples(own_partitions)
    assert not (own_partitions / "parquet").exists()
    assert verify(own_partitions) == []


def test_tables_that_do_not_pass_the_gate_leave_the_earlier_export(
    own_partitions: Path, small: Path, tmp_path: Path
) -> None:
    before = contents(own_partitions)
    tables = shutil.copytree(small, tmp_path / "tables")
    edit(tables / "parties.csv", "ABB", "Abb")
    with pytest.raises(GateError):
        export_partitioned(own_partitions, BOTH, tables)
    assert contents(own_partitions) == before


def test_parts_that_lack_an_endorsement_leave_the_earlier_export(
    own_partitions: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(own_partitions)
    written = NTriplesWriter.write

    def write(writer: NTriplesWriter, document: Document) -> None:
        if document.rows[0].key != "abb":
            written(writer, document)

    monkeypatch.setattr(NTriplesWriter, "write", write)
    with pytest.raises(LedgerError, match=r"endorsements in nt/\*\.nt\.gz"):
        export_partitioned(own_partitions, BOTH, small)
    assert contents(own_partitions) == before


def test_a_folder_of_other_files_is_refused(small: Path, tmp_path: Path) -> None:
    release = make_small_release(tmp_path)
    before = contents(release)
    with pytest.raises(MisuseError, match=f"{VERSION}: other files are here"):
        export_partitioned(release, (), small)
    assert contents(release) == before


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
