"""Questions to the graph: the ready-made ones, and any other in SPARQL 1.1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Store

from .. import bundle
from ..errors import MisuseError, QueryError
from ..rdf.namespaces import PREFIXES
from ..rdf.reader import DEFAULT, InputOptions, read_inputs, read_text
from ..rdf.sparql import check_is_local
from .cache import cached_store
from .results import Results, render


@dataclass(frozen=True)
class Query:
    """A query: what it is called, what it asks, and its SPARQL text."""

    name: str
    question: str
    text: str


def named_queries() -> list[Query]:
    """List the ready-made queries by name; the first line of each file asks its question."""
    return [_named(path) for path in sorted(bundle.QUERIES.glob("*.rq"))]


def find_query(query: str) -> Query:
    """Understand what a user asks for: the name of a query, a ``.rq`` file, or SPARQL itself.

    Raises:
        MisuseError: if there is no query of that name.
        RdfError: if the file cannot be read.
    """
    if query.endswith(".rq"):
        return Query(query, "", read_text(Path(query)))
    if re.fullmatch(r"[\w-]+", query):
        for known in named_queries():
            if known.name == query:
                return known
        raise MisuseError(f"there is no query {query!r}. 'pariscall query --list' shows them all.")
    return Query("query", "", query)


def answer(query: Query, store: Store, format_name: str | None = None) -> str:
    """Run a query on a store, over all its graphs together, and write out the results.

    The prefixes of the project need no declaration.

    Raises:
        QueryError: if it is not a SPARQL 1.1 query, cannot be run, or calls another server.
        MisuseError: if such results cannot be written in that format.
    """
    with explained(query):
        return render(ask(query, store), format_name)


def ask(query: Query, store: Store) -> Results:
    """Run a query on a store as ``answer`` does; its results are found as they are read.

    Raises:
        QueryError: if it calls another server.
        SyntaxError, RuntimeError: those of Oxigraph, which ``explained`` puts into words.
    """
    check_is_local(query.text)
    return store.query(query.text, prefixes=PREFIXES, use_default_graph_as_union=True)


@contextmanager
def explained(query: Query) -> Iterator[None]:
    """Say in one line what is wrong with a query that Oxigraph does not run to its end.

    Raises:
        QueryError: in place of Oxigraph's errors.
    """
    try:
        yield
    except SyntaxError as error:
        raise QueryError(_syntax_problem(query, str(error))) from None
    except RuntimeError as error:
        raise QueryError(f"{query.name}: the query cannot be run: {error}.") from None


def bundled_store(as_of: date | None = None) -> Store:
    """Load the published graph: the data, as of a day if one is given, the ontology and the codes.

    Raises:
        MisuseError: if nothing is known of the registry on that day.
    """
    return cached_store(as_of)


def store_of(names: Sequence[str | Path], options: InputOptions = DEFAULT) -> Store:
    """Load RDF files, or other sources, into a store.

    Raises:
        RdfError, WebError: if a source cannot be read.
    """
    store = Store()
    store.bulk_extend(read_inputs(names, options))
    return store


def _named(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    return Query(path.stem, text.split("\n", 1)[0].lstrip("# "), text)


def _syntax_problem(query: Query, message: str) -> str:
    """Say where a query is wrong, and name an unknown prefix if that is the likely reason."""
    place = re.match(r"error at (\d+):(\d+)", message)
    if not place:
        return f"{query.name}: not a SPARQL 1.1 query: {message}."
    line, column = int(place[1]), int(place[2])
    source = [*query.text.split("\n"), ""][line - 1]
    declared = {*PREFIXES, *re.findall(r"(?i)\bprefix\s+([\w-]*):", query.text)}
    for prefix in re.findall(r"(?<![\w<:/-])([A-Za-z][\w-]*):(?!//)", source):
        if prefix not in declared:
            return f"{query.name}:{line}: the prefix {prefix}: is not declared."
    near = source[max(0, column - 1) :].strip()[:30]
    where = f"near {near!r}" if near else "where the query ends"
    return f"{query.name}:{line}: not a SPARQL 1.1 query, {where} (column {column})."
