"""What one row says must agree with what other rows say of the same thing.

The tables repeat much: the harvest concludes endorsements and events from entries and claims, a
state of the registry gives its day to all that it shows, a claim is as old as its source. A slip in
one place then disagrees with another. The shapes judge the graph, row by row; this judges the tables.
"""

from __future__ import annotations

from ...tables.graph import Graph
from .attributes import attribute_problems
from .curation import ruling_problems
from .endorsements import conclusion_problems
from .sources import citation_problems


def find_disagreements(graph: Graph) -> list[str]:
    """Find the rows that contradict others, as ``file:line: what. what to do.`` each."""
    read = graph.table
    return [
        *citation_problems(read),
        *attribute_problems(read),
        *ruling_problems(read),
        *conclusion_problems(read, graph.joined_parties()),
    ]
