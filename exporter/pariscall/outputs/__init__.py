"""The dumps of the data, one writer a file format, registered in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from ..graph import Document
from .jsonld import JsonLdWriter
from .ntriples import NTriplesWriter
from .signatories import SignatoriesWriter
from .turtle import TriGWriter, TurtleWriter


class Writer(Protocol):
    """Writes documents to a file one by one, then what closes the file."""

    def write(self, document: Document) -> None:
        """Write one document."""

    def close(self) -> None:
        """Write what ends the file."""


@dataclass(frozen=True)
class Output:
    """A dump: its name on the command line, its file, its media type and its writer."""

    name: str
    file: str
    media_type: str
    writer: Callable[[BinaryIO], Writer]


OUTPUTS = (
    Output("ttl", "paris-call.ttl", "text/turtle", TurtleWriter),
    Output("jsonld", "paris-call.jsonld", "application/ld+json", JsonLdWriter),
    Output("nt", "paris-call.nt", "application/n-triples", NTriplesWriter),
    Output("trig", "paris-call.trig", "application/trig", TriGWriter),
    Output("csv", "paris-call-signatories.csv", "text/csv", SignatoriesWriter),
)
