"""The files beside the pages: indexes, tables to download, rules for hosts, and what search engines read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ... import bundle
from ...tables.graph import TableGraph
from ..routes.preferences import PAGE_SUFFIXES
from ..routes.static_hosts import HOSTING
from . import (
    appearance,
    map_image,
    pictures,
    query_terms,
    search_index,
    share_image,
    signatory_index,
    sitemap,
    static_api,
    stream,
    vendor,
    world_map,
)
from .dataset import DATA
from .feeds import ATOM, JSON_FEED
from .page import Content, Page
from .scripts import script

_NOT_TO_BE_FOUND = ("404.html", "moved.html")


def companions(
    content: Content, graph: TableGraph, pages: Mapping[str, Iterable[Page]]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files by name, for a graph and the pages of each language."""
    yield f"context/{bundle.CONTEXT.name.removeprefix('context-')}", bundle.CONTEXT.read_bytes()
    yield DATA, content.packed
    for offer in content.offers:
        yield offer.path, offer.content
    for feed in content.feeds.values():
        if feed.about:  # that of all is offered as Atom
            yield feed.files[ATOM], feed.atom
        yield feed.files[JSON_FEED], feed.json
    yield from static_api.files(content, graph.schema)
    yield from stream.files(content.documents.values())
    for answer in content.answers:
        yield f"{answer.path}.csv", answer.csv.encode()
    for lang in PAGE_SUFFIXES:
        for name, made in (("search", search_index), ("signatories", signatory_index)):
            yield f"assets/{name}.{lang}.js", script(name, made.index(content, lang))
        yield f"assets/terms.{lang}.js", script("terms", query_terms.terms(content, lang))
    yield from pictures.files(content)
    yield from map_image.image(content)
    yield from share_image.images(content)
    yield world_map.DATA, script("map", world_map.data(content))
    for file in vendor.published():
        yield f"assets/vendor/{file}", (vendor.FOLDER / file).read_bytes()
    yield from appearance.assets()
    for name, rules in HOSTING.items():
        yield name, rules().encode()
    found = [
        page.path + suffix
        for lang, suffix in PAGE_SUFFIXES.items()
        for page in pages[lang]
        if page.template not in _NOT_TO_BE_FOUND
    ]
    yield from sitemap.files(found, content.dataset.date("dcterms:modified"))
