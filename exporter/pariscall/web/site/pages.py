"""The pages of the site: one table of the functions that make them."""

from __future__ import annotations

from collections.abc import Iterator

from ...project import current
from ...rdf.namespaces import BASE, DATASET, MSC, iri_of
from .about import explain
from .calls import calls
from .documents import PROJECT, vocabulary_documents
from .ecosystem import endorsed_calls
from .endorsements import CALL, is_supporter, signatories_of
from .groupings import groupings
from .identities import identities
from .lists import lists
from .page import Content, Maker, Page
from .plain import subject
from .question_pages import LIST, answered, question_pages
from .shapes import shape_sets
from .source_lists import sources
from .tools import tools
from .working_groups import working_groups
from .world_map import PATH as MAP
from .world_map import places, world_map

# A host shows the page 404 at any depth; a path above the top leads to the top.
_TO_THE_TOP = "../" * 8


# The template of each route.
_TEMPLATES = {
    "call": "call.html",
    "principle": "principle.html",
    "party": "party.html",
    "public_event": "public_event.html",
    "source": "source.html",
    "claim": "claim.html",
    "registry": "registry.html",
    "grouping": "grouping.html",
    "group": "group.html",
    "activity": "activity.html",
    "agent": "agent.html",
    "dataset": "dataset.html",
    "country": "country.html",
}


def front(content: Content, lang: str) -> Iterator[Page]:
    """Yield the front page and the pages that explain the site."""
    signatories = signatories_of(content.resources.of_class("msc:Signatory", lang))
    supporters = [party for party in signatories if is_supporter(party)]
    values = {
        "call": content.resources[f"{BASE}call/{current().call}"],
        "supporters": supporters,
        "gone": [party for party in signatories if not is_supporter(party)],
        "countries": len(
            {country for party in supporters for country in party.resources("msc:country")}
        ),
        "sources": len(content.resources.of_class("msc:Source")),
        "has_map": bool(places(content)),
        "asked": answered(content, lang),
        "other_calls": [call for call in endorsed_calls(content, lang) if call.iri != CALL],
    }
    yield Page(PROJECT, "index.html", content.resources[BASE], values, has_data=True)
    yield Page("about", "about.html", values={"explanations": explain(lang)})
    yield Page("404", "404.html", values={"root": _TO_THE_TOP})


def described(content: Content, lang: str) -> Iterator[Page]:  # noqa: ARG001 as all makers
    """Yield a page for each resource that the graph describes."""
    for path in content.documents:
        if path != PROJECT:
            resource = content.resources[subject(path)]
            route = resource.location.route.name if resource.location else ""
            yield Page(path, _TEMPLATES[route], resource, has_data=True, has_json=True)


def released(content: Content, lang: str) -> Iterator[Page]:  # noqa: ARG001 as all makers
    """Yield a page for each release."""
    for release in content.releases:
        resource = content.resources[BASE + release.document]
        yield Page(release.document, "release.html", resource, {"release": release}, has_data=True)


def vocabulary(content: Content, lang: str) -> Iterator[Page]:
    """Yield the pages of the ontology, the alignments, the shapes and the code lists."""
    terms = content.resources[MSC[:-1]].incoming("rdfs:isDefinedBy")
    values: dict[str, object] = {
        "classes": [term for term in terms if "owl:Class" in term.types],
        "properties": [term for term in terms if "owl:Class" not in term.types],
        "schemes": content.resources.of_class("skos:ConceptScheme", lang),
        "sets": shape_sets(content.shapes),
    }
    for path in vocabulary_documents():
        template = "shapes.html" if path.startswith("shapes") else "ontology.html"
        template = "alignments.html" if path == "ns/align" else template
        yield Page(path, template, content.resources[iri_of(path)], values, has_data=True)
    for scheme in content.resources.of_class("skos:ConceptScheme"):
        if scheme.location:
            yield Page(scheme.location.document, "codes.html", scheme, has_data=True)


# New pages are added here, by the function that makes them.
PAGES: tuple[Maker, ...] = (
    *(front, described, released, vocabulary),
    *(
        lists,
        sources,
        world_map,
        identities,
        groupings,
        working_groups,
        calls,
        question_pages,
        tools,
    ),
)

# The pages of the main menu, and the message of each.
NAVIGATION = (
    ("signatories", "signatories"),
    (LIST, "questions"),
    (MAP, "map"),
    ("countries", "countries"),
    ("sources", "sources"),
    ("events", "events"),
    ("charts", "charts"),
    ("sparql", "query"),
    (DATASET.value.removeprefix(BASE), "data"),
    ("ns", "vocabulary"),
    ("about", "about"),
)
