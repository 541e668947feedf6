"""Apache Jena Fuseki (https://jena.apache.org/documentation/fuseki2/), with Basic authentication."""

from __future__ import annotations

from pathlib import Path

from .artefact import Artefact
from .java import java
from .server import Endpoints

SERVER = Artefact(
    "org.apache.jena:jena-fuseki-server:5.6.0",  # the last for Java 17
    "jar",
    "d28c1eaf703122ee628895a460c20fa4aa60a892f435d403ea8c036f241da1f8",
)

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
        program, jar = java(), SERVER.checked("fuseki")
        (folder / "shiro.ini").write_text(_SHIRO, encoding="utf-8")
        options = ["--localhost", "--port", str(port), "--update", "--tdb2", f"--loc={folder}/data"]
        (folder / "data").mkdir()
        return [program, "-Xmx1g", "-jar", str(jar), *options, "/calls"]

    def endpoints(self, port: int) -> Endpoints:
        """Name the addresses of the one dataset."""
        base = f"http://127.0.0.1:{port}/calls"
        return Endpoints(
            f"{base}/data",
            f"{base}/update",
            f"{base}/sparql",
            {"PARISCALL_USER": "curator", "PARISCALL_PASSWORD": "secret"},
        )
