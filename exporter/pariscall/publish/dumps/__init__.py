"""The dumps of the data, one writer a file format, registered in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from ...tables.document import Document
from .feed import FeedWriter
from .jsonld import JsonLdWriter
from .ntriples import NTriplesWriter
from .table import SignatoriesWriter, SpreadsheetWriter
from .turtle import TriGWriter, TurtleWriter


class Writer(Protocol):
    """Writes documents to a file one by one, then what closes the file."""

    def write(self, document: Document) -> None:
        """Write one document."""

    def close(self) -> None:
        """Write what ends the file."""


@dataclass(frozen=True)
class Dump:
    """A dump: its name on the command line, its file, its media type and its writer.

    ``endorsement`` is in the file once for each endorsement, if the file has them all.
    """

    name: str
    file: str
    media_type: str
    writer: Callable[[BinaryIO], Writer]
    endorsement: bytes | None = None


_IN_TURTLE = b"> a msc:Endorsement ;"
_IN_JSON = b'"type": "Endorsement",'
_IN_NTRIPLES = b"#type> <https://w3id.org/mscall/ns#Endorsement> ."
_IN_CSV = b"\nhttps://w3id.org/mscall/actor/"

DUMPS = (
    Dump("ttl", "paris-call.ttl", "text/turtle", TurtleWriter, _IN_TURTLE),
    Dump("jsonld", "paris-call.jsonld", "application/ld+json", JsonLdWriter, _IN_JSON),
    Dump("nt", "paris-call.nt", "application/n-triples", NTriplesWriter, _IN_NTRIPLES),
    Dump("trig", "paris-call.trig", "application/trig", TriGWriter, _IN_TURTLE),
    Dump("csv", "paris-call-signatories.csv", "text/csv", SignatoriesWriter, _IN_CSV),
    Dump(
        "spreadsheet",
        "paris-call-signatories-spreadsheet.csv",
        "text/csv",
        SpreadsheetWriter,
        _IN_CSV,
    ),
    Dump("atom", "paris-call-events.atom", "application/atom+xml", FeedWriter),
)
