"""Whatever was altered in a release is found and named, and a signature is by one who may sign."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pariscall.errors import MisuseError, ReleaseError
from pariscall.publish.release.checksums import file_names, sha256
from pariscall.publish.release.signature import sign
from pariscall.publish.release.verify import verify
from support.command import Run
from support.releases import VERSION

pytestmark = pytest.mark.slow


@pytest.fixture
def copy(small_release: Path, tmp_path: Path) -> Path:
    """Copy a release of few parties, for a test to spoil."""
    return shutil.copytree(small_release, tmp_path / VERSION)


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
