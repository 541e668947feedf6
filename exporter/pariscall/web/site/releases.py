"""The releases that the site offers for download."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from pyoxigraph import RdfFormat

from ...errors import MisuseError, ReleaseError, relative
from ...publish.release.checksums import file_names, sha256
from ...publish.release.descriptions.documents import schema_org
from ...publish.release.index import NAME as INDEX
from ...publish.release.manifest import Manifest, read_manifest
from ...publish.release.version import order
from ...rdf.reader import read_file
from ...rdf.serializer import convert

DESCRIPTION = "dcat.ttl"


@dataclass(frozen=True)
class Download:
    """A file of a release: its path in the release, its size in bytes and its SHA-256."""

    path: str
    media_type: str
    role: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Release:
    """A release and the folder that holds it."""

    folder: Path
    manifest: Manifest
    downloads: Sequence[Download]

    @property
    def document(self) -> str:
        """The document of the site that describes it; its files are below it."""
        return f"dataset/{self.manifest.dataset}/{self.manifest.version}"

    @property
    def dataset(self) -> str:
        """The dataset of which this is a release."""
        return self.manifest.dataset

    @property
    def size(self) -> int:
        """The size of all files in bytes."""
        return sum(download.size for download in self.downloads)

    def schema_org(self) -> Any:
        """Return the description for dataset search engines, as JSON-LD (https://schema.org/Dataset)."""
        return json.loads(schema_org(self.manifest))

    def represent(self) -> Iterable[tuple[str, bytes]]:
        """Yield the description of the release in each format: suffix and content."""
        quads = read_file(self.folder / DESCRIPTION)
        yield ".ttl", (self.folder / DESCRIPTION).read_bytes()
        yield ".jsonld", convert(quads, RdfFormat.JSON_LD)
        yield ".nt", convert(quads, RdfFormat.N_TRIPLES)
        yield ".rdf", convert(quads, RdfFormat.RDF_XML)


def index_path(releases: Sequence[Release]) -> str:
    """Return the path of the index of releases, of which there is one at least."""
    return f"{PurePosixPath(releases[0].document).parent}/{INDEX}"


def read_releases(folders: Iterable[Path]) -> list[Release]:
    """Return the releases in some folders, the newest first.

    Raises:
        ReleaseError: if a folder is not a release, or a file was changed.
        MisuseError: if two releases have the same version.
    """
    releases = sorted(map(_read, folders), key=_order, reverse=True)
    for one, other in pairwise(releases):
        if one.document == other.document:
            raise MisuseError(
                f"{relative(one.folder)} and {relative(other.folder)} have the same version."
            )
    return releases


def _read(folder: Path) -> Release:
    manifest = read_manifest(folder)
    known = {file.path: file for file in manifest.files}
    downloads = []
    for name in file_names(folder):
        path = folder / name
        file = known.get(name)
        checksum = sha256(path)
        if file and file.sha256 != checksum:
            raise ReleaseError(f"{relative(path)}: was changed since the release. Release anew.")
        downloads.append(
            Download(
                path=name,
                media_type=file.media_type if file else "",
                role=file.role if file else "description",
                size=path.stat().st_size,
                sha256=checksum,
            )
        )
    missing = known.keys() - {download.path for download in downloads}
    if missing:
        raise ReleaseError(f"{relative(folder / min(missing))}: is missing from the release.")
    return Release(folder, manifest, downloads)


def _order(release: Release) -> tuple[str, tuple[date, int]]:
    manifest = release.manifest
    return manifest.dataset, order(manifest.version) or (date.min, 0)
