"""A release that is another one than was asked for, or too large, is refused before it is fetched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pariscall.errors import ReleaseError, WebError
from pariscall.publish.push.release_graphs import read_graphs
from pariscall.publish.release.checksums import SUMS, sha256
from pariscall.publish.release.index import to_json
from pariscall.publish.release.manifest import NAME
from pariscall.publish.release.pull import pull, verify_url
from pariscall.publish.release.verify import verify
from support.folders import Folders, instead, serve
from support.kept_releases import KEPT, VERSION, rewrite, unpack

pytestmark = pytest.mark.slow

OLDER, NEWER = "2026.11.21", "2026.11.23"
DATASET = "dataset/paris-call"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Publish a release, and copies of it that say that they are older and newer."""
    folder = tmp_path / "published" / DATASET
    folder.mkdir(parents=True)
    first = unpack(KEPT[-1], folder)
    for version in (OLDER, NEWER):
        other = shutil.copytree(first, folder / version)
        rewrite(other, version=version, software="0.0.0")
    write_index(folder, OLDER, VERSION, NEWER)
    return folder


@pytest.fixture
def server(published: Path) -> Iterator[str]:
    with serve(published.parent.parent) as address:
        yield f"{address}{DATASET}/"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def write_index(folder: Path, *versions: str) -> None:
    entries = [{"version": v, SUMS: sha256(folder / v / SUMS)} for v in versions]
    (folder / "releases.json").write_text(json.dumps({"releases": entries}), encoding="utf-8")


def asked() -> set[str]:
    return {path.rpartition("/")[2] for path, _ in Folders.asked}


def test_an_older_release_under_a_newer_name_is_refused(
    server: str, published: Path, out: Path
) -> None:
    shutil.rmtree(published / NEWER)
    shutil.copytree(published / OLDER, published / NEWER)
    write_index(published, OLDER, VERSION, NEWER)
    problem = f"this is release '{OLDER}', not '{NEWER}'"
    for version in (NEWER, None):
        with pytest.raises(ReleaseError, match=problem):
            pull(version, server, out)
    with pytest.raises(ReleaseError, match=problem):
        verify_url(f"{server}{NEWER}/")
    assert asked() <= {"releases.json", SUMS, f"{SUMS}.sig", NAME}
    assert not (out / NEWER).exists()


