"""A page of the site, and what pages are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...rdf.statistics import Statistics
from ...tables.document import Document
from .charts import Chart
from .releases import Release
from .resources import Resource, Resources
from .shapes import ShapeView


@dataclass(frozen=True)
class Content:
    """What the pages are made of."""

    resources: Resources
    documents: Mapping[str, Document]
    releases: Sequence[Release]
    statistics: Statistics
    shapes: Sequence[ShapeView]
    dataset: Resource
    charts: Mapping[str, Sequence[Chart]]  # by language


@dataclass(frozen=True)
class Page:
    """A page: its path without suffix, its template, what it is about, and what else it shows.

    A page with data has RDF beside it.
    """

    path: str
    template: str
    about: Resource | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    has_data: bool = False


# What makes pages in a language; the paths are the same in each.
Maker = Callable[[Content, str], Iterable[Page]]
