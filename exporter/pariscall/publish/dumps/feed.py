"""An Atom feed of the newest events, so that a change can be followed without reading a dump."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO
from xml.etree import ElementTree as ET

from ...rdf.namespaces import DATASET
from ...tables.document import Document
from .news import NewsItem, NewsReader, instant, news_record, read_news_record
from .parted import Parted

KEPT_ENTRIES = 500
_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True)
class Channel:
    """What a feed is called: its IRI, its title, its author, and the date of the data.

    ``address`` is where it is published, and ``page`` its page, as far as these are known.
    """

    identifier: str
    title: str
    author: str
    modified: str
    address: str = ""
    page: str = ""


class FeedWriter(Parted):
    """Writes RFC 4287: the newest events first, each under its own IRI, which never changes."""

    reads = ("datasets.csv", "calls.csv")

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._reader = NewsReader()
        self._items: list[NewsItem] = []

    def write(self, document: Document) -> None:
        """Note the events of a party."""
        self._note(self._reader.read(document))

    def kept(self) -> str:
        """Return the newest items so far, and what their feed is called, as JSON."""
        channel = [self._reader.modified, self._reader.title, self._reader.publisher]
        return json.dumps([channel, *map(news_record, self._items)])

    def append(self, part: BinaryIO, kept: str) -> None:  # noqa: ARG002 it wrote nothing
        """Note the newest items of a part."""
        channel, *records = json.loads(kept)
        if any(channel):
            self._reader.modified, self._reader.title, self._reader.publisher = channel
        self._note(map(read_news_record, records))

    def _note(self, items: Iterable[NewsItem]) -> None:
        for item in items:
            heapq.heappush(self._items, item)
            if len(self._items) > KEPT_ENTRIES:
                heapq.heappop(self._items)

    def close(self) -> None:
        """Write the feed."""
        self._file.write(atom(channel_of(self._reader), self._items))


def channel_of(reader: NewsReader) -> Channel:
    """Describe the feed of all that a reader has read."""
    title = f"{reader.title}: events"
    return Channel(f"{DATASET.value}/events", title, reader.publisher, reader.modified)


def newest_first(items: Iterable[NewsItem]) -> list[NewsItem]:
    """Return the newest items, as many as a feed keeps."""
    kept = heapq.nlargest(KEPT_ENTRIES, items)
    by_identifier = sorted(kept, key=lambda item: item.identifier)
    return sorted(by_identifier, key=lambda item: item.day, reverse=True)


def atom(channel: Channel, items: Iterable[NewsItem]) -> bytes:
    """Write the newest items as Atom."""
    entries = newest_first(items)
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {f"{{{_XML}}}lang": "en"})
    _add(feed, "id", channel.identifier)
    _add(feed, "title", channel.title)
    _add(feed, "updated", instant(max([channel.modified, *(each.day for each in entries)])))
    if channel.address:
        _add(feed, "link", rel="self", href=channel.address)
    if channel.page:
        _add(feed, "link", rel="alternate", type="text/html", href=channel.page)
    _add(_add(feed, "author"), "name", channel.author)
    for item in entries:
        entry = _add(feed, "entry")
        _add(entry, "id", item.identifier)
        _add(entry, "title", item.title)
        _add(entry, "updated", item.instant)
        _add(entry, "link", rel="alternate", href=item.identifier)
        _add(entry, "link", rel="related", href=item.evidence)
        _add(entry, "category", term=item.type)
        _add(entry, "summary", item.summary)
    ET.indent(feed, " ")
    written: bytes = ET.tostring(feed, "utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = text
    return child
