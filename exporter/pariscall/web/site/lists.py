"""The lists: signatories, categories, countries, events."""

from __future__ import annotations

from collections.abc import Iterator

from ...rdf.namespaces import VOCABULARY
from .endorsements import category_of, in_time, is_supporter, signatories_of
from .listing_history import first_day
from .messages import words
from .page import Content, Page
from .signatory_index import FACETS

CATEGORIES = VOCABULARY + "code/category"
# The lists of signatories once had pages of so many rows, whose addresses still lead on.
_ROWS = 250


def lists(content: Content, lang: str) -> Iterator[Page]:
    """Yield the lists, and the pages that lead on from where lists were."""
    signatories = signatories_of(content.resources.of_class("msc:Signatory", lang))
    categories = content.resources[CATEGORIES].incoming("skos:inScheme")
    explorer = {
        "members": signatories,
        "supporting": sum(map(is_supporter, signatories)),
        "categories": categories,
        "facets": FACETS,
        "first_day": first_day(content.documents.values()),
        "last_day": content.dataset.date("dcterms:modified"),
    }
    yield Page("signatories", "signatories.html", values=explorer)
    yield from _moved("signatories", len(signatories), words(lang)["signatories"])
    for category in categories:
        members = [party for party in signatories if category_of(party) is category]
        supporting = sum(map(is_supporter, members))
        values = {"members": members, "supporting": supporting, "category": category}
        path = f"category/{category.code}"
        yield Page(path, "category.html", values=values)
        yield from _moved(path, len(members), category.name(lang).value)
    values = {"target": "signatories", "target_name": words(lang)["signatories"]}
    yield Page("search", "moved.html", values=values)
    countries = content.resources.of_class("skos:Concept", lang)
    inhabited = [country for country in countries if country.incoming("msc:country")]
    yield Page("countries", "countries.html", values={"countries": inhabited})
    public_events = in_time(content.resources.of_class("m8g:PublicEvent", lang))
    yield Page("events", "events.html", values={"public_events": public_events})


def _moved(path: str, members: int, name: str) -> Iterator[Page]:
    for number in range(2, -(-members // _ROWS) + 1):
        values = {"target": path, "target_name": name}
        yield Page(f"{path}/{number}", "moved.html", values=values)
