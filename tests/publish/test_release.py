"""A release is whole or not there, the same each time, and all that is said of it is true."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from pariscall.errors import MisuseError, OutputError, ReleaseError
from pariscall.publish.dumps import DUMPS
from pariscall.publish.release import assembly
from pariscall.publish.release.assembly import release
from pariscall.publish.release.checksums import file_names, sha256
from pariscall.publish.release.descriptions import DESCRIPTIONS
from pariscall.publish.release.index import read_index
from pariscall.publish.release.manifest import read_manifest
from pariscall.publish.release.signature import sign
from pariscall.publish.release.verify import verify
from pariscall.publish.release.version import read_issued
from pariscall.rdf.namespaces import PREFIXES
from support.command import Run
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


# ------------------------------------------------------------------ what verify finds


def spoil(copy: Path, name: str) -> None:
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)


@pytest.mark.parametrize(
    "name",
    [
        "paris-call.ttl",
        "paris-call.nt.gz",
        "vocabulary/codes.ttl",
        "reports/registry.md",
        "dcat.ttl",
        "paris-call-ledger.csv",
    ],
)
def test_one_flipped_byte_is_found_and_its_file_named(copy: Path, name: str) -> None:
    spoil(copy, name)
    assert [line for line in verify(copy) if line.startswith(f"{name}: was changed")]


def test_a_missing_and_a_further_file_are_found(copy: Path) -> None:
    (copy / "void.ttl").unlink()
    (copy / "vocabulary" / "more.txt").write_bytes(b"")
    assert verify(copy) == [
        "void.ttl: is missing.",
        "vocabulary/more.txt: unexpected file: not listed in SHA256SUMS.",
    ]


def resum(copy: Path) -> None:
    """Make the checksums fit again, as one who forges a release would."""
    names = [name for name in file_names(copy) if not name.startswith("SHA256SUMS")]
    sums = "".join(f"{sha256(copy / name)}  {name}\n" for name in names)
    (copy / "SHA256SUMS").write_text(sums, encoding="utf-8")


@pytest.mark.parametrize("name", ["paris-call.nt", "void.ttl", "paris-call-ledger.csv"])
def test_a_file_that_is_left_out_of_the_checksums_too_is_missed(copy: Path, name: str) -> None:
    (copy / name).unlink()
    resum(copy)
    problems = verify(copy)
    assert f"{name}: is missing." in problems
    assert f"{name}: manifest.json names it, SHA256SUMS does not." in problems


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ('"triples": ', "manifest.json: the number of triples is not"),
        ('ns#Endorsement": ', "manifest.json: the number of classes is not"),
        ('"issued": "2026-11-', "CITATION.cff: does not describe what manifest.json lists."),
        ('"size": ', "where manifest.json says "),
    ],
)
def test_a_number_that_disagrees_is_found_though_the_checksums_fit(
    copy: Path, number: str, problem: str
) -> None:
    text = (copy / "manifest.json").read_text(encoding="utf-8")
    before, found, after = re.split(rf"(?<={re.escape(number)})(\d+)", text, maxsplit=1)
    changed = f"{before}{int(found) + 1}{after}"
    (copy / "manifest.json").write_text(changed, encoding="utf-8")
    resum(copy)
    assert any(problem in line for line in verify(copy))


def test_a_graph_that_differs_in_one_format_is_found_though_the_checksums_fit(copy: Path) -> None:
    path = copy / "paris-call.trig"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"ABB"', '"BBA"', 1), encoding="utf-8")
    resum(copy)
    assert "paris-call.trig: is not the same graph as paris-call.jsonld." in verify(copy)


def test_a_folder_that_is_no_release_is_refused(tmp_path: Path, copy: Path) -> None:
    with pytest.raises(ReleaseError, match="Is this a release"):
        verify(tmp_path)
    (copy / "manifest.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ReleaseError, match="this is not a manifest"):
        verify(copy)


def test_the_command_names_the_file_and_fails(run: Run, copy: Path) -> None:
    assert run("verify", copy).returncode == 0
    spoil(copy, "paris-call.jsonld")
    finished = run("verify", copy)
    assert finished.returncode == 1
    assert finished.stdout.startswith("paris-call.jsonld: was changed: its SHA-256 is not that")
    assert "Traceback" not in finished.stderr


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
    while not process.stderr.readline().startswith("dumps:"):
        pass
    with pytest.raises(OutputError, match="another run is writing here"):
        release(VERSION, out, small)
    process.send_signal(number)
    process.communicate()
    assert not (out / VERSION).exists()
    release(VERSION, out, small)
    assert sorted(path.name for path in out.iterdir()) == [VERSION, "releases.json"]
    assert verify(out / VERSION) == []


# --------------------------------------------------------------------------- signature


def ssh_key(path: Path) -> Path:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)]
    subprocess.run(command, check=True)
    return path


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_a_signature_is_by_one_who_may_sign_and_fits(copy: Path, tmp_path: Path) -> None:
    key, other = ssh_key(tmp_path / "key"), ssh_key(tmp_path / "other")
    signers, strangers = tmp_path / "signers", tmp_path / "strangers"
    for path, signer in ((signers, key), (strangers, other)):
        public = signer.with_suffix(".pub").read_text(encoding="utf-8")
        path.write_text(f"keeper@example.org {public}", encoding="utf-8")
    unsigned = "SHA256SUMS.sig: is missing: the release is not signed."
    assert verify(copy, signers) == [unsigned]
    sign(copy, key)
    assert verify(copy) == verify(copy, signers) == []
    assert verify(copy, strangers) == [
        "SHA256SUMS.sig: signed by a key that is not in the allowed-signers file 'strangers'."
    ]
    (copy / "void.ttl").unlink()
    resum(copy)
    assert any(line.startswith("SHA256SUMS.sig: does not fit") for line in verify(copy, signers))


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_a_key_that_does_not_sign_is_named(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="none: cannot sign with it"):
        sign(copy, tmp_path / "none")
    with pytest.raises(MisuseError, match="no such file of allowed signers"):
        verify(copy, tmp_path / "none")
