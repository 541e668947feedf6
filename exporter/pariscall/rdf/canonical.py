"""What a graph says, whatever graph it is in and whatever its blank nodes are called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad


def statements(quads: Sequence[Quad]) -> set[str]:
    """Write each triple as a line of N-Triples without its dot, blank nodes named by RDFC-1.0."""
    triples = {str(quad.triple) for quad in quads}
    if any(has_blank_node(triple) for triple in triples):
        dataset = Dataset(Quad(*quad.triple) for quad in quads)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        triples = {str(quad.triple) for quad in dataset}
    return triples


def graph_hash(quads: Sequence[Quad]) -> str:
    """Hash what a graph says (SHA-256)."""
    return statements_hash(statements(quads))


def statements_hash(found: Collection[str]) -> str:
    """Hash statements, in whatever order they are."""
    return sha256("\n".join(sorted(found)).encode()).hexdigest()


def has_blank_node(statement: str) -> bool:
    """Tell whether a blank node may be in a statement; a text may look like one."""
    return "_:" in statement
