"""Every IRI of ours has one route, to the document that describes it, and a header one format."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import NamedNode

from pariscall.rdf.namespaces import BASE
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from pariscall.web.routes.preferences import preferences
from pariscall.web.routes.routes import ROUTES, find_document, find_route
from support.routes import CHOICES, EXAMPLES, FILES, REFUSED

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def iris_of_ours(bundled: TableGraph) -> set[str]:
    quads = [*bundled.quads(), *vocabulary()]
    terms = {term for quad in quads for term in (quad.subject, quad.object)}
    return {t.value for t in terms if isinstance(t, NamedNode) and t.value.startswith(BASE)}


def test_every_iri_of_the_published_graph_leads_to_a_document(iris_of_ours: set[str]) -> None:
    assert [iri for iri in sorted(iris_of_ours) if find_document(iri) is None] == []


def test_no_iri_has_two_kinds_and_every_kind_an_example(iris_of_ours: set[str]) -> None:
    paths = {iri.removeprefix(BASE).partition("#")[0] for iri in iris_of_ours}
    paths |= EXAMPLES.keys() | set(FILES[:3])
    found = {path: [k.name for k in ROUTES if re.fullmatch(k.expression(), path)] for path in paths}
    assert [path for path, kinds in found.items() if len(kinds) != 1] == []
    assert {kinds[0] for kinds in found.values()} == {route.name for route in ROUTES}


@pytest.mark.parametrize(("path", "document"), EXAMPLES.items())
def test_an_iri_leads_to_the_document_that_describes_it(path: str, document: str) -> None:
    address = find_route(path)
    assert address is not None
    assert address.document == document
    assert address.fragment == (path if document != (path or "index") else "")


@pytest.mark.parametrize(
    "path", ["actor/", "actor/a/b", "actor/A", "actor/../etc", "nothing", "actor/abb\n", "code/a#b"]
)
def test_what_we_do_not_mint_leads_nowhere(path: str) -> None:
    assert find_route(path) is None


def test_the_address_of_others_leads_nowhere_with_us() -> None:
    assert find_document("https://example.org/actor/abb") is None


@pytest.mark.parametrize(("accept", "suffix"), CHOICES.items())
def test_the_preferred_format_is_told_from_the_header(accept: str, suffix: str) -> None:
    assert next(s for expression, s in preferences() if re.search(expression, accept)) == suffix


@pytest.mark.parametrize("accept", REFUSED)
def test_a_header_that_names_nothing_we_have_is_told(accept: str) -> None:
    assert not [s for expression, s in preferences() if re.search(expression, accept)]
