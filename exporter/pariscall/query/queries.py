"""The ready-made queries, and any other in SPARQL 1.1."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions, Store

from .. import bundle
from ..errors import MisuseError, QueryError
from ..project import current, in_language
from ..rdf.language_tags import LANG_FUNCTION, with_written_lang
from ..rdf.namespaces import PREFIXES, in_project
from ..rdf.reader import DEFAULT, InputOptions, read_text
from ..rdf.sparql import DatasetClause, check_is_local, dataset_clause, with_variables_in_order
from ..rdf.turtle import Term
from .cache import cached_store
from .dataset import Dataset, read_dataset
from .header import with_defaults
from .results import QueryResults, render

_IRI = re.compile(r"<([^<>\s]+)>")
_IN_ENGLISH = re.compile(r'(LANG\(\?\w+\) (?:= |IN \("", ))"en"')
_Functions = dict[NamedNode, Callable[..., Term | None]]


@dataclass(frozen=True)
class Query:
    """A query: its name, the question that it answers, its SPARQL text, and its base IRI."""

    name: str
    question: str
    text: str
    base: str | None = None


def named_queries() -> list[Query]:
    """Return the ready-made queries and those of the project by name.

    The first line of each file is its question, and its parameters have their defaults. A query of
    the project replaces one of its name.
    """
    own = current().queries
    folders = [bundle.QUERIES, *([own] if own else [])]
    paths = {path.stem: path for folder in folders for path in folder.glob("*.rq")}
    return [_named(paths[name]) for name in sorted(paths)]


def find_query(query: str) -> Query:
    """Return the query that a user means: the name of one, a ``.rq`` file, or SPARQL itself.

    The base IRI of a file is its address (RFC 3986, 5.1.3).

    Raises:
        MisuseError: if there is no query of that name.
        RdfError: if the file cannot be read.
        QueryError: if the terminal passed bytes that are not text.
    """
    if query.endswith(".rq"):
        path = Path(query)
        return Query(query, "", read_text(path), path.resolve().as_uri())
    if re.fullmatch(r"[\w-]+", query):
        for known in named_queries():
            if known.name == query:
                return known
        raise MisuseError(f"there is no query {query!r}. 'pariscall query --list' shows them all.")
    if not _is_unicode(query):
        raise QueryError("query: not UTF-8. Put it into a file.rq that is.")
    return Query("query", "", query)


def answer(query: Query, dataset: Dataset, format_name: str | None = None) -> str:
    """Run a query and return its results in a format.

    The prefixes of the project need no declaration.

    Raises:
        QueryError: if it is not a SPARQL 1.1 query, cannot be run, calls another server, or names a
            graph that is not there.
        MisuseError: if such results cannot be written in that format.
    """
    with syntax_explained(query):
        return render(evaluate(query, dataset), format_name, dataset.tags.with_query(query.text))


def evaluate(query: Query, dataset: Dataset, chosen: DatasetClause | None = None) -> QueryResults:
    """Return the results of a query, which are computed as they are read.

    ``chosen`` replaces the dataset clause of the query, as in SPARQL 1.1 Protocol, 2.1.4.

    Raises:
        QueryError: if it calls another server or names a graph that is not there.
        SyntaxError, RuntimeError: Oxigraph's; ``syntax_explained`` makes them a ``QueryError``.
    """
    check_is_local(query.text)
    results = _tried(query)
    text, tags = query.text, dataset.tags.with_query(query.text)
    functions: _Functions | None = {LANG_FUNCTION: tags.lang} if tags else None
    if isinstance(results, QuerySolutions):
        text = with_variables_in_order(text, {variable.value for variable in results.variables})
    if tags:
        text = with_written_lang(text)
    clause = chosen or dataset_clause(query.text, query.base)
    store, graphs = dataset.choose(clause) if clause else (dataset.store, {})
    return store.query(
        text, prefixes=PREFIXES, base_iri=query.base, custom_functions=functions, **graphs
    )


@contextmanager
def syntax_explained(query: Query) -> Iterator[None]:
    """Turn an error of Oxigraph into one line that says what is wrong with the query, and where.

    Raises:
        QueryError: in place of Oxigraph's errors.
    """
    try:
        yield
    except SyntaxError as error:
        raise QueryError(_syntax_problem(query, str(error))) from None
    except RuntimeError as error:
        raise QueryError(f"{query.name}: the query cannot be run: {error}.") from None


def bundled_dataset(as_of: date | None = None) -> Dataset:
    """Return the published graph: the data, as of a date if one is given, ontology and code lists.

    Raises:
        MisuseError: if nothing is known of the registry on that date.
    """
    return Dataset(cached_store(as_of))


def dataset_for(
    query: Query,
    names: Sequence[str | Path],
    as_of: date | None = None,
    options: InputOptions = DEFAULT,
) -> Dataset:
    """Return the dataset for a query: RDF files, or the published graph if there are none.

    Raises:
        QueryError: if the query is not valid; nothing is read then.
        RdfError, WebError: if a file cannot be read.
        MisuseError: if nothing is known of the registry on that date.
    """
    if not names:
        return bundled_dataset(as_of)
    with syntax_explained(query):
        _tried(query)
        clause = dataset_clause(query.text, query.base)
    return read_dataset(names, options, clause)


def _named(path: Path) -> Query:
    """Read a ready-made query.

    In its question, ``this call`` stands for the call of the project; in its filters of languages,
    ``"en"`` stands for the main language of the project.
    """
    question, newline, rest = path.read_text(encoding="utf-8").partition("\n")
    question = question.replace("this call", in_language(current().short, "en"))
    rest = _IRI.sub(lambda iri: f"<{in_project(iri[1])}>", rest)
    rest = _IN_ENGLISH.sub(rf'\1"{current().main_language}"', rest)
    text = with_defaults(path.stem, question + newline + rest)
    return Query(path.stem, question.lstrip("# "), text)


def _tried(query: Query) -> QueryResults:
    """Return the results over no data, which shows errors and variables at no cost."""
    return Store().query(query.text, prefixes=PREFIXES, base_iri=query.base)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # Python keeps undecodable bytes of arguments as lone surrogates
        return False
    return True


def _syntax_problem(query: Query, message: str) -> str:
    """Describe where a query is wrong, and an undeclared prefix if that is the likely reason."""
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
