"""The tests of queries, put to the command and to the endpoint."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from pariscall.cli import main
from pariscall.rdf.sparql import dataset_clause, tokens
from pariscall.web.routes.negotiation import NAMES
from support.server import FORM, Server, serving

from .results import format_for, is_expected
from .suite import QueryTest

# A graph that no test asks, so that a default graph can be empty.
NOTHING = "x:nothing"
_SYNTAX_PROBLEM = re.compile(r"not a SPARQL 1\.1 query|prefix \S+ is not declared")
_DUMMY = Quad(NamedNode("x:s"), NamedNode("x:p"), NamedNode("x:o"), NamedNode(NOTHING))


@dataclass(frozen=True)
class Outcome:
    """What became of a test, with the reason if it failed."""

    name: str
    problem: str | None = None


def judge(test: QueryTest, content: bytes | None, problem: str) -> Outcome:
    """Judge the answer to a test; None is a refusal, for a reason."""
    if test.result is None:
        is_refused = content is None and bool(_SYNTAX_PROBLEM.search(problem))
        return Outcome(test.name, None if is_refused == test.is_negative else problem or "accepted")
    if content is None:
        return Outcome(test.name, problem.strip().splitlines()[-1][:160])
    return Outcome(test.name, None if is_expected(content, test.result) else "another result")


class CommandRunner:
    """Puts tests to ``pariscall query``; the dataset of a test becomes FROM and FROM NAMED."""

    def __init__(self, folder: Path) -> None:
        self._dummy = folder / "nothing.nq"
        self._dummy.write_bytes(serialize([_DUMMY], format=RdfFormat.N_QUADS) or b"")
        self._query = folder / "query.rq"

    def run(self, test: QueryTest) -> Outcome:
        """Run a test."""
        data = [path for path in (*test.data, *test.graphs) if not is_empty(path)]
        text = f"BASE <{test.query.resolve().as_uri()}>\n{test.query.read_text(encoding='utf-8')}"
        self._query.write_text(_with_dataset(text, test), encoding="utf-8")
        arguments = ["query", str(self._query), "--data", str(self._dummy)]
        for path in data:
            arguments += ["--data", str(path)]
        asked = format_for(test.result) if test.result else ("json", "nt")
        for name in asked:
            finished = CliRunner().invoke(main, [*arguments, "--format", name])
            if "cannot be written as" not in finished.stderr:
                break
        is_done = finished.exit_code == 0
        return judge(test, finished.stdout_bytes if is_done else None, finished.stderr)


class EndpointRunner:
    """Puts tests to the endpoint; the dataset of a test becomes parameters of the protocol."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def run(self, test: QueryTest) -> Outcome:
        """Run a test."""
        base = test.query.resolve().as_uri()
        text = f"BASE <{base}>\n{test.query.read_text(encoding='utf-8')}"
        default, named = ([], []) if dataset_clause(text) else dataset(test)
        form = [("query", text)]
        form += [("default-graph-uri", iri) for iri in default]
        form += [("named-graph-uri", iri) for iri in named]
        asked = format_for(test.result) if test.result else ("json", "nt")
        accept = ", ".join(
            ("application/sparql-results+" + name) if name in ("xml", "json") else NAMES[name]
            for name in asked
        )
        reply = self._server.send(
            "POST", "/sparql", urlencode(form), content_type=FORM, Accept=accept
        )
        return judge(test, reply.body if reply.status == 200 else None, reply.text)


@contextmanager
def serving_all(folder: Path, tests: Iterable[QueryTest]) -> Iterator[Server]:
    """Serve the data of all tests, each file as a graph that is named by its address."""
    paths = {path for test in tests for path in (*test.data, *test.graphs)}
    quads = [_DUMMY]
    for path in sorted(paths):
        kind = RdfFormat.from_extension(path.suffix[1:]) or RdfFormat.TURTLE
        address = path.resolve().as_uri()
        found = parse(path.read_bytes(), kind, base_iri=address, rename_blank_nodes=True)
        quads += [Quad(q.subject, q.predicate, q.object, NamedNode(address)) for q in found]
    (folder / "all.nq").write_bytes(serialize(quads, format=RdfFormat.N_QUADS) or b"")
    with serving(folder, "--data", "all.nq") as server:
        yield server


def dataset(test: QueryTest) -> tuple[list[str], list[str]]:
    """Return the IRIs of the default and of the named graphs of a test."""
    default = [path.resolve().as_uri() for path in test.data if not is_empty(path)]
    named = [path.resolve().as_uri() for path in test.graphs if not is_empty(path)]
    return default, named or ([] if default else [NOTHING])


def is_empty(path: Path) -> bool:
    """Return whether a file holds no triple."""
    kind = RdfFormat.from_extension(path.suffix[1:]) or RdfFormat.TURTLE
    return not list(parse(path.read_bytes(), kind, base_iri=path.resolve().as_uri()))


def _with_dataset(query: str, test: QueryTest) -> str:
    """Put the dataset of a test into its query, unless that names its own."""
    found = list(tokens(query))
    words = [token.text.upper() if token.kind == "word" else "" for token in found]
    form = next((w for w in words if w in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")), "")
    default, named = dataset(test)
    clause = " ".join([f"FROM <{iri}>" for iri in default] + [f"FROM NAMED <{g}>" for g in named])
    depth, opened = 0, 0
    for token, word in zip(found, words, strict=True):
        is_pattern = token.text == "{" and depth == 0
        opened += is_pattern
        if depth == 0 and (
            word in ("WHERE", "FROM") or (is_pattern and opened == 1 + (form == "CONSTRUCT"))
        ):
            at = token.start
            return query if word == "FROM" else f"{query[:at]} {clause} {query[at:]}"
        depth += (token.kind == "opening") - (token.kind == "closing")
    return query
