"""Blank nodes whose naming or walking does not end.

RDFC-1.0 does not end on those that all look alike (its 7.1, Dataset Poisoning).
"""

from __future__ import annotations

from itertools import permutations

from pyoxigraph import BlankNode, NamedNode, Quad

P = NamedNode("http://e/p")
PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""


def pointing_at_each_other(number: int) -> list[Quad]:
    """Return statements in which each of some blank nodes points at each other one."""
    nodes = [BlankNode(f"b{n}") for n in range(number)]
    return [Quad(one, P, other) for one, other in permutations(nodes, 2)]


def doubling(level: str, last: str) -> str:
    """Return 45 descriptions, each of which names the next one twice, and a last one."""
    rows = [level.format(n, n + 1) for n in range(45)]
    return PREFIXES + "\n".join([*rows, last.format(45)])


SHAPE = "e:S a sh:NodeShape ; sh:targetSubjectsOf e:p ; "
PATH = SHAPE + "sh:property [ sh:path _:b0 ; sh:maxCount 0 ] . _:b{} sh:inversePath e:p ."
BOMBS = {
    "alternatives": doubling("_:b{0} sh:alternativePath ( _:b{1} _:b{1} ) .", PATH),
    "sequences": doubling("_:b{0} rdf:first _:b{1} ; rdf:rest ( _:b{1} ) .", PATH),
}
