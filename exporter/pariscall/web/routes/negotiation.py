"""Content negotiation: the format and language that a client prefers (RFC 9110 §12.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import QueryResultsFormat, RdfFormat

from ...rdf.formats import FORMATS
from .preferences import OTHER_RDF

ROWS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
GRAPHS = {
    **{known.media_type: known.rdf for known in FORMATS},
    "text/n3": RdfFormat.N3,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
}

# What browsers accept as well.
_NOT_RDF_ONLY = {"application/json", "application/xml"}
_PAGE = "text/html"

# The names by which an address can ask for a format.
NAMES = {
    "json": "application/json",
    "xml": "application/xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    **{known.name: known.media_type for known in FORMATS},
    "n3": "text/n3",
}


def choose(accept: str, media_types: Iterable[str]) -> str | None:
    """Return the media type that a client prefers, or None; of equals, the first offered.

    An empty header accepts everything.
    """
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    rated = [(_quality(media_type, ranges), media_type) for media_type in media_types]
    best = max(quality for quality, _ in rated)
    return next((name for quality, name in rated if quality == best), None) if best > 0 else None


def choose_document(accept: str, media_types: Iterable[str]) -> str | None:
    """Return the media type of a document that a client prefers, or None.

    A client that names RDF and no page gets no page, even if it accepts anything: Protégé and ROBOT do.
    """
    offered = list(media_types)
    found = choose(accept, offered)
    named = {media_range for media_range, weight in _ranges(accept) if weight > 0}
    if found == _PAGE and _PAGE not in named and named & {*GRAPHS, *OTHER_RDF} - _NOT_RDF_ONLY:
        return choose(accept, [media_type for media_type in offered if media_type != _PAGE])
    return found


def rate_language(accept: str, language: str) -> float:
    """Return the weight of a language in an Accept-Language header, 0 to 1 (RFC 9110 §12.5.4)."""
    ranges = dict(_ranges(accept))
    own = [q for tag, q in ranges.items() if tag.partition("-")[0] == language]
    return max(own, default=ranges.get("*", 0.0))


def accepts_gzip(header: str) -> bool:
    """Return whether a client prefers gzip in an Accept-Encoding header (RFC 9110 §12.5.3)."""
    weights = dict(_ranges(header))
    weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return weight > 0 and weight >= weights.get("identity", 0.0)


def content_type(media_type: str) -> str:
    """Return the media type, with the charset UTF-8 for text."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media_range:
            weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
            yield media_range, _weight(weight)


def _weight(text: str) -> float:
    """Return a weight, 0 if it is invalid."""
    digits = text.replace(".", "", 1)
    return min(1.0, float(text)) if digits.isascii() and digits.isdigit() else 0.0


def _quality(media_type: str, ranges: Iterable[tuple[str, float]]) -> float:
    """Return the weight of a media type: that of the most specific matching range."""
    kind = media_type.partition("/")[0]
    specific = {media_type: 3, f"{kind}/*": 2, "*/*": 1}
    covering = [(specific[r], weight) for r, weight in ranges if r in specific]
    return max(covering)[1] if covering else 0.0
