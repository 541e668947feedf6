"""The files that every site offers, with a release or without: tables and a map to open, and the feed of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from ...publish.dumps import DUMPS, Dump
from ...tables.graph import TableGraph

FOLDER = "downloads"
_OFFERED = ("spreadsheet", "csv", "jsonld", "ttl", "geojson")
FEED = "atom"


@dataclass(frozen=True)
class Offer:
    """A file to download: its format, its path in the site, its media type and its content."""

    format: str
    path: str
    media_type: str
    content: bytes


def offers(graph: TableGraph) -> Iterator[Offer]:
    """Yield the files, each as ``pariscall export`` writes it."""
    written = [(dump, BytesIO()) for dump in _dumps()]
    writers = [dump.writer(file) for dump, file in written]
    for document in graph.documents():
        for writer in writers:
            writer.write(document)
    for writer in writers:
        writer.close()
    for dump, file in written:
        yield Offer(dump.name, f"{FOLDER}/{dump.file}", dump.media_type, file.getvalue())


def _dumps() -> list[Dump]:
    known = {dump.name: dump for dump in DUMPS}
    return [known[name] for name in (*_OFFERED, FEED)]
