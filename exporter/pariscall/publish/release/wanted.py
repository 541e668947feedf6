"""Which release is asked for, so that another one is not taken in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .checksums import SUMS
from .manifest import NAME, Manifest
from .version import is_version

_DATASET = re.compile(r"/dataset/([^/]+)/")


@dataclass(frozen=True)
class Wanted:
    """A release that is asked for, as far as that is known.

    ``sums`` is the SHA-256 of its ``SHA256SUMS``, and ``signers`` a file of allowed signers, one of
    whom must have signed it.
    """

    version: str | None = None
    dataset: str | None = None
    sums: str | None = None
    signers: Path | None = None

    def problems(self, manifest: Manifest) -> Iterator[str]:
        """Find how a release differs from the one that is asked for."""
        if self.version not in (None, manifest.version):
            yield f"{NAME}: this is release {manifest.version!r}, not {self.version!r}."
        if self.dataset not in (None, manifest.dataset):
            yield f"{NAME}: this is a release of {manifest.dataset!r}, not of {self.dataset!r}."

    def sums_problems(self, checksum: str) -> Iterator[str]:
        """Find whether ``SHA256SUMS`` is another one than the index of releases names."""
        if self.sums not in (None, checksum):
            yield f"{SUMS}: its SHA-256 is not that of the index of releases."


ANY = Wanted()


def wanted_at(folder: Path, signers: Path | None = None) -> Wanted:
    """Return the release that a folder is named after: its version, and its dataset if both are.

    That is ``dataset/NAME/VERSION``; ``.`` has the name that the folder has elsewhere.
    """
    named = folder if is_version(folder.name) else folder.resolve()
    above = named.absolute().parent
    dataset = above.name if above.parent.name == "dataset" else None
    version = version_named(named.name)
    return Wanted(version, dataset if version else None, signers=signers)


def version_named(name: str) -> str | None:
    """Return the version that the name of a folder is, if it is one."""
    return name if is_version(name) else None


def dataset_named(url: str) -> str | None:
    """Return the dataset that an address names, as ``.../dataset/harbour-charter/`` does."""
    found = _DATASET.search(url)
    return found[1] if found else None
