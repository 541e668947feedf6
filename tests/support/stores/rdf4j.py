"""Eclipse RDF4J Server (https://rdf4j.org/documentation/tools/server-workbench/), in Jetty."""

from __future__ import annotations

from pathlib import Path

from .artefact import Artefact
from .java import java
from .server import Endpoints

SERVER = Artefact(
    "org.eclipse.rdf4j:rdf4j-http-server:5.0.3",
    "war",
    "632c12e1efa6b40f78f78da5fd77b837c24cb7ee7321d92787e64110213fbec9",
)
JETTY = Artefact(
    "org.eclipse.jetty:jetty-runner:9.4.57.v20241219",  # the last for the servlets (javax) of RDF4J 5
    "jar",
    "f63fbee00a06f04a3f715267d5d53ba4389b5b3e9ecc6168d8b73d81243a883f",
)
REPOSITORY = """\
PREFIX config: <tag:rdf4j.org,2023:config/>

[] a config:Repository ;
    config:rep.id "calls" ;
    config:rep.impl [
        config:rep.type "openrdf:SailRepository" ;
        config:sail.impl [
            config:sail.type "openrdf:NativeStore" ;
            config:native.tripleIndexes "spoc,posc,cspo"
        ]
    ] .
"""


class Rdf4j:
    """The web application that ``make rdf4j`` brings, and the program that runs it."""

    port = 8080

    def command(self, folder: Path, port: int) -> list[str]:
        """Start with one repository, which is empty."""
        program, jar, application = java(), JETTY.checked("rdf4j"), SERVER.checked("rdf4j")
        repository = folder / "server" / "repositories" / "calls"
        repository.mkdir(parents=True)
        (repository / "config.ttl").write_text(REPOSITORY, encoding="utf-8")
        place = ["--host", "127.0.0.1", "--port", str(port), "--path", "/rdf4j-server"]
        data = f"-Dorg.eclipse.rdf4j.appdata.basedir={folder}"
        return [program, "-Xmx1g", data, "-jar", str(jar), *place, str(application)]

    def endpoints(self, port: int) -> Endpoints:
        """Name the addresses of the one repository."""
        base = f"http://127.0.0.1:{port}/rdf4j-server/repositories/calls"
        return Endpoints(f"{base}/rdf-graphs/service", f"{base}/statements", base)
