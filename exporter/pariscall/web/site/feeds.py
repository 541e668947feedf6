"""The feeds of events: of all, of each country and of each category, as Atom and as JSON Feed.

JSON Feed is that of https://www.jsonfeed.org/version/1.1/.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ...project import current
from ...publish.dumps.feed import Channel, atom, channel_of, newest_first
from ...publish.dumps.news import NewsItem, NewsReader
from ...rdf.namespaces import COUNTRY, PREFIXES
from ...tables.document import Document
from ..routes.preferences import PAGE
from .resources import Resource, Resources

ALL = f"downloads/{current().slug}-events"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


@dataclass(frozen=True)
class Feed:
    """A feed: its path without suffix, what it is about if not all, and its content by media type."""

    path: str
    about: Resource | None
    atom: bytes
    json: bytes

    @property
    def files(self) -> Mapping[str, str]:
        """The path of its file of each media type."""
        return {ATOM: f"{self.path}.atom", JSON_FEED: f"{self.path}.json"}


def feeds(documents: Iterable[Document], resources: Resources) -> dict[str, Feed]:
    """Return the feeds by the path of the page that each belongs to; that of all is under ``""``."""
    reader = NewsReader()
    parts = {id(each.rows): each for each in documents if each.rows}.values()
    items = [item for part in parts for item in reader.read(part)]
    return {page: _feed(page, *found, reader) for page, found in _by_page(items, resources)}


def _by_page(
    items: list[NewsItem], resources: Resources
) -> Iterator[tuple[str, tuple[Resource | None, list[NewsItem]]]]:
    yield "", (None, items)
    for code in sorted({code for item in items for code in item.categories}):
        found = [item for item in items if code in item.categories]
        yield f"category/{code}", (resources[PREFIXES["category"] + code], found)
    for code in sorted({code for item in items for code in item.countries}):
        found = [item for item in items if code in item.countries]
        yield f"country/{code}", (resources[COUNTRY + code], found)


def _feed(page: str, about: Resource | None, items: list[NewsItem], reader: NewsReader) -> Feed:
    channel = channel_of(reader)
    path = f"{page}/events" if page else ALL
    if about:
        channel = replace(
            channel,
            identifier=f"{channel.identifier}/{page}",
            title=f"{channel.title}, {about.name('en').value}",
        )
    if address := current().site.address:
        channel = replace(channel, page=f"{address}{page or 'index'}{PAGE}")

    def at(suffix: str) -> Channel:
        return replace(channel, address=f"{address}{path}{suffix}" if address else "")

    return Feed(path, about, atom(at(".atom"), items), _json(at(".json"), items))


def _json(channel: Channel, items: Iterable[NewsItem]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        **({"home_page_url": channel.page} if channel.page else {}),
        **({"feed_url": channel.address} if channel.address else {}),
        "language": "en",
        "authors": [{"name": channel.author}],
        "items": [
            {
                "id": item.identifier,
                "url": item.identifier,
                "external_url": item.evidence,
                "title": item.title,
                "content_text": item.summary,
                "date_published": item.instant,
                "tags": [item.type],
            }
            for item in newest_first(items)
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()
