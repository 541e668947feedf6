"""Small graphs written in any format, with the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, serialize

from .canonical import canonicalized


def convert(quads: Iterable[Quad], target: RdfFormat) -> bytes:
    """Write statements in a format, in canonical order and with canonical blank nodes.

    Raises:
        RdfError: as ``canonicalized``.
    """
    return serialize(canonicalized([quad.triple for quad in quads]), format=target) or b""
