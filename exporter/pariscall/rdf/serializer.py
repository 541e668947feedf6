"""Small graphs written in any format, with the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, serialize


def convert(quads: Iterable[Quad], target: RdfFormat) -> bytes:
    """Write statements in a format, in canonical order and with canonical blank nodes."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    triples = sorted((quad.triple for quad in dataset), key=str)
    return serialize(triples, format=target) or b""
