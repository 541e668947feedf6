"""A question with its values, and the data that it is asked of."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date

from pyoxigraph import Store

from ..errors import MisuseError
from ..rdf.inputs import Data, open_data
from ..rdf.reader import InputOptions
from ..rdf.sparql import dataset_clause
from .dataset import Dataset, dataset_of
from .parameters import bind, check_known
from .queries import Query, bundled_dataset, find_query, syntax_explained
from .rows import Results


def results_of(
    name_or_sparql: str | os.PathLike[str],
    parameters: Mapping[str, object],
    as_of: date | None,
    data: Data | None,
    format_name: str | None,
) -> Results:
    """Answer a query over the published graph, as of a date if one is given, or over other data.

    Raises:
        MisuseError: if there is no such query, a value names nothing that is known, or the
            arguments do not go together.
        QueryError: if it cannot be run.
        RdfError: if the data cannot be read.
    """
    if data is not None and as_of is not None:
        raise MisuseError("name either data or as_of, not both.")
    if data is None and format_name is not None:
        raise MisuseError("format is the format of data. Call to_csv() or to(...) on the results.")
    found = find_query(os.fspath(name_or_sparql))
    query = bind(found, parameters)
    if data is None:
        dataset = bundled_dataset(as_of)
        if as_of is None:
            check_known(found, parameters, dataset.store)
        return Results(query, dataset)
    return Results(query, _dataset(query, data, InputOptions(format_name)))


def _dataset(query: Query, data: Data, options: InputOptions) -> Dataset:
    """Return the dataset of data; a store without named graphs is queried as it is."""
    if isinstance(data, Store) and not any(data.named_graphs()):
        return Dataset(data)
    with syntax_explained(query):
        clause = dataset_clause(query.text, query.base)
    return dataset_of(open_data(data, options), clause)
