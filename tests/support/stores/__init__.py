"""Triple stores of others, started on loopback with data that go with them."""

from __future__ import annotations

from .fuseki import Fuseki
from .oxigraph import Oxigraph
from .rdf4j import Rdf4j
from .server import Server
from .virtuoso import Virtuoso

SERVERS: dict[str, Server] = {
    "oxigraph": Oxigraph(),
    "virtuoso": Virtuoso(),
    "fuseki": Fuseki(),
    "rdf4j": Rdf4j(),
}
