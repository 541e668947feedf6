"""The parts in which a large graph is sent, and which of them a store still lacks.

What has blank nodes is sent in one part, the first: a blank node is the same within one request only.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ...rdf.canonical import has_blank_node, statements_hash

STATEMENTS = 20_000  # a part, some three megabytes


@dataclass(frozen=True)
class Parts:
    """What is to be sent of a graph, as statements in parts.

    ``first`` takes the place of what is there, unless it is None; the ``others`` are added.
    """

    first: Sequence[str] | None
    others: Sequence[Sequence[str]]


def parts(released: AbstractSet[str], held: AbstractSet[str], size: int) -> Parts:
    """Return what a store lacks of a graph, given what it holds, both as statements of N-Triples.

    If it holds anything else, the whole graph is sent, so that nothing of the other stays.
    """
    blank = set(filter(has_blank_node, released))
    ground = released - blank
    held_blank = set(filter(has_blank_node, held))
    is_begun = bool(held) and held - held_blank <= ground
    if is_begun and statements_hash(held_blank) == statements_hash(blank):
        return Parts(None, _cut(ground - held, size))
    first, *others = ([sorted(blank)] if blank else []) + _cut(ground, size) or [[]]
    return Parts(first, others)


def _cut(statements: AbstractSet[str], size: int) -> list[list[str]]:
    in_order = sorted(statements)
    return [in_order[start : start + size] for start in range(0, len(in_order), size)]
