"""What a graph says, whatever graph it is in and whatever its blank nodes are called.

Blank nodes are named by RDFC-1.0 (https://www.w3.org/TR/rdf-canon/), whose work can be factorial
in the number of blank nodes that look alike (7.1, Dataset Poisoning). So it is done in a process
that is ended when it takes too much time or memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from hashlib import sha256

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from ..errors import RdfError

_SECONDS = 10.0
_TRIPLES_PER_SECOND = 10_000  # more time for large graphs; 100,000 a second are usual
_MEMORY = 512 << 20  # bytes beyond those of the parent
_MEMORY_PER_TRIPLE = 2_000


def canonicalized(triples: Sequence[Triple]) -> list[Triple]:
    """Return the triples of a graph in order, each once, with blank nodes named by RDFC-1.0.

    Raises:
        RdfError: if the blank nodes are so alike that this takes too much time or memory.
    """
    if _is_simple(triples):
        return sorted(named(triples), key=str)
    from ..io.watchdog import CrashedError, TooLongError, run_watched

    seconds = _SECONDS + len(triples) / _TRIPLES_PER_SECOND
    memory = _MEMORY + len(triples) * _MEMORY_PER_TRIPLE
    try:
        lines = run_watched(lambda: _as_bytes(named(triples)), seconds, extra_memory=memory)
    except (TooLongError, CrashedError):
        raise RdfError(
            "the blank nodes of a graph are so much alike that they cannot be named (RDFC-1.0) in "
            f"{seconds:.0f} seconds and {memory >> 20:,} MB. Give them IRIs."
        ) from None
    return sorted((quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)), key=str)


def statements(quads: Sequence[Quad]) -> set[str]:
    """Write each triple as a line of N-Triples without its dot, blank nodes named by RDFC-1.0.

    Raises:
        RdfError: as ``canonicalized``.
    """
    found: set[str] = set()
    blank: dict[str, Triple] = {}
    for quad in quads:
        triple = quad.triple
        line = str(triple)
        if has_blank_node(line) and is_blank(triple):  # the text is the quicker to look at
            blank[line] = triple
        else:
            found.add(line)
    if blank:  # whose names do not depend on the other triples (RDFC-1.0, 4.4.3, step 2)
        found.update(map(str, canonicalized(list(blank.values()))))
    return found


def graph_hash(lines: bytes) -> str:
    """Hash what a graph says (SHA-256), of which Oxigraph has written each triple as a line of N-Triples.

    Raises:
        RdfError: as ``canonicalized``.
    """
    found = lines.splitlines()
    if b"_:" in lines:  # which a literal may hold as well
        doubtful = b"\n".join(line for line in found if b"_:" in line)
        of_blank = statements(list(parse(doubtful, format=RdfFormat.N_TRIPLES)))
        found = [line for line in found if b"_:" not in line]
        found += (f"{statement} .".encode() for statement in of_blank)
    found.sort()  # before equal lines are left out: most of them are in order
    return sha256(b"\n".join(dict.fromkeys(found))).hexdigest()


def statements_hash(found: Collection[str]) -> str:
    """Hash statements, in whatever order they are."""
    return sha256("\n".join(sorted(found)).encode()).hexdigest()


def has_blank_node(text: str) -> bool:
    """Tell whether a blank node may be in one or more statements; a literal may look like one."""
    return "_:" in text


def is_blank(triple: Triple) -> bool:
    """Return whether a blank node is in a triple, or in a triple term of it."""
    subject, term = triple.subject, triple.object
    return (
        isinstance(subject, BlankNode)
        or isinstance(term, BlankNode)
        or (isinstance(term, Triple) and is_blank(term))
    )


def named(triples: Sequence[Triple]) -> list[Triple]:
    """Return the triples of a graph with blank nodes named by RDFC-1.0, whatever work that is.

    This is for a process whose time and memory are limited.
    """
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return [quad.triple for quad in dataset]


def _as_bytes(triples: Sequence[Triple]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _is_simple(triples: Sequence[Triple]) -> bool:
    """Return whether RDFC-1.0 has no order of blank nodes to try, so that its work is linear.

    It tries the orders of those neighbours of a blank node whose own triples look alike (4.8).
    """
    said: dict[BlankNode, list[str]] = {}
    neighbours: dict[BlankNode, set[BlankNode]] = {}
    for subject, predicate, term in filter(is_blank, triples):
        if isinstance(term, Triple):
            return False
        for node, other, way in ((subject, term, ">"), (term, subject, "<")):
            if isinstance(node, BlankNode):
                seen = "_" if isinstance(other, BlankNode) else str(other)
                said.setdefault(node, []).append(f"{way} {predicate} {seen}")
                if isinstance(other, BlankNode):
                    neighbours.setdefault(node, set()).add(other)
    looks = {node: "\n".join(sorted(rows)) for node, rows in said.items()}
    counts = Counter(looks.values())
    alike = {node for node, look in looks.items() if counts[look] > 1}
    return all(len(neighbours[node] & alike) <= 1 for node in alike & neighbours.keys())
