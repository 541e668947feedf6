"""A look at the text of a query before any parser sees it.

Oxigraph's parser overflows its stack on some thousand nested brackets or chained operators,
and takes half a minute over a path of 500 steps. A scan of the text that needs no stack keeps
such queries out. It reads tokens and no grammar, so it can be misled; what slips through ends
a worker and nothing else.
"""

from __future__ import annotations

from ...errors import QueryError
from ...rdf.sparql import Token, tokens, with_codepoints
from .limits import EndpointLimits

_SYMBOLS = frozenset(["!", "-", "+", "*", "=", "<", ">", "&&", "||"])
_KEYWORDS = frozenset(
    ["UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "EXISTS", "IN", "AS"]
)
_STEPS = frozenset("/|^")


def check_complexity(query: str, limits: EndpointLimits) -> None:
    """Refuse a query that is nested too deeply or chains too much, in time linear in its length.

    Raises:
        QueryError: if the query is beyond a limit.
    """
    depth = 0
    numbers = {"operator": 0, "step": 0}
    for token in tokens(with_codepoints(query)):
        if token.kind == "opening":
            depth += 1
            if depth > limits.nesting:
                raise QueryError(f"the query nests more than {limits.nesting} brackets.")
        elif token.kind == "closing":
            depth = max(0, depth - 1)
        elif _is_operator(token):
            numbers["operator"] += 1
        elif token.text in _STEPS:
            numbers["step"] += 1
    if numbers["operator"] > limits.operators:
        raise QueryError(f"the query has more than {limits.operators} operators.")
    if numbers["step"] > limits.steps:
        raise QueryError(f"the query has more than {limits.steps} steps of paths or divisions.")


def _is_operator(token: Token) -> bool:
    return token.text in _SYMBOLS or (token.kind == "word" and token.text.upper() in _KEYWORDS)
