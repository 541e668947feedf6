"""The manifest: the one record of what a release is, from which all descriptions are made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ...errors import ReleaseError, relative
from ...rdf.statistics import Statistics

NAME = "manifest.json"
SUMS = "SHA256SUMS"
DATA = "paris-call.nt"


@dataclass(frozen=True)
class Field:
    """A column of a CSV file: what a cell must be, as CSV on the Web says it.

    ``datatype`` is a type of XSD, and ``pattern`` a regular expression for the whole cell.
    """

    name: str
    datatype: str
    required: bool
    pattern: str | None
    minimum: int | None


@dataclass(frozen=True)
class File:
    """A file of a release.

    ``role`` is ``data``, ``vocabulary``, ``report`` or ``description``, ``triples`` the number of
    statements if the file is RDF, ``packs`` the file that a ``.gz`` file holds, and ``fields``
    the columns of a table.
    """

    path: str
    role: str
    media_type: str
    size: int
    sha256: str
    triples: int | None = None
    packs: str | None = None
    fields: Sequence[Field] | None = None


@dataclass(frozen=True)
class Manifest:
    """What a release is. Texts are by language; ``issued`` and ``modified`` are days.

    ``ontology``, ``shapes`` and ``software`` are semantic versions.
    """

    dataset: str
    version: str
    issued: str
    modified: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    rights: Mapping[str, str]
    licence: str
    publisher: str
    source: str
    ontology: str
    shapes: str
    software: str
    statistics: Statistics
    files: Sequence[File]

    def to_json(self) -> bytes:
        """Write the manifest as JSON."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    def file(self, path: str) -> File:
        """Give a file by its path."""
        return next(file for file in self.files if file.path == path)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a release.

    Raises:
        ReleaseError: if there is none, or it is not one.
    """
    path = folder / NAME
    try:
        said: dict[str, Any] = json.loads(path.read_bytes())
        statistics = Statistics(**said.pop("statistics"))
        files = [_file(file) for file in said.pop("files")]
        return Manifest(**said, statistics=statistics, files=files)
    except OSError as error:
        raise ReleaseError(f"{relative(path)}: {error.strerror}. Is this a release?") from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReleaseError(f"{relative(path)}: this is not a manifest: {error}.") from None


def _file(said: dict[str, Any]) -> File:
    fields = said.pop("fields", None)
    return File(**said, fields=fields and [Field(**field) for field in fields])


def read_sums(folder: Path) -> dict[str, str]:
    """Read the checksums of a release: SHA-256 by file name.

    Raises:
        ReleaseError: if there are none, or they are not in the format of ``sha256sum``.
    """
    path = folder / SUMS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(f"{relative(path)}: cannot be read: {error}.") from None
    sums = {}
    for number, line in enumerate(lines, 1):
        checksum, separator, name = line.partition("  ")
        if not separator or len(checksum) != 2 * hashlib.sha256().digest_size:
            raise ReleaseError(f"{relative(path)}:{number}: this is not a line of sha256sum.")
        sums[name] = checksum
    return sums


def file_names(folder: Path) -> list[str]:
    """Name the files below a folder, in order."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def sha256(path: Path) -> str:
    """Compute the SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
