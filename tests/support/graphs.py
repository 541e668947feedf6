"""Graphs as the product hashes them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat

from pariscall.rdf.serializer import write


def lines(quads: Iterable[Quad]) -> bytes:
    """Return the triples of a graph as lines of N-Triples."""
    return write((quad.triple for quad in quads), RdfFormat.N_TRIPLES)
