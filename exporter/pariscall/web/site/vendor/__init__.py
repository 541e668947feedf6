"""The packages of npm that the site brings along: built files, exactly as they were published.

``vendor.csv`` beside this module names the package, the version, the path in it and the SHA-256
of each. ``python -m pariscall.web.site.vendor`` fetches them anew.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class File:
    """A file of a package: where it stands in the package, and below this folder."""

    package: str
    version: str
    path: str
    name: str
    sha256: str


def files() -> list[File]:
    """List the files that are kept, without the licences, which stand beside them."""
    with (FOLDER / "vendor.csv").open(encoding="utf-8", newline="") as table:
        return [File(**record) for record in csv.DictReader(table)]


def published() -> list[str]:
    """Name the files that belong on the site: those of the packages and their licences."""
    names = [file.name for file in files()]
    return sorted({*names, *(f"{name.partition('/')[0]}/LICENSE" for name in names)})
