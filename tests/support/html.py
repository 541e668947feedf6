"""Pages of the site as a reader of markup has them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

RELEASED = re.compile("dataset/[a-z-]+/[0-9.]+/")


class Parsed(HTMLParser):
    """A page: its elements with their attributes, its ids, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(text)
        self.ids = {attributes["id"] for _, attributes in self.elements if "id" in attributes}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]

    def outline(self) -> list[tuple[str, tuple[str, ...]]]:
        """Give the elements and the names of their attributes, without what they hold."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]


@cache
def parsed(path: Path) -> Parsed:
    return Parsed(path.read_text(encoding="utf-8"))


def pages(site: Path) -> Iterator[tuple[str, Parsed]]:
    """Give the pages of a site with their paths; what is in a release is not ours to write."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if not RELEASED.match(name):
            yield name, parsed(path)


def page(site: Path, name: str) -> Parsed:
    return parsed(site / name)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
