"""The SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

Graphs are named by ``?graph=``, the indirect identification of clause 4.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import requests
from pyoxigraph import RdfFormat

from ...errors import StoreError
from ...io.progress import Progress, silent
from .connection import Connection, Message
from .parts import STATEMENTS, parts
from .release_graphs import NamedGraph, parsed

N_TRIPLES = RdfFormat.N_TRIPLES.media_type


@dataclass(frozen=True)
class GraphStore:
    """A store at its Graph Store address; ``part`` is how many statements are sent at once in parts."""

    url: str
    connection: Connection
    part: int = STATEMENTS

    def load(self, graph: NamedGraph) -> None:
        """Replace the graph of the same name: HTTP PUT, clause 5.3.

        Raises:
            StoreError: if the store does not take it.
        """
        self._send("PUT", graph.iri, graph.content)

    def complete(self, graph: NamedGraph, progress: Progress = silent) -> None:
        """Send what the store lacks of a graph, in parts: HTTP PUT if it is another graph, then POST, clause 5.5.

        Raises:
            StoreError: if the store does not take a part, or does not say what it holds.
        """
        left = parts(graph.statements, self._held(graph), self.part)
        if left.first is not None:
            self._send("PUT", graph.iri, _lines(left.first))
        for number, part in enumerate(left.others, 1):
            self._send("POST", graph.iri, _lines(part))
            progress(f"{graph.iri}: part {number} of {len(left.others)}")

    def read(self, iri: str, expected: int) -> bytes:
        """Read a graph as N-Triples, of some expected number of bytes: HTTP GET, clause 5.2.

        Raises:
            StoreError: if the store does not give it.
        """
        named, headers = {"graph": iri}, {"Accept": N_TRIPLES}
        return self.connection.send(
            Message("GET", self.url, iri, named, headers, expected=expected)
        )

    def _held(self, graph: NamedGraph) -> set[str]:
        try:
            return parsed(graph.iri, self.read(graph.iri, len(graph.content)))
        except StoreError as error:
            if error.status == requests.codes.not_found:  # there is no such graph yet, clause 5.2
                return set()
            raise

    def _send(self, method: str, iri: str, content: bytes) -> None:
        headers = {"Content-Type": N_TRIPLES}
        message = Message(method, self.url, iri, {"graph": iri}, headers, content=content)
        self.connection.send(message)


def _lines(statements: Sequence[str]) -> bytes:
    return "".join(f"{statement} .\n" for statement in statements).encode()
