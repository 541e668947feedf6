"""No query that asks something is turned away for its shape, and no text takes long to judge."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from pariscall.errors import QueryError
from pariscall.query.queries import named_queries
from support.server import needs_fork

pytestmark = pytest.mark.skipif(needs_fork, reason="the endpoint needs a system that forks")


def check(query: str) -> None:
    from pariscall.web.endpoint.complexity import check_complexity
    from pariscall.web.endpoint.limits import EndpointLimits

    check_complexity(query, EndpointLimits())


@pytest.mark.parametrize("query", [query.text for query in named_queries()])
def test_a_named_query_passes(query: str) -> None:
    check(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK {" + "{" * 99 + "}" * 99 + "}",
        "ASK { FILTER(" + "(" * 98 + "1" + ")" * 98 + ") }",
        f"ASK {{ ?s ?p '{'(' * 500}', \"{'!' * 5000}\", '''{'{' * 500}''' }}",
        f"ASK {{ ?s ?p '\\\\' , '\\'{'(' * 500}' }}",
        f"ASK {{ ?s ?p <http://e/{'(' * 500}> }}",
        f"ASK {{ }} # {'(' * 500}",
        "SELECT * { VALUES (?x ?y) {" + "(1 2)" * 9_000 + "} }",
        "SELECT * {" + "?s <http://e/a/b/c/d> 'a/b|c' ." * 900 + "}",
        "ASK {" + "actor:a\\/b\\/c a ?union , ?filter , msc:optional ." * 900 + "}",
    ],
)
def test_brackets_and_operators_count_only_where_they_are_some(query: str) -> None:
    check(query)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("ASK " + "{" * 101, "more than 100 brackets"),
        ("ASK { FILTER" + "(" * 100, "more than 100 brackets"),
        ("ASK { FILTER" + "\\u0028" * 100, "more than 100 brackets"),
        ("ASK { FILTER(" + "[" * 50 + "(" * 50, "more than 100 brackets"),
        ("ASK {" + "{} uNiOn " * 1001, "more than 1000 operators"),
        ("ASK { FILTER(" + "! " * 1001, "more than 1000 operators"),
        ("ASK { FILTER(1" + "&&1" * 1001, "more than 1000 operators"),
        ("ASK { ?s " + "a/" * 101, "more than 100 steps"),
        ("ASK { ?s " + "^a|" * 51, "more than 100 steps"),
    ],
)
def test_what_would_overflow_a_parser_is_refused(query: str, problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        check(query)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["'", '"', "'''", '"""', "\\", "'\\", "<", "<a", "#", "'\"", "''' \"\"\" ", "?", ":", "'a\n"],
)
def test_a_text_of_any_kind_is_judged_in_a_moment(piece: str) -> None:
    text = piece * (65536 // len(piece))
    start = time.process_time()
    for query in (text, "'''" + text, '"""' + text, "'" + text):
        with suppress(QueryError):
            check(query)
    assert time.process_time() - start < 2
