"""The tool pages: charts, search, and SPARQL in the browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from ...query.queries import named_queries
from ...rdf.namespaces import PREFIXES, VOCABULARY
from . import figures
from .endorsements import is_of_call
from .page import Content, Page
from .resources import Resource, in_order

CATEGORIES, STATUSES = VOCABULARY + "code/category", VOCABULARY + "code/status"


def tools(content: Content, lang: str) -> Iterator[Page]:
    """Yield the tool pages."""
    yield Page(
        "charts",
        "charts.html",
        values={"countries": figures.countries(content.resources, content.documents)},
    )
    parties = content.resources.of_class("org:Organization")
    endorsements = list(filter(is_of_call, content.resources.of_class("msc:Endorsement")))
    values = {
        "categories": _used(content, CATEGORIES, endorsements, "msc:category"),
        "statuses": _used(content, STATUSES, endorsements, "msc:status"),
        "inhabited": in_order(
            {c for party in parties for c in party.resources("msc:country")}, lang
        ),
        "years": sorted({known.date("msc:since")[:4] for known in endorsements}, reverse=True),
    }
    yield Page("search", "search.html", values=values)
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


def _used(
    content: Content, scheme: str, endorsements: Iterable[Resource], predicate: str
) -> list[Resource]:
    """Return the codes of a list that endorsements use, in the order of the list."""
    used = {code for endorsement in endorsements for code in endorsement.resources(predicate)}
    codes = content.resources[scheme].incoming("skos:inScheme")
    return [code for code in codes if code in used] or sorted(used, key=attrgetter("iri"))
