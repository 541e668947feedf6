"""What search engines read first: ``robots.txt`` and, where the address of the site is known, a sitemap.

Sitemaps are those of https://www.sitemaps.org/protocol.html, at most 50,000 addresses a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from ...project import current

_LONGEST = 50_000
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def files(pages: Iterable[str], day: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files by name, for the pages of the site and the date of their data."""
    address = current().site.address
    lines = ["User-agent: *", "Allow: /"]
    if address:
        ordered = sorted(pages)
        parts = [ordered[at : at + _LONGEST] for at in range(0, len(ordered), _LONGEST)]
        for number, part in enumerate(parts, 1):
            name = f"sitemap-{number}.xml" if len(parts) > 1 else "sitemap.xml"
            lines.append(f"Sitemap: {address}{name}")
            yield name, _sitemap(address, part, day)
    yield "robots.txt", ("\n".join(lines) + "\n").encode()


def _sitemap(address: str, pages: Iterable[str], day: str) -> bytes:
    urls = "".join(
        f"<url><loc>{escape(address + page)}</loc><lastmod>{day}</lastmod></url>\n"
        for page in pages
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SCHEMA}">\n{urls}</urlset>\n'
    return text.encode()
