"""Blank nodes that are hard to tell apart, to be named (RDFC-1.0) and described."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, parse

from pariscall.rdf.canonical import graph_hash
from pariscall.validation.files import validate_files
from support.graphs import lines
from support.in_process import command, in_a_folder
from support.poison import PREFIXES, P, pointing_at_each_other

from .registry import Try, hostile

_SECONDS = 40  # naming is given up after 10, and needs some before and after on a busy machine
Edges = Iterable[tuple[object, object]]
Graph = Callable[[], list[Quad]]  # made by the try that needs it
SHAPE = PREFIXES + "e:S a sh:NodeShape ; sh:targetSubjectsOf e:p, rdf:first ; sh:nodeKind sh:IRI ."


def graph(edges: Edges) -> list[Quad]:
    """Return a statement for each pair of names of blank nodes."""
    return [Quad(BlankNode(f"b{one}"), P, BlankNode(f"b{other}")) for one, other in edges]


def ring(size: int, name: str = "") -> Edges:
    """Return nodes each of which points at the next one, and the last one at the first."""
    return [(f"{name}{n}", f"{name}{(n + 1) % size}") for n in range(size)]


def both_ways(edges: Edges) -> list[Quad]:
    """Return statements in both directions."""
    known = list(edges)
    return graph([*known, *((other, one) for one, other in known)])


def hypercube(dimensions: int) -> Edges:
    """Return corners each of which is joined to those that differ in one coordinate."""
    return [(n, n ^ 1 << bit) for n in range(2**dimensions) for bit in range(dimensions)]


def petersen(copy: int) -> Edges:
    """Return the Petersen graph, all of whose nodes look alike."""
    rays = [(f"{copy}o{n}", f"{copy}i{n}") for n in range(5)]
    inner = [(f"{copy}i{n}", f"{copy}i{(n + 2) % 5}") for n in range(5)]
    return [*ring(5, f"{copy}o"), *rays, *inner]


def turtle(text: str) -> list[Quad]:
    """Return the statements of Turtle."""
    return list(parse(text, format=RdfFormat.TURTLE))


_SP = "<http://e/s> <http://e/p> "
POISON: dict[str, Graph] = {
    "12 that point at each other": lambda: pointing_at_each_other(12),
    "40 that point at each other": lambda: pointing_at_each_other(40),
    "two sides of 9, all joined": lambda: graph(product(range(9), (f"x{n}" for n in range(9)))),
}
GRAPHS: dict[str, Graph] = {
    "a hypercube of 64": lambda: graph(hypercube(6)),
    "30 graphs of Petersen": lambda: both_ways(edge for n in range(30) for edge in petersen(n)),
    "5,000 pairs": lambda: both_ways((n, f"x{n}") for n in range(5_000)),
    "a ring of 1,000": lambda: graph(ring(1_000)),
    "a ring of 300, both ways": lambda: both_ways(ring(300)),
    "100 rings of 9": lambda: graph(edge for n in range(100) for edge in ring(9, f"x{n}-")),
    "a chain of 20,000": lambda: graph((n, n + 1) for n in range(20_000)),
    "a star of 10,000": lambda: graph(("centre", n) for n in range(10_000)),
    "a tree of 4,000": lambda: graph((n // 2, n) for n in range(2, 4_000)),
    "a grid of 20 by 20": lambda: both_ways((n, n + step) for n in range(400) for step in (1, 20)),
    "10,000 that say the same": lambda: turtle(
        _SP + ", ".join(["[ <http://e/p> 'x' ]"] * 10_000) + " ."
    ),
    "a collection of 10,000": lambda: turtle(_SP + "( " + "1 " * 10_000 + ") ."),
    "collections in collections": lambda: turtle(_SP + "( " * 1_000 + ") " * 1_000 + " ."),
    "itself": lambda: graph((n, n) for n in range(5_000)),
    "terms of triples": lambda: [
        Quad(BlankNode(f"b{n}"), P, Triple(BlankNode(f"b{n + 1}"), P, BlankNode("b0")))
        for n in range(500)
    ],
}


def name(quads: list[Quad]) -> None:
    """Name the blank nodes of a graph."""
    graph_hash(lines(quads))


def construct(quads: list[Quad]) -> None:
    """Have the command write a graph, for which its blank nodes are named."""
    with in_a_folder({"data.nt": lines(quads)}):
        command("query", "CONSTRUCT WHERE { ?s ?p ?o }", "--data", "data.nt", "--format", "nt")


def describe(quads: list[Quad]) -> None:
    """Find every blank node of a graph, for which each is described."""
    with in_a_folder({"data.nt": lines(quads), "shapes.ttl": SHAPE.encode()}):
        assert validate_files(["data.nt"], ["shapes.ttl"]).findings, "nothing was found"


def compare(quads: list[Quad]) -> None:
    """Compare a graph with itself."""
    with in_a_folder({"data.nt": lines(quads)}):
        command("diff", "data.nt", "data.nt")


@hostile("blank nodes")
def blank_nodes() -> Iterator[Try]:
    """Yield each graph: it is written, which names its nodes, it is compared, and its nodes are found."""
    alike = POISON["12 that point at each other"]
    for what, make in POISON.items():
        yield _try(f"named: {what}", name, make)
    yield _try("written: 12 that point at each other", construct, alike)
    for what, make in GRAPHS.items():
        yield _try(f"written: {what}", construct, make, must_be_refused=False)
    for what, make in (POISON | GRAPHS).items():
        yield _try(f"found: {what}", describe, make, must_be_refused=False)
        yield _try(f"compared: {what}", compare, make)


def _try(
    what: str,
    work: Callable[[list[Quad]], None],
    make: Graph,
    *,
    must_be_refused: bool = True,
) -> Try:
    return Try(what, lambda: work(make()), must_be_refused, _SECONDS)
