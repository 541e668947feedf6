"""Results as data frames of pandas, polars and Apache Arrow, which need not be installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from ..errors import MisuseError
from .values import Term, Value, to_python

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

# The type of a column in pandas by its kind; ``local`` and ``instant`` are moments.
_PANDAS = {
    "bool": "boolean",
    "int": "Int64",
    "float": "float64",
    "date": "datetime64[s]",
    "local": "datetime64[us]",
    "instant": "datetime64[us, UTC]",
    "text": "string",
}
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Column:
    """The values of one variable, all of one kind or None.

    Numbers of several types are floats, moments with a time zone are in UTC; values of kinds that
    do not go together, and integers beyond 64 bits, are texts.
    """

    kind: str
    values: list[Value]

    @classmethod
    def of(cls, terms: Sequence[Term | None]) -> Column:
        """Make a column of terms."""
        values = [to_python(term) for term in terms]
        kinds = {_kind(value) for value in values if value is not None}
        if len(kinds) > 1:
            kinds = {"float"} if kinds == {"int", "float"} else {"text"}
        kind = kinds.pop() if kinds else "text"
        if kind == "text":
            return cls(kind, [None if term is None else _text(term) for term in terms])
        read = _CONVERTERS.get(kind)
        return cls(kind, [read(v) if read and v is not None else v for v in values])


_CONVERTERS: dict[str, Callable[[Any], Value]] = {
    "float": float,
    "instant": lambda moment: moment.astimezone(UTC),
}


def to_pandas(columns: Mapping[str, Column]) -> pd.DataFrame:
    """Make a DataFrame of pandas.

    Raises:
        MisuseError: if pandas is not installed.
    """
    library = _library("pandas")
    frame: pd.DataFrame = library.DataFrame(
        {
            name: library.Series(column.values, dtype=_PANDAS[column.kind])
            for name, column in columns.items()
        }
    )
    return frame


def to_polars(columns: Mapping[str, Column]) -> pl.DataFrame:
    """Make a DataFrame of polars.

    Raises:
        MisuseError: if polars is not installed.
    """
    library = _library("polars")
    types = {
        "bool": library.Boolean,
        "int": library.Int64,
        "float": library.Float64,
        "date": library.Date,
        "local": library.Datetime("us"),
        "instant": library.Datetime("us", "UTC"),
        "text": library.String,
    }
    frame: pl.DataFrame = library.DataFrame(
        [library.Series(name, c.values, dtype=types[c.kind]) for name, c in columns.items()]
    )
    return frame


def to_arrow(columns: Mapping[str, Column]) -> pa.Table:
    """Make a table of Apache Arrow.

    Raises:
        MisuseError: if pyarrow is not installed.
    """
    library = _library("pyarrow")
    types = {
        "bool": library.bool_(),
        "int": library.int64(),
        "float": library.float64(),
        "date": library.date32(),
        "local": library.timestamp("us"),
        "instant": library.timestamp("us", "UTC"),
        "text": library.string(),
    }
    return library.table(
        {name: library.array(c.values, types[c.kind]) for name, c in columns.items()}
    )


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise MisuseError(
            f"{name} is not installed. Install it with: python -m pip install {name}"
        ) from None


def _kind(value: Value) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if abs(value) <= _LARGEST else "text"
    if isinstance(value, float | Decimal):
        return "float"
    if isinstance(value, datetime):
        return "instant" if value.tzinfo else "local"
    return "date" if isinstance(value, date) else "text"


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else str(term)
