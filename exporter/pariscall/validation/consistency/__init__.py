"""The consistency of the tables: what one row says must agree with what other rows say.

The tables repeat much: the harvest concludes endorsements and events from entries and claims, and
a claim is as old as its source. The shapes check the graph, row by row; this checks the tables.
"""

from __future__ import annotations

from ...tables.graph import TableGraph
from ...tables.spread import Spread
from .attributes import attribute_problems
from .curation import curation_problems
from .disagreement import Disagreement
from .mappings import mapping_problems
from .parties import party_problems
from .sources import source_problems

__all__ = ["Disagreement", "find_disagreements"]


def find_disagreements(graph: TableGraph, spread: Spread | None = None) -> list[Disagreement]:
    """Return the cells that contradict other rows, in the order in which they are found.

    What is said of parties is compared in several processes, if the work is spread.
    """
    read = graph.table
    return [
        *source_problems(read),
        *attribute_problems(read),
        *curation_problems(read, graph.schema),
        *mapping_problems(read),
        *party_problems(graph, spread),
    ]
