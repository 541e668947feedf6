"""The runner of the W3C's suites finds right and wrong answers, in a suite of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.queries import CommandRunner, EndpointRunner, serving_all
from conformance.suite import QueryTest, find_suite, read_tests
from support.server import needs_fork

DATA = "<http://e/a> <http://e/p> 1 , _:x . _:x <http://e/p> 2 ."
FILES = {
    "data.ttl": DATA,
    "named.ttl": "<http://e/n> <http://e/p> 3 .",
    "empty.ttl": "",
    "rows.rq": "SELECT * { ?s ?p ?o }",
    "named.rq": "PREFIX : <http://e/> SELECT ?g ?o { ?s :p ?x GRAPH ?g { ?n :p ?o } FILTER(?x = 1) }",
    "base.rq": "ASK { <http://e/a> <http://e/p> 1 FILTER(STRENDS(STR(<x>), '/x')) }",
    "graph.rq": "CONSTRUCT { ?o <http://e/q> ?s } { ?s ?p ?o FILTER(!ISNUMERIC(?o)) }",
    "nothing.rq": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "broken.rq": "SELECT * { ?s ?p }",
    "unknown.rq": "SELECT (<http://e/f>(1) AS ?x) {}",
    "rows.tsv": "?s\t?p\t?o\n_:b\t<http://e/p>\t2\n<http://e/a>\t<http://e/p>\t_:b\n"
    "<http://e/a>\t<http://e/p>\t1\n",
    "rows.csv": "s,p,o\n_:b,http://e/p,2\nhttp://e/a,http://e/p,_:b\nhttp://e/a,http://e/p,1\n",
    "wrong.csv": "s,p,o\n_:b,http://e/p,3\nhttp://e/a,http://e/p,_:b\nhttp://e/a,http://e/p,1\n",
    "true.srj": '{"head": {}, "boolean": true}',
    "false.srj": '{"head": {}, "boolean": false}',
    "graph.ttl": "_:any <http://e/q> <http://e/a> .",
    "other.ttl": "<http://e/a> <http://e/q> _:any .",
    "zero.tsv": "?n\n0\n",
}
TESTS = {
    # name: (query, data, graphs, result, whether it passes)
    "tsv": ("rows.rq", ["data.ttl"], [], "rows.tsv", True),
    "csv": ("rows.rq", ["data.ttl"], [], "rows.csv", True),
    "csv-wrong": ("rows.rq", ["data.ttl"], [], "wrong.csv", False),
    "named": ("named.rq", ["data.ttl"], ["named.ttl"], "named.tsv", True),
    "base": ("base.rq", ["data.ttl"], [], "true.srj", True),
    "base-wrong": ("base.rq", ["data.ttl"], [], "false.srj", False),
    "graph": ("graph.rq", ["data.ttl"], [], "graph.ttl", True),
    "graph-wrong": ("graph.rq", ["data.ttl"], [], "other.ttl", False),
    "empty": ("nothing.rq", ["empty.ttl"], [], "zero.tsv", True),
}
SYNTAX = {
    "positive": ("PositiveSyntaxTest11", "rows.rq", True),
    "positive-run": ("PositiveSyntaxTest11", "unknown.rq", True),
    "positive-wrong": ("PositiveSyntaxTest11", "broken.rq", False),
    "negative": ("NegativeSyntaxTest11", "broken.rq", True),
    "negative-wrong": ("NegativeSyntaxTest11", "rows.rq", False),
}
EXPECTED = {f"own/{name}": test[-1] for name, test in (TESTS | SYNTAX).items()}


def manifest() -> str:
    described = [
        f":{name} a mf:QueryEvaluationTest ; mf:result <{result}> ; mf:action [ qt:query <{query}>"
        + "".join(f" ; qt:data <{path}>" for path in data)
        + "".join(f" ; qt:graphData <{path}>" for path in graphs)
        + " ] ."
        for name, (query, data, graphs, result, _) in TESTS.items()
    ]
    described += [
        f":{n} a mf:{kind} ; mf:action <{query}> ." for n, (kind, query, _) in SYNTAX.items()
    ]
    names = " ".join(f":{name}" for name in TESTS | SYNTAX)
    return (
        "@prefix : <http://e/own#> .\n"
        "@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .\n"
        "@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .\n"
        f"<> mf:entries ( {names} ) .\n" + "\n".join(described)
    )


@pytest.fixture
def tests(tmp_path: Path) -> list[QueryTest]:
    folder = tmp_path / "suite" / "own"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    named = f"?g\t?o\n<{(folder / 'named.ttl').as_uri()}>\t3\n"
    (folder / "named.tsv").write_text(named, encoding="utf-8")
    (folder / "manifest.ttl").write_text(manifest(), encoding="utf-8")
    (folder.parent / "manifest-sparql11-query.ttl").write_text(
        "<> <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#include> ( <own/manifest.ttl> ) .",
        encoding="utf-8",
    )
    return list(read_tests(find_suite(tmp_path) / "manifest-sparql11-query.ttl"))


@pytest.mark.slow
def test_the_command_is_judged_by_what_a_suite_expects(
    tests: list[QueryTest], tmp_path: Path
) -> None:
    command = CommandRunner(tmp_path)
    outcomes = {outcome.name: outcome.problem is None for outcome in map(command.run, tests)}
    assert outcomes == EXPECTED


@pytest.mark.slow
@pytest.mark.skipif(needs_fork, reason="the endpoint needs a system that forks")
def test_the_endpoint_is_judged_by_what_a_suite_expects(
    tests: list[QueryTest], tmp_path: Path
) -> None:
    with serving_all(tmp_path, tests) as server:
        endpoint = EndpointRunner(server)
        outcomes = {outcome.name: outcome.problem is None for outcome in map(endpoint.run, tests)}
    assert outcomes == EXPECTED
