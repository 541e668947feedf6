"""The statement that a finding is about."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from ..shacl.result import Node, ValidationResult

Statement = tuple[Node | None, NamedNode | None, Node | None]

_STEP = re.compile(r"(\^?)<([^>]*)>")


def statement_of(result: ValidationResult) -> Statement | None:
    """Return the triple that violates: subject, predicate and object as far as they are known."""
    focus, value = result.focus, result.value
    if result.path is None:
        return (focus, None, value) if value not in (None, focus) else None
    step = _STEP.match(result.path.lstrip("("))
    if step is None:
        return None
    is_whole = step[0] == result.path
    if step[1]:
        return (value, NamedNode(step[2]), focus) if is_whole else None
    return focus, NamedNode(step[2]), value if is_whole else None
