"""The cache of the graph is never stale, never half there, and never needed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from pariscall.query import cache
from pariscall.query.cache import cached_store

pytestmark = pytest.mark.slow


def entries(home: Path) -> list[Path]:
    return sorted((home / "pariscall" / "graphs").glob("*"))


def size(store: Store) -> int:
    return len(store)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def test_the_second_time_the_graph_comes_from_the_disk(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = size(cached_store())
    [entry] = entries(home)
    monkeypatch.delattr(cache, "TableGraph")
    assert size(cached_store()) == first
    assert entries(home) == [entry]


def test_changed_tables_make_a_new_entry(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached_store()
    path = folder / "counts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",51,", ",52,"), encoding="utf-8")
    monkeypatch.setattr(cache, "TABLES", folder)
    cached_store()
    assert len(entries(home)) == 2


def test_a_broken_entry_is_made_anew(home: Path) -> None:
    whole = size(cached_store())
    [entry] = entries(home)
    for path in entry.iterdir():
        path.write_bytes(b"rubbish")
    assert size(cached_store()) == whole
    assert size(cached_store()) == whole


def test_old_entries_are_cleared_away(home: Path) -> None:
    for number in range(8):
        (home / "pariscall" / "graphs" / f"old{number}").mkdir(parents=True)
    cached_store()
    assert len(entries(home)) == 4


def test_without_a_place_to_keep_it_the_graph_is_built_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert size(cached_store())
