"""A page of the site, and the content that pages are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...query.queries import Query
from ...rdf.statistics import Statistics
from ...tables.document import Document
from .charts import Chart
from .downloads import Offer
from .feeds import Feed
from .listing_history import Listing, listings
from .picture import Picture
from .questions import Answer
from .releases import Release
from .resources import Resource, Resources
from .shapes import ShapeView


@dataclass(frozen=True)
class Content:
    """The content that pages are made from."""

    resources: Resources
    documents: Mapping[str, Document]
    releases: Sequence[Release]
    statistics: Statistics
    shapes: Sequence[ShapeView]
    dataset: Resource
    charts: Mapping[str, Sequence[Chart]]  # by language
    packed: bytes = b""  # the whole graph for the query page, compressed
    queries: Sequence[Query] = ()  # the ready-made ones
    answers: Sequence[Answer] = ()
    offers: Sequence[Offer] = ()
    feeds: Mapping[str, Feed] = field(default_factory=dict)  # by the path of its page
    has_documentation: bool = False
    pictures: Mapping[str, Mapping[str, Picture]] = field(default_factory=dict)  # by language, name

    @cached_property
    def listings(self) -> Sequence[Listing]:
        """The rows of the signatories, with what they were before each change."""
        return list(listings(self.documents.values()))


@dataclass(frozen=True)
class Page:
    """A page: its path without suffix, its template, its resource, and other values.

    A page with data has the same content as RDF, and that of a resource as plain JSON.
    """

    path: str
    template: str
    about: Resource | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    has_data: bool = False
    has_json: bool = False


# Makes the pages of a language; the paths are the same in each.
Maker = Callable[[Content, str], Iterable[Page]]
