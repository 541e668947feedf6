"""The releases of past formats that are kept in ``tests/releases``."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

from pariscall.publish.release.checksums import SUMS, file_names, sha256
from pariscall.publish.release.manifest import NAME

KEPT = sorted((Path(__file__).parent.parent / "releases").glob("format-*.tar.xz"))
VERSION = "2026.11.22"


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack a release into a folder of its version."""
    with tarfile.open(archive) as tar:
        for member in tar:  # the filters of extractall are not in every Python 3.11
            if content := tar.extractfile(member):
                path = folder / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
    return folder / VERSION


def resum(folder: Path) -> None:
    """Make the checksums fit again, as one who forges a release would."""
    names = [name for name in file_names(folder) if name != SUMS]
    sums = "".join(f"{sha256(folder / name)}  {name}\n" for name in names)
    (folder / SUMS).write_text(sums, encoding="utf-8")


def rewrite(folder: Path, **changes: object) -> None:
    """Change keys of the manifest, and make the checksums fit again."""
    said = json.loads((folder / NAME).read_bytes())
    (folder / NAME).write_text(json.dumps(said | changes), encoding="utf-8")
    resum(folder)
