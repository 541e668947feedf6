"""Values for the variables of a query, given by whoever asks it.

A query that declares ``# @param party IRI = actor:icann`` asks about ICANN unless told otherwise.
Values are written into it as whole terms, so that none can be taken for a piece of SPARQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from ..errors import MisuseError, RdfError, did_you_mean
from ..rdf.namespaces import PREFIXES, TYPE, XSD
from ..rdf.prefixes import KNOWN_PREFIXES
from ..rdf.rdflib_terms import is_term, to_term
from .header import Parameter, prefixes_of, read_parameters
from .queries import Query, syntax_explained
from .scope import Scope, read_scope, with_values
from .values import to_python

_PREFIXED = re.compile(r"([\w.-]*):(\S*)")
_ABSOLUTE = ("http://", "https://", "urn:")


def bind(query: Query, parameters: Mapping[str, object]) -> Query:
    """Return a query with values for some of its variables: one each, or several in a list.

    A parameter that the query declares has its default unless it is given another value. A text is
    an IRI if it is absolute or begins with a known prefix (``actor:abb``); where the query has a
    default value, it is a term of the same kind (``2020-01-01`` a date).

    Raises:
        MisuseError: if the query has no such variable, the value cannot be one of it, or a
            parameter without a default has no value.
        QueryError: if the header of the query cannot be understood.
    """
    declared = read_parameters(query.name, query.text)
    defaults = {each.name: each.default for each in declared if each.default is not None}
    _check_complete(query, declared, {**defaults, **parameters})
    if not {**defaults, **parameters}:
        return query
    scope = read_scope(query.text)
    values = {}
    for name, given in {**defaults, **parameters}.items():
        if name not in scope.names:
            known = f"It has {', '.join(scope.names)}." if scope.names else "It has none."
            raise MisuseError(f"{query.name}: no variable {name!r} can be given a value. {known}")
        default = defaults.get(name) or _default(name, query, scope)
        values[name] = " ".join(
            str(_term(name, value, query, default)) for value in _several(given)
        )
    return replace(query, text=with_values(query.text, values))


def check_known(query: Query, parameters: Mapping[str, object], store: Store) -> None:
    """Check that the IRIs given for parameters that a query declares are in a graph.

    Raises:
        MisuseError: with one line for each that is not.
    """
    declared = [each for each in read_parameters(query.name, query.text) if each.type == "IRI"]
    problems = []
    for each in declared:
        for value in _several(parameters.get(each.name, ())):
            term = _term(each.name, value, query, each.default)
            if isinstance(term, NamedNode) and not _is_in(term, store):
                shown = KNOWN_PREFIXES.compact(term.value)
                meant = did_you_mean(shown, _like_it(term, store))
                problems.append(f"{query.name}: {each.name}: nothing is known of {shown}.{meant}")
    if problems:
        raise MisuseError(*problems)


def _is_in(term: NamedNode, store: Store) -> bool:
    patterns = ((term, None, None), (None, None, term))
    return any(next(store.quads_for_pattern(*each), None) for each in patterns)


def _like_it(term: NamedNode, store: Store) -> set[str]:
    """Return the names of what is described below the same folder or vocabulary."""
    folder = re.split("[^/#]*$", term.value)[0]
    subjects = {str(quad.subject)[1:-1] for quad in store.quads_for_pattern(None, TYPE, None)}
    return {KNOWN_PREFIXES.compact(iri) for iri in subjects if iri.startswith(folder)}


def _check_complete(
    query: Query, declared: Iterable[Parameter], values: Mapping[str, object]
) -> None:
    for each in declared:
        if each.name not in values:
            need = f"{each.name}, of the type {each.type}, has no default"
            raise MisuseError(f"{query.name}: {need}. Say --param {each.name}=VALUE.")


def _several(given: object) -> Iterable[object]:
    return given if isinstance(given, list | tuple) else (given,)


def _term(name: str, value: object, query: Query, default: object) -> NamedNode | Literal:
    """Return the term of a value, of the kind that the query has for the variable itself."""
    try:
        if isinstance(value, str) and not is_term(value):
            return _of_text(name, value, query, default)
        return _of_value(to_term(value) if is_term(value) else value)
    except (TypeError, RdfError):
        raise MisuseError(f"{query.name}: {name}: {value!r} is not a value of a query.") from None


def _of_value(value: object) -> NamedNode | Literal:
    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, datetime):
        return Literal(value.isoformat(), datatype=NamedNode(XSD + "dateTime"))
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=NamedNode(XSD + "date"))
    if isinstance(value, Decimal):
        return Literal(f"{value:f}", datatype=NamedNode(XSD + "decimal"))
    if isinstance(value, bool | int | float):
        return Literal(value)
    raise TypeError


def _of_text(name: str, text: str, query: Query, default: object) -> NamedNode | Literal:
    if isinstance(default, Literal):
        term = _like(text, default)
        if type(to_python(term)) is not type(to_python(default)):
            kind = KNOWN_PREFIXES.compact(default.datatype.value)
            raise MisuseError(
                f"{query.name}: {name}: {text!r} is not an {kind}. Write it as {default.value}."
            )
        return term
    iri = _expand(text, prefixes_of(query.text))
    if iri is None and isinstance(default, NamedNode):
        example = KNOWN_PREFIXES.compact(default.value)
        raise MisuseError(f"{query.name}: {name}: {text!r} is not an IRI. Write it as {example}.")
    try:
        return NamedNode(iri) if iri else Literal(text)
    except ValueError:
        raise MisuseError(f"{query.name}: {name}: {iri!r} is not a valid IRI.") from None


def _like(text: str, default: Literal) -> Literal:
    if default.language:
        return Literal(text, language=default.language)
    return Literal(text, datatype=default.datatype)


def _expand(text: str, prefixes: Mapping[str, str]) -> str | None:
    """Return the IRI that a text is or abbreviates, if it does."""
    if text.startswith(_ABSOLUTE):
        return text
    found = _PREFIXED.fullmatch(text)
    return prefixes[found[1]] + found[2] if found and found[1] in prefixes else None


def _default(name: str, query: Query, scope: Scope) -> object:
    """Return the term that the query itself has for a variable, the first if it has several."""
    if name not in scope.defaults:
        return None
    begin, end = scope.defaults[name]
    block = f"VALUES ?value {{ {query.text[begin:end]} }}"
    text = f"{scope.prologue} SELECT ?value {{ {block} }}"
    with syntax_explained(query):
        rows: Any = Store().query(text, prefixes=PREFIXES, base_iri=query.base)
        return next((row["value"] for row in rows), None)
