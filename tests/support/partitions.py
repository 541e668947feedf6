"""Partitioned exports of few rows."""

from __future__ import annotations

from pathlib import Path

from pariscall.publish.release.checksums import file_names

BOTH = ("nt", "parquet")
SIZE = 20  # documents of a part


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder."""
    return {name: (folder / name).read_bytes() for name in file_names(folder)}
