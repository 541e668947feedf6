"""Targets: which nodes a shape applies to (https://www.w3.org/TR/shacl/#targets)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from pyoxigraph import NamedNode

from .data import DataGraph
from .result import Node
from .shapes import Shape


def focus_nodes(data: DataGraph, shape: Shape) -> Mapping[Node, None]:
    """Return the nodes that a shape applies to, each once."""
    found: list[Mapping[Node, None]] = [dict.fromkeys(shape.all("targetNode"))]
    found += [data.instances(parent) for parent in shape.all("targetClass")]
    for predicate in shape.all("targetSubjectsOf"):
        if isinstance(predicate, NamedNode):
            found.append(dict.fromkeys(data.subjects_of(predicate)))
    for predicate in shape.all("targetObjectsOf"):
        if isinstance(predicate, NamedNode):
            found.append(dict.fromkeys(data.values_of(predicate)))
    matching = [nodes for nodes in found if nodes]
    return matching[0] if len(matching) == 1 else dict.fromkeys(chain(*matching))
