"""The dumps of the data, one writer a file format, registered in one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from ...project import current
from ...rdf.namespaces import BASE
from ...tables.document import Document
from ...tables.mappings import TABLES as MAPPINGS
from .dictionary_sheet import DictionaryWriter
from .feed import FeedWriter
from .geojson import GeoJsonWriter
from .graphml import GraphMlWriter
from .jsonld import JsonLdWriter
from .mappings import MappingsWriter, SssomWriter
from .ntriples import IN_NTRIPLES, NTriplesWriter
from .parted import Parted
from .r2rml import R2rmlWriter
from .rdfxml import RdfXmlWriter
from .sqlite import SqliteWriter
from .table import SignatoriesWriter, SpreadsheetWriter
from .turtle import TriGWriter, TurtleWriter
from .workbook import WorkbookWriter


class Writer(Protocol):
    """Writes documents to a file one by one, then what closes the file."""

    def write(self, document: Document) -> None:
        """Write one document."""

    def close(self) -> None:
        """Write what ends the file."""


class PartedWriter(Writer, Protocol):
    """Writes parts of the documents, which are put together (``parted.Parted``)."""

    @property
    def reads(self) -> Sequence[str]:
        """The head tables whose documents it must have seen before a part."""

    def kept(self) -> str:
        """Return what is kept for the end of the file."""

    def append(self, part: BinaryIO, kept: str) -> None:
        """Write a part, as if its documents had been written here."""


@dataclass(frozen=True)
class Dump:
    """A dump: its name on the command line, its file, its media type and its writer.

    ``endorsement`` is in the file once for each endorsement, if the file has them all. A dump that
    is written only if it is asked for is in every release as well. ``extra`` is the one
    whose packages it needs. ``tables`` are those without whose rows there is nothing
    to write.
    """

    name: str
    file: str
    media_type: str
    writer: Callable[[BinaryIO], Writer]
    endorsement: bytes | None = None
    by_default: bool = True
    extra: str | None = None
    tables: Sequence[str] = ()

    @property
    def is_parted(self) -> bool:
        """Whether the file can be written in parts."""
        return isinstance(self.writer, type) and issubclass(self.writer, Parted)


_IN_TURTLE = b"> a msc:Endorsement ;"
_IN_JSON = b'"type": "Endorsement",'
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IN_CSV = f"\n{BASE}actor/".encode()
_SLUG = current().slug

DUMPS = (
    Dump("ttl", f"{_SLUG}.ttl", "text/turtle", TurtleWriter, _IN_TURTLE),
    Dump("jsonld", f"{_SLUG}.jsonld", "application/ld+json", JsonLdWriter, _IN_JSON),
    Dump("nt", f"{_SLUG}.nt", "application/n-triples", NTriplesWriter, IN_NTRIPLES),
    Dump("trig", f"{_SLUG}.trig", "application/trig", TriGWriter, _IN_TURTLE),
    Dump("csv", f"{_SLUG}-signatories.csv", "text/csv", SignatoriesWriter, _IN_CSV),
    Dump(
        "spreadsheet",
        f"{_SLUG}-signatories-spreadsheet.csv",
        "text/csv",
        SpreadsheetWriter,
        _IN_CSV,
    ),
    Dump("atom", f"{_SLUG}-events.atom", "application/atom+xml", FeedWriter),
    Dump("rdf", f"{_SLUG}.rdf", "application/rdf+xml", RdfXmlWriter, by_default=False),
    Dump(
        "xlsx",
        f"{_SLUG}.xlsx",
        _XLSX,
        WorkbookWriter,
        by_default=False,
        extra="files",
    ),
    Dump(
        "sqlite",
        f"{_SLUG}.sqlite",
        "application/vnd.sqlite3",
        SqliteWriter,
        by_default=False,
    ),
    Dump("r2rml", f"{_SLUG}.r2rml.ttl", "text/turtle", R2rmlWriter, by_default=False),
    Dump("graphml", f"{_SLUG}.graphml", "application/graphml+xml", GraphMlWriter, by_default=False),
    Dump("geojson", f"{_SLUG}.geojson", "application/geo+json", GeoJsonWriter, by_default=False),
    Dump(
        "mappings",
        f"{_SLUG}-mappings.ttl",
        "text/turtle",
        MappingsWriter,
        by_default=False,
        tables=MAPPINGS,
    ),
    Dump(
        "sssom",
        f"{_SLUG}-mappings.sssom.tsv",
        "text/tab-separated-values",
        SssomWriter,
        by_default=False,
        tables=MAPPINGS,
    ),
    Dump("dictionary", f"{_SLUG}-tables.csv", "text/csv", DictionaryWriter, by_default=False),
)


def parted_writer(name: str, file: BinaryIO) -> PartedWriter:
    """Return the writer of a dump that can be written in parts."""
    writer: Any = next(dump.writer for dump in DUMPS if dump.name == name and dump.is_parted)
    made: PartedWriter = writer(file)
    return made