def test_a_folder_of_another_name_is_found_wherever_one_stands(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = f"this is release '{VERSION}', not '{NEWER}'"
    other = shutil.copytree(published / VERSION, tmp_path / NEWER)
    link = tmp_path / "links" / NEWER
    link.parent.mkdir()
    link.symlink_to(published / VERSION)
    monkeypatch.chdir(other)
    for folder in (other, Path(), link):
        assert any(problem in line for line in verify(folder))
        with pytest.raises(ReleaseError, match=problem):
            read_graphs(folder)
    with pytest.raises(ReleaseError, match="Rename it"):
        to_json([other])


def test_a_dataset_is_that_of_the_folder(published: Path) -> None:
    rewrite(published / VERSION, dataset="other-call", software="0.0.0")
    problem = "this is a release of 'other-call', not of 'paris-call'"
    assert any(problem in line for line in verify(published / VERSION))


def test_a_release_of_another_dataset_is_refused(server: str, published: Path, out: Path) -> None:
    rewrite(published / VERSION, dataset="other-call", software="0.0.0")
    with pytest.raises(ReleaseError, match="a release of 'other-call', not of 'paris-call'"):
        pull(VERSION, server, out)


def test_a_dataset_is_that_of_the_releases_that_are_here(
    server: str, published: Path, out: Path, tmp_path: Path
) -> None:
    pull(OLDER, server, out)
    elsewhere = published.rename(tmp_path / "published" / "releases")
    rewrite(elsewhere / VERSION, dataset="other-call", software="0.0.0")
    address = server.replace(DATASET, "releases")
    with pytest.raises(ReleaseError, match="a release of 'other-call', not of 'paris-call'"):
        pull(VERSION, address, out)


def test_an_index_that_was_taken_back_is_refused(server: str, published: Path, out: Path) -> None:
    assert pull(None, server, out) == out / NEWER
    assert pull(None, server, out) == out / NEWER
    write_index(published, OLDER, VERSION)
    with pytest.raises(ReleaseError, match=f"newest release is {VERSION}, older than") as refused:
        pull(None, server, out)
    assert "\n" not in str(refused.value)
    assert pull(VERSION, server, out) == out / VERSION  # by its name it can still be had


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_the_signature_is_checked_before_anything_else_is_fetched(
    server: str, out: Path, tmp_path: Path
) -> None:
    signers = tmp_path / "signers"
    signers.write_text("", encoding="utf-8")
    Folders.faults[f"{SUMS}.sig"] = instead(b"not a signature\n")
    with pytest.raises(ReleaseError, match=r"SHA256SUMS\.sig: signed by a key that is not in"):
        pull(VERSION, server, out, signers=signers)
    assert asked() == {SUMS, f"{SUMS}.sig"}


def test_a_file_is_fetched_no_further_than_its_size(server: str, out: Path) -> None:
    Folders.faults["paris-call.ttl"] = instead(bytes(50_000_000))
    with pytest.raises(WebError, match=r"paris-call\.ttl: the (file|answer) is longer than 8"):
        pull(VERSION, server, out)
    kept = (out / f".{VERSION}.partial" / "paris-call.ttl").stat().st_size
    assert kept < 100_000


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("".join(f"{'0' * 64}  {n}\n" for n in range(2_000)), "names more than 1,000 files"),
        (f"{'0' * 64}  {'x' * 300}\n", "is not the name of a file in a release"),
        (f"{'0' * 64}  x\x1b[2J\n", r"'x\x1b[2J' is not the name of a file in a release"),
        (f"{'0' * 64}  .hidden\n", "is not the name of a file in a release"),
        (f"{'0' * 64}  a/../b\n", "is not the name of a file in a release"),
        (f"{'0' * 64}  a\n{'0' * 64}  a/b\n", "'a' cannot be a file and a folder"),
        (f"{'0' * 64}  a\n{'1' * 64}  a\n", "'a' is named twice"),
        (f"{'0' * 64}  a\n{'0' * 64}  A\n", "'A' is named twice"),
        (f"{'0' * 64}  SHA256SUMS.sig\n", "'SHA256SUMS.sig' is not the name of a file"),
        (f"{'g' * 64}  a\n", "this is not a line of sha256sum"),
    ],
)
def test_checksums_that_no_release_has_are_refused(
    server: str, out: Path, lines: str, problem: str
) -> None:
    Folders.faults[SUMS] = instead(lines.encode())
    with pytest.raises(ReleaseError) as refused:
        pull(VERSION, server, out)
    assert problem in str(refused.value)
    assert str(refused.value).isprintable()
    assert asked() == {SUMS, f"{SUMS}.sig"}


def test_a_release_that_is_too_large_is_refused(server: str, published: Path, out: Path) -> None:
    said = json.loads((published / VERSION / NAME).read_bytes())
    said["files"][0]["size"] = 10**12
    rewrite(published / VERSION, **said)
    with pytest.raises(ReleaseError, match="the release has 1,000,"):
        pull(VERSION, server, out)
    assert asked() == {SUMS, f"{SUMS}.sig", NAME}


def test_a_file_that_the_manifest_does_not_name_is_not_fetched(
    server: str, published: Path, out: Path
) -> None:
    (published / VERSION / "more.txt").write_bytes(b"more")
    rewrite(published / VERSION)
    with pytest.raises(ReleaseError, match=r"more\.txt: SHA256SUMS names it, manifest\.json does"):
        pull(VERSION, server, out)
    assert "more.txt" not in asked()


@pytest.mark.parametrize(
    "index",
    [
        {"releases": [{"version": OLDER, SUMS: 1}]},
        {"releases": [{"version": 1, SUMS: "0" * 64}]},
        {"releases": [{"version": OLDER, SUMS: "0"}]},
        {"releases": {OLDER: "0" * 64}},
        {"releases": [{"version": "../x", SUMS: "0" * 64}]},
        [],
    ],
)
def test_an_index_of_another_shape_is_one_line(server: str, out: Path, index: object) -> None:
    Folders.faults["releases.json"] = instead(json.dumps(index).encode())
    with pytest.raises(ReleaseError, match=r"releases\.json: (this is not an|there is no)") as bad:
        pull(None, server, out)
    assert "\n" not in str(bad.value)
