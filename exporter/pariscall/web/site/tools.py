"""The tool pages: charts, and SPARQL in the browser."""

from __future__ import annotations

from collections.abc import Iterator

from ...query.queries import named_queries
from ...rdf.namespaces import PREFIXES
from . import figures
from .page import Content, Page


def tools(content: Content, lang: str) -> Iterator[Page]:  # noqa: ARG001 as all makers
    """Yield the tool pages."""
    yield Page(
        "charts",
        "charts.html",
        values={"countries": figures.countries(content.resources, content.documents)},
    )
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    yield Page(
        "sparql",
        "sparql.html",
        values={
            "queries": named_queries(),
            "prefixes": PREFIXES,
            "prologue": prefixes,
        },
    )
