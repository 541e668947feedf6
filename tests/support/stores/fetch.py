"""Fetch the jar of Fuseki: ``python -m support.stores.fetch``."""

from __future__ import annotations

import subprocess
import sys

from .fuseki import JAR, VERSION, is_whole


def main() -> None:
    """Let Maven bring the jar; one that is not as expected is not kept."""
    if JAR.exists() and is_whole():
        return
    artefact = f"org.apache.jena:jena-fuseki-server:{VERSION}"
    options = [f"-Dartifact={artefact}", f"-DoutputDirectory={JAR.parent}"]
    try:
        subprocess.run(["mvn", "-q", "-B", "dependency:copy", *options], check=True)
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        sys.exit(f"Maven cannot fetch {artefact} ({error}; Debian package maven)")
    if not is_whole():
        JAR.unlink()
        sys.exit(f"{JAR.name} is not the file that is expected")


if __name__ == "__main__":
    main()
