"""The statement that a finding is about."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from ..shacl.finding import Finding, Node

Statement = tuple[Node | None, NamedNode | None, Node | None]

_STEP = re.compile(r"(\^?)<([^>]*)>")


def statement_of(finding: Finding) -> Statement | None:
    """Tell which statement violates: subject, predicate and object as far as they are known."""
    focus, value = finding.focus, finding.value
    if finding.path is None:
        return (focus, None, value) if value not in (None, focus) else None
    step = _STEP.match(finding.path.lstrip("("))
    if step is None:
        return None
    is_whole = step[0] == finding.path
    if step[1]:
        return (value, NamedNode(step[2]), focus) if is_whole else None
    return focus, NamedNode(step[2]), value if is_whole else None
