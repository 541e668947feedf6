"""From rows to triples, as the CSVW metadata say.

Implements the minimal mode of https://www.w3.org/TR/csv2rdf/ for the properties that our
metadata use: ``aboutUrl``, ``propertyUrl``, ``valueUrl``, ``datatype``, ``lang``, ``virtual``
and ``suppressOutput``; templates are those of RFC 6570 with ``{name}`` and ``{+name}``.

What a table says is compiled once to Python functions of a row, as ``tables.mapping_source`` writes
them, so that a row costs little more than its texts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from ..rdf.namespaces import is_iri
from ..rdf.ntriples import escape
from .csvw import Table
from .document import Document
from .mapping_source import write_source
from .rows import Row

# The column that a triple comes from, and the triple; the object of an empty cell is None.
Origin = tuple[str, str, str, str | None]

_RESERVED = ":/?#[]@!$&'()*+,;=%"


class Mapper:
    """Maps the rows of a table to triples: ``subject``, ``describe`` and ``origins`` are compiled.

    Raises:
        TableError: if the description of the table names no column, or makes no IRI.
    """

    subject: Callable[[list[str]], str]
    """Return the subject of a row, by its cells."""

    describe: Callable[[Document, Row], None]
    """Add the triples of a row to a document: those about its own subject first."""

    origins: Callable[[list[str]], list[Origin]]
    """Return the column that each triple of a row comes from, and the triple.

    A triple of a virtual column comes from the first column; an empty cell gives None in place of
    the object.
    """

    def __init__(self, table: Table) -> None:
        names: dict[str, Any] = {
            "escape": escape,
            "simple": _simple,
            "reserved": _reserved,
            "checked": _checked,
        }
        code = compile(write_source(table), f"<mapping of {table.name}>", "exec")
        exec(code, names)  # noqa: S102 our own text, in which the metadata are quoted
        self.subject = names["subject"]
        self.describe = names["describe"]
        self.origins = names["origins"]


@lru_cache(maxsize=256)
def mapper_of(table: Table) -> Mapper:
    """Return the mapper of a table, which is compiled once for equal descriptions.

    Raises:
        TableError: as ``Mapper``.
    """
    return Mapper(table)


@lru_cache(maxsize=4096)
def _simple(value: str) -> str:
    return quote(value, safe="~")


@lru_cache(maxsize=4096)
def _reserved(value: str) -> str:
    return quote(value, safe=_RESERVED + "~")


@lru_cache(maxsize=4096)
def _checked(term: str) -> str:
    """Return the text of an IRI, in which a cell may have put anything.

    Raises:
        ValueError: if it is none.
    """
    if not is_iri(term[1:-1]):
        raise ValueError(f"{term} is no IRI")
    return term
