"""A release is whole or not there, the same each time, and all that is said of it is true."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from pariscall.errors import MisuseError, OutputError
from pariscall.publish.dumps import DUMPS
from pariscall.publish.release import assembly
from pariscall.publish.release.assembly import release
from pariscall.publish.release.checksums import file_names, sha256
from pariscall.publish.release.descriptions import DESCRIPTIONS
from pariscall.publish.release.index import read_index
from pariscall.publish.release.manifest import read_manifest
from pariscall.publish.release.verify import verify
from pariscall.publish.release.version import read_issued
from pariscall.rdf.namespaces import PREFIXES
from support.releases import VERSION

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "pariscall", "release", VERSION, "-o"]


@pytest.fixture
def made(whole_release: Path) -> Path:
    return whole_release


@pytest.fixture
def copy(small_release: Path, tmp_path: Path) -> Path:
    """Copy a release of few parties, for a test to spoil."""
    return shutil.copytree(small_release, tmp_path / VERSION)


def test_a_release_holds_everything_that_is_published(made: Path) -> None:
    names = set(file_names(made))
    assert names >= {"manifest.json", "SHA256SUMS", *DESCRIPTIONS}
    assert names >= {
        f"paris-call.{suffix}{gz}"
        for suffix in ("ttl", "nt", "jsonld", "trig")
        for gz in ("", ".gz")
    }
    assert names >= {
        "paris-call-signatories.csv.gz",
        "paris-call-events.atom",
        "paris-call-ledger.csv",
        "paris-call.xlsx",
        "paris-call.sqlite.gz",
        "paris-call.r2rml.ttl",
        "paris-call.geojson",
        "paris-call.graphml",
        "paris-call.rdf",
    }
    assert names >= {
        "vocabulary/ontology.ttl",
        "vocabulary/codes.nt",
        "vocabulary/ontology.rdf",
        "vocabulary/shapes-gate.jsonld",
        "vocabulary/shapes-gate-core.ttl",
        "vocabulary/context-v1.jsonld",
    }
    assert names >= {"reports/validation.ttl", "reports/registry.html"}
    assert not [name for name in names if "partial" in name]


def test_a_release_is_what_is_said_of_it(made: Path) -> None:
    assert verify(made) == []


def test_the_checksums_are_those_of_sha256sum(made: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not installed")
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=made, check=True)


def test_a_second_run_elsewhere_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([*COMMAND, "out"], cwd=tmp_path, env=environment, check=True)
    again = tmp_path / "out" / VERSION
    assert file_names(again) == file_names(made)
    for name in file_names(made):
        assert (again / name).read_bytes() == (made / name).read_bytes(), name


def test_the_lines_are_in_order_and_the_packed_files_hold_the_plain_ones(made: Path) -> None:
    lines = (made / "paris-call.nt").read_bytes().splitlines()
    assert lines == sorted(set(lines))
    assert (
        gzip.decompress((made / "paris-call.ttl.gz").read_bytes())
        == (made / "paris-call.ttl").read_bytes()
    )


# ------------------------------------------------------------------------ descriptions


def test_every_file_is_described_with_its_size_and_checksum(made: Path) -> None:
    package = json.loads((made / "datapackage.json").read_bytes())
    crate = json.loads((made / "ro-crate-metadata.json").read_bytes())
    described = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(package["resources"]) == len(read_manifest(made).files)
    for resource in package["resources"]:
        path = made / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        assert resource["hash"] == f"sha256:{sha256(path)}"
        assert described[resource["path"]]["sha256"] == sha256(path)
    assert {"@id": "paris-call.ttl"} in described["./"]["hasPart"]


def test_dcat_names_each_dump_with_its_checksum(made: Path) -> None:
    quads = list(parse(path=str(made / "dcat.ttl"), format=RdfFormat.TURTLE))
    kind = PREFIXES["dcat"] + "Distribution"
    dumps = [quad.subject for quad in quads if quad.object.value == kind]
    assert len(dumps) == 2 * len(DUMPS), "each plain and compressed"
    checksums = {q.object.value for q in quads if q.predicate.value.endswith("checksumValue")}
    assert sha256(made / "paris-call.ttl") in checksums


# ------------------------------------------------------------------- versions and faults


@pytest.mark.parametrize(
    "version", ["1.0", "2026-11-22", "2026.13.01", "2026.02.30", "2026.11.22.0", "../x"]
)
def test_a_version_is_a_day(version: str, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="is not a version"):
        release(version, tmp_path)


def test_the_day_of_issue_is_that_of_the_version_or_of_the_epoch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert read_issued("2026.11.22.3").isoformat() == "2026-11-22"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert read_issued("2026.11.22").isoformat() == "1970-01-01"


def test_a_release_never_changes(made: Path) -> None:
    with pytest.raises(MisuseError, match="A release never changes"):
        release(VERSION, made.parent)


def test_an_index_that_was_not_written_any_more_is_by_the_next_run(copy: Path) -> None:
    with pytest.raises(MisuseError, match="A release never changes"):
        release(VERSION, copy.parent)
    index = read_index((copy.parent / "releases.json").read_bytes(), "releases.json")
    assert index == {VERSION: sha256(copy / "SHA256SUMS")}


def test_where_nothing_can_be_written_there_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot write"):
        release(VERSION, tmp_path / "file")


@pytest.mark.parametrize("stage", ["export_graph", "_write_reports", "_manifest"])
def test_a_fault_at_any_stage_leaves_no_release(
    stage: str, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(assembly, stage, fault)
        with pytest.raises(OutputError, match="No space left on device"):
            release(VERSION, tmp_path / "out", small)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_run_leaves_no_release_and_the_next_recovers(
    number: int, small: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = [*COMMAND, str(out), "--tables", str(small)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = iter(process.stderr.readline, "")
    assert any(line.startswith("dumps:") for line in said)
    with pytest.raises(OutputError, match="another run is writing here"):
        release(VERSION, out, small)
    process.send_signal(number)
    process.communicate()
    assert not (out / VERSION).exists()
    release(VERSION, out, small)
    assert sorted(path.name for path in out.iterdir()) == [VERSION, "releases.json"]
    assert verify(out / VERSION) == []
