"""The index of releases, in which the newest can be found without a listing of the folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import ReleaseError, relative
from ...io.atomic import write_file
from .checksums import SUMS, sha256
from .decoding import Sha256, decode
from .manifest import read_manifest
from .version import in_order, releases_in

NAME = "releases.json"


@dataclass(frozen=True)
class _Entry:
    version: str
    SHA256SUMS: Sha256


@dataclass(frozen=True)
class _Index:
    releases: Sequence[_Entry]


def write_index(folder: Path) -> None:
    """Write the index of the releases that are in a locked folder, the newest first.

    Raises:
        ReleaseError: if one of them is invalid.
        OutputError: if it cannot be written.
    """
    write_file(folder / NAME, to_json(releases_in(folder)), is_locked=True)


def to_json(releases: Sequence[Path]) -> bytes:
    """Write an index of releases, given the oldest first, as JSON.

    Raises:
        ReleaseError: if one of them is invalid.
    """
    entries = [_entry(path) for path in reversed(releases)]
    return (json.dumps({"releases": entries}, indent=1) + "\n").encode()


def _entry(path: Path) -> dict[str, Any]:
    manifest = read_manifest(path)
    if manifest.version != path.name:
        raise ReleaseError(f"{relative(path)}: this is release {manifest.version!r}. Rename it.")
    return {
        "version": manifest.version,
        "issued": manifest.issued,
        "modified": manifest.modified,
        "triples": manifest.statistics.triples,
        "size": sum(file.size for file in manifest.files),
        SUMS: sha256(path / SUMS),
    }


def read_index(content: bytes, place: str) -> dict[str, str]:
    """Read an index: the checksum of ``SHA256SUMS`` by version, the oldest first.

    Raises:
        ReleaseError: if it is invalid, or names no release.
    """
    entries = decode(content, _Index, place, "an index of releases").releases
    found = {entry.version: entry.SHA256SUMS for entry in entries}
    versions = in_order(list(found))
    if not versions:
        raise ReleaseError(f"{place}: there is no release.")
    return {version: found[version] for version in versions}
