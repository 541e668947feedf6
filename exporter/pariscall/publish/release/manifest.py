"""The manifest: the one record of what a release is, from which all descriptions are made.

Its ``format`` is a number that grows when a reader of an older format would misunderstand it. A
reader ignores what it does not know, so a new key needs no new number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from ... import __version__
from ...errors import ReleaseError, relative
from ...project import current
from ...rdf.statistics import Statistics
from .checksums import MOST_FILES, read_sums
from .decoding import FileName, Sha256, check_names, decode, read_known

NAME = "manifest.json"
FORMAT = 2

# A manifest of format 1 does not name the descriptions; these were all.
_FIRST_DESCRIPTIONS = (
    *("CITATION.cff", "croissant.json", "datapackage.json", "dcat.ttl"),
    *("ro-crate-metadata.json", "schema-org.jsonld", "void.ttl"),
)

LARGEST_GRAPH = 64 * 1024 * 1024  # bytes of an RDF file

Count = Annotated[int, Meta(ge=0)]
Day = Annotated[str, Meta(pattern=r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Version = Annotated[str, Meta(pattern=r"\A[0-9]{4}\.[0-9]{2}\.[0-9]{2}(\.[1-9][0-9]{0,5})?\Z")]
# It is a part of the IRIs of graphs, which are written into requests to a store.
Slug = Annotated[str, Meta(pattern=r"\A[a-z0-9][a-z0-9-]{0,99}\Z")]


@dataclass(frozen=True)
class Field:
    """A column of a CSV file and what a cell must be, as in CSV on the Web.

    ``datatype`` is a type of XSD, and ``pattern`` a regular expression for the whole cell.
    """

    name: str
    datatype: str
    required: bool
    pattern: str | None
    minimum: int | None


@dataclass(frozen=True)
class File:
    """A file of a release. ``size`` is in bytes.

    ``role`` is ``data``, ``vocabulary`` or ``report``, ``triples`` the number of triples if the
    file is RDF, ``packs`` the file that a ``.gz`` file holds, and ``fields`` the columns of a table.
    """

    path: FileName
    role: str
    media_type: str
    size: Count
    sha256: Sha256
    triples: Count | None = None
    packs: FileName | None = None
    fields: Sequence[Field] | None = None


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The record of a release. Texts are by language; ``issued`` and ``modified`` are dates.

    ``ontology``, ``shapes`` and ``software`` are semantic versions. ``descriptions`` are the files
    made from this manifest, with their SHA-256. ``project`` is a digest of what they have from the
    project file.
    """

    format: int = 1
    dataset: Slug
    version: Version
    issued: Day
    modified: Day
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
    files: Annotated[Sequence[File], Meta(max_length=MOST_FILES)]
    descriptions: Mapping[FileName, Sha256] = field(default_factory=dict)
    project: Sha256 | None = None

    def to_json(self) -> bytes:
        """Write the manifest as JSON."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()

    def file(self, path: str) -> File:
        """Return a file by its path."""
        return next(file for file in self.files if file.path == path)

    @property
    def names(self) -> set[str]:
        """The names of all files of the release but the checksums and their signature."""
        return {NAME, *self.descriptions, *(file.path for file in self.files)}

    @property
    def data(self) -> str:
        """The name of the file with the whole data, as N-Triples."""
        return f"{self.dataset}.nt"

    @property
    def is_of_this_version(self) -> bool:
        """Whether this version of the software wrote the release, and can write it again.

        It cannot if the release is of another project, or the project file has changed since.
        """
        is_ours = self.dataset == current().slug and self.project == digest_of_project()
        return is_ours and self.format == FORMAT and self.software == __version__


def digest_of_project() -> str:
    """Return the SHA-256 of what the descriptions of a release have from the project file."""
    project = current()
    said = [project.slug, project.base, project.publisher, project.contact]
    text = json.dumps([*said, project.keywords, project.languages], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a release of this format or an earlier one.

    Raises:
        ReleaseError: if it is missing, invalid, or of a later format.
    """
    path = folder / NAME
    place = relative(path)
    content = read_known(path, FORMAT, "release", "Is this a release?")
    manifest = decode(content, Manifest, place, "a manifest")
    if manifest.format == 1:
        sums = read_sums(folder)
        known = {name: sums[name] for name in _FIRST_DESCRIPTIONS if name in sums}
        manifest = replace(manifest, descriptions=known)
    _check_paths(manifest, place)
    return manifest


def _check_paths(manifest: Manifest, place: str) -> None:
    paths = [file.path for file in manifest.files]
    check_names([*paths, *manifest.descriptions], place)
    for file in manifest.files:
        if file.packs is not None and file.packs not in paths:
            problem = f"{file.path!r} compresses {file.packs!r}, which it does not name"
            raise ReleaseError(f"{place}: this is not a manifest: {problem}.")
