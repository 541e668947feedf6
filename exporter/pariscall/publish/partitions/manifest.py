"""The manifest of a partitioned export: every file with its checksum, and the rows that it was made of.

It is written last: a folder without it is not complete. Its ``format`` is a number that grows when a
reader of an older format would misunderstand it; a key that a reader does not know is ignored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from msgspec import MsgspecError
from msgspec.json import decode as decode_json

from ...errors import ReleaseError
from ...io.storage import Folder
from ..release.decoding import FileName, Sha256, check_format, check_names, decode
from ..release.manifest import Count, Day, Slug

NAME = "manifest.json"
TYPE = "partitioned-export"
FORMAT = 1
# Of a run that has not ended: its parts, and what is known of them.
UNFINISHED = ".partitions.partial"
_LARGEST = 64 * 1024 * 1024  # bytes of the manifest


@dataclass(frozen=True)
class Rows:
    """The documents that a part has: of which head table, from which line on, and how many.

    Without a ``line``, they follow from a list of signatories.
    """

    table: str
    documents: Count
    line: Count | None = None


@dataclass(frozen=True)
class File:
    """A file that is not a part. ``bytes`` is its size."""

    path: FileName
    sha256: Sha256
    bytes: Count


@dataclass(frozen=True)
class PartFile(File):
    """A file of a part, with the triples of N-Triples or the rows of Parquet."""

    span: Rows
    triples: Count | None = None
    rows: Count | None = None


@dataclass(frozen=True)
class _Head:
    type: str | None = None


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The record of a partitioned export.

    ``as_of`` is the date of the data, if they are those of an earlier one; ``triples`` is their number,
    if there are N-Triples. ``sha256`` is that of the manifest itself without this value.
    """

    type: str = TYPE
    format: int = FORMAT
    sha256: str = ""
    dataset: Slug
    as_of: Day | None
    software: str
    triples: Count | None
    files: Sequence[File]
    parts: Sequence[PartFile]

    def to_json(self) -> bytes:
        """Write the manifest as JSON, a file a line."""
        content = _lines(asdict(replace(self, sha256="")))
        digest = hashlib.sha256(content).hexdigest()
        return content.replace(b'"sha256": ""', f'"sha256": "{digest}"'.encode(), 1)


def _lines(manifest: dict[str, Any]) -> bytes:
    values = []
    for name, value in manifest.items():
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, list):
            text = "[\n" + ",\n".join(f"  {json.dumps(_known(each))}" for each in value) + "\n ]"
        values.append(f' "{name}": {text}')
    return ("{\n" + ",\n".join(values) + "\n}\n").encode()


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the values that are none."""
    return {
        name: _known(value) if isinstance(value, dict) else value
        for name, value in values.items()
        if value is not None
    }


def is_partitioned(folder: Folder) -> bool:
    """Report whether a folder has a partitioned export, complete or not."""
    try:
        head = decode_json(folder.read(NAME, _LARGEST), type=_Head)
    except (OSError, MsgspecError, UnicodeDecodeError, RecursionError):
        with suppress(NotADirectoryError):
            return UNFINISHED in folder.entries()
        return False
    return head.type == TYPE


def read_manifest(folder: Folder) -> tuple[Manifest, bool]:
    """Read the manifest of a partitioned export, and whether it is as it was written.

    Raises:
        ReleaseError: if it is missing, invalid, or of a later format.
    """
    place = f"{folder}/{NAME}"
    try:
        content = folder.read(NAME, _LARGEST)
    except FileNotFoundError as error:
        hint = "The export did not come to its end: run it again."
        raise ReleaseError(f"{place}: {error.strerror}. {hint}") from None
    except OSError as error:
        raise ReleaseError(f"{place}: cannot be read: {error.strerror}.") from None
    check_format(content, FORMAT, place, "export")
    manifest = decode(content, Manifest, place, "a manifest")
    paths = [file.path for file in (*manifest.files, *manifest.parts)]
    check_names(paths, place)
    own = manifest.sha256.encode()
    return manifest, hashlib.sha256(content.replace(own, b"", 1)).hexdigest().encode() == own
