"""The query page: results as bars, map and timeline, completion in the editor, and what it weighs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from pariscall.rdf.prefixes import KNOWN_PREFIXES
from pariscall.tables.graph import TableGraph
from pariscall.web.site.locale import format_bytes
from support.html import page as read
from support.sites import LANGUAGES

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, Page, expect

from support.browser import Visit, barriers, host

pytestmark = [pytest.mark.slow]
expect.set_options(timeout=60_000)  # milliseconds, for a machine with much else to do

COUNTRIES = """SELECT ?country ?n {
    VALUES (?country ?n) { (country:FRA 31) (country:NGA 1) (country:SGP 7) (country:FRA 4) }
}"""
DAYS = """SELECT ?party ?name ?since {
    VALUES (?party ?name ?since) {
        (actor:abb "Another name" "2019-11-10"^^xsd:date)
        (actor:france "France" "2018-11-12"^^xsd:date)
        (<http://example.org/x> "<img src=x onerror=alert(1)>" "2018-11-12"^^xsd:date)
    }
}"""
NUMBERS = """SELECT ?year ?states ?companies {
    VALUES (?year ?states ?companies) { ("2018" 5 40) ("2019" 10 1000) }
}"""


@pytest.fixture(scope="module")
def site(browser: Browser, small_site: Path) -> Iterator[str]:  # noqa: ARG001 no site is built where no browser is
    with host(small_site) as address:
        yield address


def ask(visit: Visit, query: str, suffix: str = ".html", view: str = "") -> Page:
    page = visit.open(f"sparql{suffix}#query={quote(query)}{view}")
    expect(page.locator("#results")).to_be_visible()
    return page


def views(page: Page) -> list[str]:
    return [str(each.text_content()) for each in page.locator("#views button:visible").all()]


@pytest.mark.browser
def test_numbers_of_countries_are_a_table_then_bars_or_a_map(visit: Visit) -> None:
    page = ask(visit, COUNTRIES)
    assert views(page) == ["Table", "Bars", "Map"]
    expect(page.locator("#rows")).to_be_visible()
    page.get_by_role("button", name="Bars").click()
    expect(page.locator("#rows")).to_be_hidden()
    expect(page.locator("#drawn li")).to_have_text(
        ["France 31", "Nigeria 1", "Singapore 7", "France 4"]
    )
    widths = [each.get_attribute("width") for each in page.locator("#drawn rect").all()]
    assert [round(float(str(width).rstrip("%"))) for width in widths] == [100, 3, 23, 13]
    page.get_by_role("button", name="Map").click()
    told = page.locator("#drawn .land title")
    expect(told).to_have_count(2)
    # Two rows on one country are added up, and the country is darker for it.
    assert set(told.all_text_contents()) == {"France: 35", "Nigeria: 1"}
    expect(page.locator("#drawn .soft")).to_have_text("Not on the map: Singapore: 7")
    levels = {
        str(land.text_content()): str(land.get_attribute("class"))
        for land in page.locator("#drawn .land:has(title)").all()
    }
    assert levels["Nigeria: 1"].endswith("level-1")
    assert levels["France: 35"].endswith("level-5")


@pytest.mark.browser
def test_an_address_holds_the_view(visit: Visit) -> None:
    page = ask(visit, COUNTRIES)
    page.get_by_role("button", name="Bars").click()
    expect(page.locator("#link")).to_have_attribute("href", re.compile("&view=bars$"))
    address = str(page.locator("#link").get_attribute("href"))
    visit.open("about.html")
    page = visit.open(f"sparql.fr.html{address}")
    expect(page.locator("#drawn li").first).to_have_text("France 31")
    expect(page.get_by_role("button", name="Barres")).to_have_attribute("aria-pressed", "true")


@pytest.mark.browser
def test_dates_are_a_timeline_in_order_with_names_and_links(visit: Visit) -> None:
    page = ask(visit, DAYS, ".fr.html")
    assert views(page) == ["Tableau", "Chronologie"]
    page.get_by_role("button", name="Chronologie").click()
    entries = page.locator("#drawn .timeline li")
    expect(entries).to_have_text(
        [
            re.compile("12 novembre 2018 \\(2\\)France; http://example.org/x"),
            re.compile("10 novembre 2019ABB$"),
        ]
    )
    assert page.locator("#drawn img").count() == 0
    assert [str(each.text_content()) for each in page.locator("#drawn title").all()] == [
        "novembre 2018: 2",
        "novembre 2019: 1",
    ]
    entries.get_by_role("link", name="ABB").click()
    expect(page.locator("h1")).to_have_text("ABB")


@pytest.mark.browser
def test_of_several_numbers_one_is_chosen(visit: Visit) -> None:
    page = ask(visit, NUMBERS)
    page.get_by_role("button", name="Bars").click()
    expect(page.locator("#drawn li")).to_have_text(["2018 5", "2019 10"])
    page.get_by_label("Column").select_option("companies")
    expect(page.locator("#drawn li")).to_have_text(["2018 40", "2019 1,000"])


@pytest.mark.browser
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?a ?b { VALUES (?a ?b) { ('one' 'two') ('three' 'four') } }",
        "SELECT ?country { VALUES ?country { country:FRA } }",
        "SELECT ?a { FILTER (false) }",
        "ASK {}",
    ],
)
def test_a_result_that_is_only_a_table_offers_nothing_else(visit: Visit, query: str) -> None:
    page = ask(visit, query)
    expect(page.locator("#state")).not_to_be_empty()
    assert views(page) == []
    expect(page.locator("#drawn")).to_be_hidden()


def write(page: Page, text: str) -> None:
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


@pytest.mark.browser
def test_terms_are_completed_with_the_keyboard(visit: Visit) -> None:
    page = visit.open("sparql.fr.html")
    offers = page.get_by_role("option")
    write(page, "SELECT * { ?p msc:endors")
    expect(offers.first).to_have_text("msc:endorses soutient")
    page.keyboard.press("Enter")
    page.keyboard.type(" ?c ; skos:prefL")
    expect(offers).to_have_text(["skos:prefLabel nom"])
    page.keyboard.press("Enter")
    assert page.evaluate("editor.getValue()") == "SELECT * { ?p msc:endorses ?c ; skos:prefLabel"
    # A country by what it is called.
    page.keyboard.type(" ?n ; msc:country country:suè")
    expect(offers).to_have_text(["country:SWE Suède"])
    page.keyboard.press("Escape")
    expect(offers).to_have_count(0)
    expect(page.locator(".CodeMirror textarea")).to_be_focused()
    assert str(page.evaluate("editor.getValue()")).endswith("country:suè")


@pytest.mark.browser
def test_a_word_is_completed_by_a_key(visit: Visit) -> None:
    page = visit.open("sparql.html")
    offers = page.get_by_role("option")
    write(page, "SELECT * { ?x msc:category priva")
    page.keyboard.press("Control+Space")
    expect(offers.first).to_have_text("category:private-sector Private sector")
    page.keyboard.press("Enter")
    assert str(page.evaluate("editor.getValue()")).endswith("msc:category category:private-sector")
    write(page, "# msc:endors")
    page.keyboard.press("Control+Space")
    expect(offers).to_have_count(0)


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_everybody_can_use_the_views_and_the_completion(
    browser: Browser, site: str, scheme: str, width: int
) -> None:
    viewport = {"width": width, "height": 900}
    visit = Visit(browser, site, viewport=viewport, color_scheme=scheme, bypass_csp=True)
    problems = []
    for query, view, shown in (
        (COUNTRIES, "bars", "#drawn li"),
        (COUNTRIES, "map", "#drawn .land"),
        (DAYS, "timeline", "#drawn .timeline li"),
    ):
        visit.open("about.html")
        page = ask(visit, query, view=f"&view={view}")
        expect(page.locator(shown).first).to_be_visible()
        if view == "timeline":
            write(page, "SELECT * { ?p msc:endors")
            expect(page.get_by_role("option").first).to_be_visible()
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{view}: wider than the window")
        problems += [f"{view}: {barrier}" for barrier in barriers(page)]
    visit.close()
    assert not problems


@pytest.mark.parametrize(("lang", "suffix"), LANGUAGES.items())
def test_the_page_says_what_the_first_query_loads(small_site: Path, lang: str, suffix: str) -> None:
    data = (small_site / "assets/graph.nt.gz").stat().st_size
    engine = small_site / "assets/vendor/oxigraph/web_bg.wasm"
    packed = engine.with_name("web_bg.wasm.gz")
    text = (small_site / f"sparql{suffix}").read_text("utf-8")
    for size in (engine.stat().st_size + data, packed.stat().st_size + data):
        assert format_bytes(size, lang) in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_term_that_the_graph_uses_is_offered(
    small: Path, small_site: Path, lang: str
) -> None:
    text = (small_site / f"assets/terms.{lang}.js").read_text("utf-8")
    offered = dict(json.loads(text.partition(".terms = ")[2].rstrip().rstrip(";")))
    used = {quad.predicate.value for quad in TableGraph(small).quads()}
    assert {KNOWN_PREFIXES.compact(iri) for iri in used} <= set(offered)
    assert offered["msc:Endorsement"] == {"en": "endorsement", "fr": "soutien"}[lang]
    assert all(title for name, title in offered.items() if name.startswith("msc:"))


def test_the_questions_come_before_the_editor(small_site: Path) -> None:
    page = read(small_site, "sparql.html")
    ids = [each.get("id", "") for each in page.all("a")]
    assert "example-states" in ids
    text = (small_site / "sparql.html").read_text("utf-8")
    assert (
        text.index('class="examples"') < text.index('id="parameters"') < text.index('id="editor"')
    )
