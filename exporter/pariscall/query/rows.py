"""The results of a query as rows of native Python values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyoxigraph import (
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    Triple,
    parse_query_results,
)

from ..errors import MisuseError
from .dataset import Dataset
from .files import FILES
from .frames import Column, to_arrow, to_pandas, to_polars
from .queries import Query, evaluate, syntax_explained
from .results import render, render_triples
from .values import Term, Value, to_python

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

_TRIPLE = ("subject", "predicate", "object")
_ANSWER = "answer"


class Row:
    """One row: values by attribute (``row.name``), by name, by position, or unpacked in order.

    Use ``row["from"]`` for a name that Python reserves.
    """

    __slots__ = ("_names", "_values")

    def __init__(self, names: Sequence[str], values: Sequence[Value]) -> None:
        self._names = tuple(names)
        self._values = tuple(values)

    # The type of a value depends on the query: Any lets callers use it as what they know it is.
    def __getattr__(self, name: str) -> Any:
        if name in self._names:
            return self[name]
        raise AttributeError(f"the row has no {name!r}, but {', '.join(self._names)}")

    def __getitem__(self, key: str | int) -> Any:
        if isinstance(key, int):
            return self._values[key]
        if key in self._names:
            return self._values[self._names.index(key)]
        raise KeyError(key)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row):
            return self.as_dict() == other.as_dict()
        return isinstance(other, tuple) and self._values == other

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        pairs = ", ".join(f"{name}={value!r}" for name, value in self.as_dict().items())
        return f"Row({pairs})"

    def as_dict(self) -> dict[str, Value]:
        """Return the values by name."""
        return dict(zip(self._names, self._values, strict=True))


class Results:
    """The results of a query: rows to iterate over, and the formats and data frames they make.

    A CONSTRUCT or DESCRIBE has a row for each triple (``subject``, ``predicate``, ``object``), an
    ASK one row with its ``answer``. As a condition, results are true if they have a row; those of
    an ASK if the answer is yes.

    Raises:
        QueryError: if it is not a SPARQL 1.1 query, cannot be run, or calls another server.
    """

    def __init__(self, query: Query, dataset: Dataset) -> None:
        self._triples: list[Triple] | None = None
        self._json = b""
        self._is_ask = False
        self._tags = dataset.tags.with_query(query.text)
        with syntax_explained(query):
            found = evaluate(query, dataset)
            if isinstance(found, QueryTriples):
                self._triples = list(found)
            else:  # kept as they are written, so that they can be read more than once
                self._is_ask = isinstance(found, QueryBoolean)
                self._json = found.serialize(format=QueryResultsFormat.JSON) or b""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the query."""
        if self._triples is not None:
            return _TRIPLE
        found = parse_query_results(self._json, QueryResultsFormat.JSON)
        if isinstance(found, QueryBoolean):
            return (_ANSWER,)
        return tuple(variable.value for variable in found.variables)

    def rows(self) -> list[Row]:
        """Return the rows, in the order of the results; an unbound value is None."""
        return self._rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, position: int) -> Row:
        return self._rows[position]

    def __bool__(self) -> bool:
        return self._rows[0][0] is True if self._is_ask else bool(self._rows)

    def __repr__(self) -> str:
        number = f"{len(self):,} row{'' if len(self) == 1 else 's'}"
        return f"<Results: {number} of {', '.join(self.columns)}>"

    def to(self, format_name: str) -> str:
        """Return the results as text, in one of the formats of ``pariscall query --format``.

        Raises:
            MisuseError: if results of this kind cannot be written in that format.
        """
        if self._triples is not None:
            return render_triples(self._triples, format_name, self._tags)
        found = parse_query_results(self._json, QueryResultsFormat.JSON)
        return render(found, format_name, self._tags)

    def to_csv(self) -> str:
        """Return the rows as CSV (SPARQL 1.1 Query Results CSV)."""
        return self.to("csv")

    def to_json(self) -> str:
        """Return the rows as JSON (SPARQL 1.1 Query Results JSON)."""
        return self.to("json")

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a pandas DataFrame, each column of one type.

        Integers are Int64, decimals float64, dates datetime64, everything else is text.

        Raises:
            MisuseError: if pandas is not installed.
        """
        return to_pandas(self._columns())

    def to_polars(self) -> pl.DataFrame:
        """Return the rows as a polars DataFrame, each column of one type.

        Raises:
            MisuseError: if polars is not installed.
        """
        return to_polars(self._columns())

    def to_arrow(self) -> pa.Table:
        """Return the rows as a table of Apache Arrow, each column of one type.

        Raises:
            MisuseError: if pyarrow is not installed.
        """
        return to_arrow(self._columns())

    def to_file(self, format_name: str) -> bytes:
        """Return the rows as an Excel workbook (``xlsx``) or as ``parquet``, each column of one type.

        Raises:
            MisuseError: if there is no such format, or what writes it is not installed.
        """
        if format_name not in FILES:
            raise MisuseError(f"there is no file {format_name!r}. Choose {' or '.join(FILES)}.")
        return FILES[format_name](self._columns())

    @cached_property
    def terms(self) -> list[list[Term | None]]:
        """The rows as terms of RDF; an unbound value is None."""
        if self._triples is not None:
            return [list(triple) for triple in self._triples]
        found = parse_query_results(self._json, QueryResultsFormat.JSON)
        if isinstance(found, QueryBoolean):
            return [[Literal(bool(found))]]
        return [list(solution) for solution in found]

    @cached_property
    def _rows(self) -> list[Row]:
        return [Row(self.columns, [to_python(term) for term in row]) for row in self.terms]

    def _columns(self) -> dict[str, Column]:
        return {
            name: Column.of([row[at] for row in self.terms]) for at, name in enumerate(self.columns)
        }
