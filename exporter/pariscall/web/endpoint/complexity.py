"""A look at the text of a query before any parser sees it.

Oxigraph's parser overflows its stack on some thousand nested brackets or chained operators,
and takes half a minute over a path of 500 steps. A scan of the text that needs no stack keeps
such queries out. It reads tokens and no grammar, so it can be misled; what slips through ends
a worker and nothing else.
"""

from __future__ import annotations

import re

from ...errors import QueryError
from ...rdf.sparql import with_codepoints
from .limits import EndpointLimits

_TOKEN = re.compile(
    r"""(?P<skipped>
          \"{3}(?:[^"\\]|\\.|\"(?!\"\"))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        | \"(?:[^"\\\n\r]|\\.)*\" | '(?:[^'\\\n\r]|\\.)*'
        | \#[^\n\r]* | <[^\s<>"{}|^`\\]*> | \\. | [?$:]\w+ )
      | (?P<opening> [({\[] ) | (?P<closing> [)}\]] )
      | (?P<operator> \|\| | && | ! | [-+*=<>]
          | \b(?:union|optional|minus|filter|bind|graph|exists|in|as)\b )
      | (?P<step> [/|^] )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def check_complexity(query: str, limits: EndpointLimits) -> None:
    """Refuse a query that is nested too deeply or chains too much, in time linear in its length.

    Raises:
        QueryError: if the query is beyond a limit.
    """
    depth = 0
    numbers = {"operator": 0, "step": 0}
    for token in _TOKEN.finditer(with_codepoints(query)):
        kind = token.lastgroup
        if kind == "opening":
            depth += 1
            if depth > limits.nesting:
                raise QueryError(f"the query nests more than {limits.nesting} brackets.")
        elif kind == "closing":
            depth = max(0, depth - 1)
        elif kind in numbers:
            numbers[kind] += 1
    if numbers["operator"] > limits.operators:
        raise QueryError(f"the query has more than {limits.operators} operators.")
    if numbers["step"] > limits.steps:
        raise QueryError(f"the query has more than {limits.steps} steps of paths or divisions.")
