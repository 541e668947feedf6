"""Download the packages again with ``npm pack``; maintainers run this."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from . import FOLDER, File, files


def fetch() -> None:
    """Write each file to its place, if its checksum is the one in the table.

    Raises:
        SystemExit: if the checksum of a file differs.
    """
    with TemporaryDirectory() as folder:
        for file in files():
            content = _read(file, Path(folder))
            if sha256(content).hexdigest() != file.sha256:
                sys.exit(f"{file.package} {file.version}: {file.path} is not what vendor.csv says.")
            target = FOLDER / file.name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)


def _read(file: File, folder: Path) -> bytes:
    """Return a file from its package."""
    command = ["npm", "pack", "--silent", f"{file.package}@{file.version}"]
    packed = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        member = archive.extractfile(f"package/{file.path}")
        return member.read() if member else b""


if __name__ == "__main__":
    fetch()
