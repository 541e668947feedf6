"""Tables at an address are copied once, and named by it; whatever the store has, nothing else is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pariscall.errors import TableError, relative
from pariscall.publish.release.checksums import file_names
from pariscall.tables.copies import address_of, copy_of
from pariscall.tables.graph import TableGraph
from pariscall.tables.spans import TableSource

pytestmark = pytest.mark.slow

ADDRESS = "memory://bucket/tables"


@pytest.fixture
def files() -> Iterator[Any]:
    fsspec = pytest.importorskip("fsspec")
    yield fsspec.filesystem("memory")
    fsspec.filesystem("memory").store.clear()


def put(files: Any, folder: Path) -> None:
    for name in file_names(folder):
        files.pipe_file(f"/bucket/tables/{name}", (folder / name).read_bytes())


def test_the_tables_that_are_described_are_copied_and_named_by_the_address(
    files: Any, small: Path
) -> None:
    put(files, small)
    files.rm("/bucket/tables/mscall.toml")
    for other in ("notes.csv", "old/parties.csv", "..\\parties.csv"):
        files.pipe_file(f"/bucket/tables/{other}", b"other")
    copy = copy_of(ADDRESS, is_new=True)
    assert {"parties.csv", "csv-metadata.json"} <= {path.name for path in copy.iterdir()}
    assert {"notes.csv", "old", "mscall.toml"}.isdisjoint(path.name for path in copy.iterdir())
    assert copy_of(ADDRESS) == copy
    assert address_of(copy) == ADDRESS
    assert address_of(small) is None
    assert relative(copy / "parties.csv") == f"{ADDRESS}/parties.csv"
    assert relative(small / "parties.csv") == str(small / "parties.csv")


def test_a_name_that_leads_out_of_the_folder_is_not_followed(
    files: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    for name in ("mscall.toml", "a/b.csv", "a/../../out.csv", "//out.csv"):
        files.store[f"/bucket/odd/{name}"] = memory_file(files, name)
    copy = copy_of("memory://bucket/odd")
    assert file_names(copy) == ["a/b.csv", "mscall.toml"]
    assert address_of(copy / "a") == "memory://bucket/odd/a"
    assert copy_of("memory://bucket/odd/a/") == copy / "a"
    assert [path.name for path in tmp_path.iterdir()] == [copy.name]


def memory_file(files: Any, name: str) -> Any:
    """Return a file of a store in memory, to be put under a name that the store would mend."""
    files.pipe_file("/aside", name.encode())
    return files.store.pop("/aside")


def test_a_worker_copies_tables_that_changed_anew_and_refuses_others(
    files: Any, small: Path
) -> None:
    put(files, small)
    path, content = "/bucket/tables/parties.csv", (small / "parties.csv").read_bytes()
    digest = TableGraph(copy_of(ADDRESS, is_new=True)).files.digest()
    files.pipe_file(path, content.replace(b"ABB", b"Abb"))
    copy_of(ADDRESS, is_new=True)  # by an earlier run of the worker
    with pytest.raises(TableError, match=f"{ADDRESS}: the tables are not those that were checked"):
        TableSource(small, digest, None, ADDRESS).open()
    files.pipe_file(path, content)
    assert (
        TableSource(small, digest, None, ADDRESS).open().schema["parties.csv"].path.read_bytes()
        == content
    )
