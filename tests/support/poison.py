"""Blank nodes that all look alike, on which RDFC-1.0 does not end (its 7.1, Dataset Poisoning)."""

from __future__ import annotations

from itertools import permutations

from pyoxigraph import BlankNode, NamedNode, Quad

P = NamedNode("http://e/p")


def pointing_at_each_other(number: int) -> list[Quad]:
    """Return statements in which each of some blank nodes points at each other one."""
    nodes = [BlankNode(f"b{n}") for n in range(number)]
    return [Quad(one, P, other) for one, other in permutations(nodes, 2)]
