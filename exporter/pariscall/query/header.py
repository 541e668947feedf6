"""The header of a query: the comments before it, which declare its parameters.

``# @param day date = "2019-12-31"^^xsd:date`` gives the variable ``?day`` a value that whoever asks
may replace. The default is a term of SPARQL or, for a call, ``the call of the project``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Store

from ..errors import QueryError
from ..project import current
from ..rdf.namespaces import BASE, PREFIXES, XSD
from .scope import with_values

_PARAMETER = re.compile(r"#\s*@param\b\s*(.*)")
_PARTS = re.compile(r"(\w+)\s+(\w+)(?:\s*=\s*(.+))?")
_PREFIX = re.compile(r"(?i)\bprefix\s+([\w.-]*):\s*<([^<>\s]*)>")
_PROJECT_CALL = "the call of the project"


@dataclass(frozen=True)
class Parameter:
    """A declared parameter: its name, its type (``IRI`` or that of a literal), and its default."""

    name: str
    type: str
    default: NamedNode | Literal | None = None


def read_parameters(name: str, text: str) -> list[Parameter]:
    """Return the parameters that the header of a query declares, in order.

    Raises:
        QueryError: if one cannot be understood, with its line.
    """
    return list(_parameters(name, text))


def with_defaults(name: str, text: str) -> str:
    """Return the text of a query in which its parameters have their defaults.

    Raises:
        QueryError: if a parameter cannot be understood, with its line.
    """
    declared = read_parameters(name, text)
    return with_values(text, {p.name: str(p.default) for p in declared if p.default is not None})


def prefixes_of(text: str) -> Mapping[str, str]:
    """Return the prefixes of a query: those that need no declaration, and its own."""
    return {**PREFIXES, **dict(_PREFIX.findall(text))}


def _parameters(name: str, text: str) -> Iterator[Parameter]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            return
        if found := _PARAMETER.fullmatch(line.rstrip()):
            try:
                yield _parameter(found[1], prefixes_of(text))
            except (SyntaxError, ValueError) as problem:
                example = "Write '# @param NAME TYPE = DEFAULT'"
                raise QueryError(f"{name}:{number}: {problem}. {example}.") from None


def _parameter(declaration: str, prefixes: Mapping[str, str]) -> Parameter:
    parts = _PARTS.fullmatch(declaration)
    if not parts:
        raise ValueError(f"not a parameter: {declaration!r}")
    name, kind, default = parts.groups()
    term = _term(default, prefixes) if default else None
    if term is not None and kind != _type_of(term):
        raise ValueError(f"the default {default} is not of the type {kind}")
    return Parameter(name, kind, term)


def _term(default: str, prefixes: Mapping[str, str]) -> NamedNode | Literal:
    term: NamedNode | Literal
    if default == _PROJECT_CALL:
        return NamedNode(f"{BASE}call/{current().call}")
    query = f"SELECT ?value {{ VALUES ?value {{ {default} }} }}"
    try:
        rows: Any = Store().query(query, prefixes=dict(prefixes))
        [term] = [row["value"] for row in rows if row["value"] is not None]
    except (SyntaxError, ValueError):
        raise ValueError(f"the default {default} is not one term") from None
    return term


def _type_of(term: NamedNode | Literal) -> str:
    return "IRI" if isinstance(term, NamedNode) else term.datatype.value.removeprefix(XSD)
