"""A release outlives its maker: one of each past format is kept in tests/releases, and verifies.

``format-1.tar.xz`` was made by the last code that wrote no ``format``, ``format-2.tar.xz`` by the first
that did, as version 0.0.1: each from a few rows, with three dumps and one vocabulary.
"""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from pariscall import __version__
from pariscall.errors import ReleaseError
from pariscall.publish.push.release_graphs import read_graphs
from pariscall.publish.release import manifest as manifest_module
from pariscall.publish.release import verify as verify_module
from pariscall.publish.release.checksums import sha256
from pariscall.publish.release.manifest import (
    FORMAT,
    NAME,
    Manifest,
    digest_of_project,
    read_manifest,
)
from pariscall.publish.release.verify import verify
from pariscall.rdf import statistics
from pariscall.rdf.statistics import Statistics
from support.command import Run
from support.kept_releases import KEPT, resum, rewrite, unpack

pytestmark = pytest.mark.slow


@pytest.fixture(params=KEPT, ids=lambda path: path.name.partition(".")[0])
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return unpack(request.param, tmp_path)


def test_each_format_up_to_this_one_is_kept() -> None:
    assert [path.name for path in KEPT] == [
        f"format-{number}.tar.xz" for number in range(1, FORMAT + 1)
    ]


def test_a_release_of_each_format_verifies(release: Path) -> None:
    assert verify(release) == []


def test_a_release_of_each_format_can_be_pushed(release: Path) -> None:
    assert [len(graph.statements) for graph in read_graphs(release)] == [18, 1702]


def test_a_release_verifies_with_a_later_version_that_describes_and_counts_otherwise(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def describe(_: Manifest) -> bytes:
        return b"in other words"

    def count(lines: Iterable[str]) -> Statistics:
        return replace(true_count(lines), entities=0, links={"http://example.org/": {}})

    true_count = statistics.count_lines
    monkeypatch.setattr(manifest_module, "__version__", "99.0.0")
    monkeypatch.setattr(verify_module, "DESCRIPTIONS", {"dcat.ttl": describe, "new.txt": describe})
    monkeypatch.setattr(verify_module, "DUMPS", ())
    monkeypatch.setattr(statistics, "count_lines", count)
    assert verify(release) == []


def test_a_description_is_checked_by_its_checksum_in_each_format(release: Path) -> None:
    path = release / "dcat.ttl"
    path.write_bytes(path.read_bytes() + b"# more\n")
    assert "dcat.ttl: was changed: its SHA-256 is not that of SHA256SUMS." in verify(release)


def test_a_description_that_the_manifest_does_not_name_is_found(tmp_path: Path) -> None:
    release = unpack(KEPT[-1], tmp_path)
    path = release / "dcat.ttl"
    path.write_bytes(path.read_bytes() + b"# more\n")
    resum(release)
    assert "dcat.ttl: its SHA-256 is not that of manifest.json." in verify(release)


def test_unknown_keys_are_ignored(release: Path) -> None:
    said = json.loads((release / NAME).read_bytes())
    for record in (said, said["statistics"], *said["files"]):
        record["key of a later version"] = {"any": ["thing"]}
    said["software"] = "99.0.0"
    rewrite(release, **said)
    assert verify(release) == []


def test_a_later_format_asks_to_upgrade(run: Run, release: Path) -> None:
    rewrite(release, format=FORMAT + 1, files="in another way")
    finished = run("verify", release)
    assert finished.returncode == 3
    assert finished.stderr.count("\n") == 1
    assert "format 3" in finished.stderr
    assert "Upgrade: pip install --upgrade pariscall." in finished.stderr


@pytest.mark.parametrize(
    "changes",
    [
        {"files": None},
        {"files": [[]]},
        {"files": [{}]},
        {"files": [{"path": 1, "role": "data", "media_type": "", "size": 1, "sha256": "0" * 64}]},
        {"files": [{"path": "x", "role": "", "media_type": "", "size": -1, "sha256": "0" * 64}]},
        {"files": [{"path": "x", "role": "", "media_type": "", "size": 1, "sha256": "0"}]},
        {"title": "a text"},
        {"title": {"en": 1}},
        {"version": 2026},
        {"version": "../2026"},
        {"dataset": "a\nb"},
        {"dataset": "x> {} }; DROP ALL #"},
        {"issued": "some day"},
        {"descriptions": {"../dcat.ttl": "0" * 64}},
        {"descriptions": {"x" * 201: "0" * 64}},
        {"format": "2"},
        {"format": 1.5},
        {"statistics": {}},
        {"statistics": {"triples": "many"}},
        {"descriptions": {"dcat.ttl": 1}},
    ],
)
def test_a_manifest_of_another_shape_is_one_line(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    release = unpack(KEPT[-1], tmp_path)
    rewrite(release, **changes)
    with pytest.raises(ReleaseError, match=r"manifest\.json: this is not a manifest: ") as refused:
        verify(release)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000, b'"\\ud800"', b"1e999"])
def test_a_manifest_that_is_not_json_is_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(ReleaseError, match=r"manifest\.json: this is not a manifest: "):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"licence": "not an IRI"},
        {"publisher": "\u0000"},
        {"issued": "2026-99-99"},
    ],
)
def test_a_manifest_that_lies_is_told_without_a_traceback(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    release = unpack(KEPT[-1], tmp_path)
    rewrite(release, software=__version__, project=digest_of_project(), **changes)
    assert any("does not describe" in line for line in verify(release))


def test_a_release_under_the_name_of_another_version_is_found(release: Path) -> None:
    renamed = release.rename(release.with_name("2026.11.23"))
    assert "manifest.json: this is release '2026.11.22', not '2026.11.23'." in verify(renamed)


def test_a_compressed_file_is_unpacked_no_further_than_it_should_go(tmp_path: Path) -> None:
    release = unpack(KEPT[-1], tmp_path)
    (release / "paris-call.ttl.gz").write_bytes(gzip.compress(bytes(300_000_000), 9))
    said = json.loads((release / NAME).read_bytes())
    for file in said["files"]:
        if file["path"] == "paris-call.ttl.gz":
            file["sha256"] = sha256(release / "paris-call.ttl.gz")
            file["size"] = (release / "paris-call.ttl.gz").stat().st_size
    rewrite(release, **said)
    tracemalloc.start()
    assert "paris-call.ttl.gz: does not hold paris-call.ttl." in verify(release)
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
