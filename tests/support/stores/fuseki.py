"""Apache Jena Fuseki (https://jena.apache.org/documentation/fuseki2/), with Basic authentication."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from .server import Endpoints, MissingError

VERSION = "5.6.0"  # the last for Java 17
SHA256 = "d28c1eaf703122ee628895a460c20fa4aa60a892f435d403ea8c036f241da1f8"
JAR = Path(__file__).parents[3] / "build" / "servers" / f"jena-fuseki-server-{VERSION}.jar"

_SHIRO = """\
[users]
curator = secret

[urls]
/** = noSessionCreation, authcBasic
"""


class Fuseki:
    """The jar that ``make fuseki`` brings."""

    port = 3030

    def command(self, folder: Path, port: int) -> list[str]:
        """Let in one user only."""
        java = shutil.which("java")
        if java is None:
            raise MissingError("java is not installed (Debian package default-jre-headless)")
        if not JAR.exists():
            raise MissingError("Fuseki is not there (make fuseki)")
        if not is_whole():
            raise MissingError(f"{JAR.name} is not the file that is expected (make fuseki)")
        (folder / "shiro.ini").write_text(_SHIRO, encoding="utf-8")
        options = ["--localhost", "--port", str(port), "--update", "--tdb2", f"--loc={folder}/data"]
        (folder / "data").mkdir()
        return [java, "-Xmx1g", "-jar", str(JAR), *options, "/calls"]

    def endpoints(self, port: int) -> Endpoints:
        """Name the addresses of the one dataset."""
        base = f"http://127.0.0.1:{port}/calls"
        return Endpoints(
            f"{base}/data",
            f"{base}/update",
            f"{base}/sparql",
            {"PARISCALL_USER": "curator", "PARISCALL_PASSWORD": "secret"},
        )


def is_whole() -> bool:
    """Tell whether the jar is the one whose checksum stands here."""
    with JAR.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == SHA256
