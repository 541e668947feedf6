"""The npm packages that the site contains: built files, exactly as they were published.

``vendor.csv`` next to this module has the package, the version, the path in it and the SHA-256 of
each file. ``python -m pariscall.web.site.vendor`` downloads them again.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
# Read when the site is made, and no part of it.
_DRAWN = ("arimo", "iso-countries", "source-serif", "world-atlas")


@dataclass(frozen=True)
class File:
    """A file of a package: its path in the package, and its path below this folder."""

    package: str
    version: str
    path: str
    name: str
    sha256: str


def files() -> list[File]:
    """Return the vendored files without their licences."""
    with (FOLDER / "vendor.csv").open(encoding="utf-8", newline="") as table:
        return [File(**record) for record in csv.DictReader(table)]


def published() -> list[str]:
    """Return the names of the files for the site: scripts, style sheets and their licences."""
    names = [file.name for file in files() if not file.name.startswith(_DRAWN)]
    return sorted({*names, *(f"{name.partition('/')[0]}/LICENSE" for name in names)})
