"""Closed shapes and given values (https://www.w3.org/TR/shacl/#core-components-others)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from ..check import Check, Context, Maker, Values, Violation, each, whole
from ..graph import is_true
from ..result import Node, Term
from ..shapes import Shape


def _closed(to: Context, shape: Shape, parameter: Term) -> Iterator[Check]:
    if not is_true([parameter]):
        return
    data = to.data
    # Property shapes count here even if they are switched off.
    inner = [path for node in shape.all("property") for path in to.graph.values(node, "path")]
    ignored = [term for head in shape.all("ignoredProperties") for term in to.graph.items(head)]
    allowed = {term for term in (*inner, *ignored) if isinstance(term, NamedNode)}

    def unexpected(_: Node, values: Values) -> list[Violation]:
        return [
            Violation(term, str(predicate))
            for node in values
            for predicate, terms in data.properties(node).items()
            if predicate not in allowed
            for term in terms
        ]

    yield Check("ClosedConstraintComponent", unexpected)


def _has_value(_to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    yield whole("HasValueConstraintComponent", lambda _, values: parameter in values)


def _in(to: Context, _: Shape, parameter: Term) -> Iterator[Check]:
    members = to.graph.members(parameter)
    yield each("InConstraintComponent", lambda node: node in members)


MAKERS: dict[str, Maker] = {"closed": _closed, "hasValue": _has_value, "in": _in}
