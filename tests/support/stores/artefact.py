"""Files of Maven Central that servers consist of, each with its checksum."""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .server import MissingError

FOLDER = Path(__file__).parents[3] / "build" / "servers"


@dataclass(frozen=True)
class Artefact:
    """A file by its coordinates, ``group:name:version`` and the ending of its name."""

    coordinates: str
    ending: str
    sha256: str

    @property
    def path(self) -> Path:
        """Where the file is kept."""
        _, name, version = self.coordinates.split(":")
        return FOLDER / f"{name}-{version}.{self.ending}"

    def fetch(self) -> None:
        """Let Maven bring the file; one that is not as expected is not kept.

        Raises:
            MissingError: if it cannot be had.
        """
        if self.path.exists() and self._is_whole():
            return
        wanted = f"-Dartifact={self.coordinates}:{self.ending}"
        options = [wanted, f"-DoutputDirectory={FOLDER}"]
        try:
            subprocess.run(["mvn", "-q", "-B", "dependency:copy", *options], check=True)
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            reason = f"{error}; Debian package maven"
            raise MissingError(f"Maven cannot fetch {self.coordinates} ({reason})") from None
        if not self._is_whole():
            self.path.unlink()
            raise MissingError(f"{self.path.name} is not the file that is expected")

    def checked(self, target: str) -> Path:
        """Return the path of the file, which a target of make brings.

        Raises:
            MissingError: if it is not there, or another.
        """
        if not self.path.exists():
            raise MissingError(f"{self.path.name} is not there (make {target})")
        if not self._is_whole():
            raise MissingError(f"{self.path.name} is not the file that is expected (make {target})")
        return self.path

    def _is_whole(self) -> bool:
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
