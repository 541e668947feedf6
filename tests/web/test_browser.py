"""The site in a real browser: charts, queries, languages, and access for everybody."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, Page, Route, expect

from pariscall.query.queries import answer, bundled_dataset, find_query, named_queries
from support.browser import Visit, barriers, host

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAIN_PAGES = [
    *("index", "signatories", "actor/france", "country/FRA", "call/paris-call", "charts"),
    *(
        "map",
        "questions",
        "question/which-states",
        "sparql",
        "ns",
        "code/category",
        "dataset/paris-call",
        "about",
    ),
]
expect.set_options(timeout=60_000)  # milliseconds, for a machine with much else to do


@pytest.fixture(scope="module")
def below(whole_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put the site below a folder of its host."""
    folder = tmp_path_factory.mktemp("host") / "below" / "a" / "folder"
    folder.parent.mkdir(parents=True)
    folder.symlink_to(whole_site)
    return folder


@pytest.fixture(scope="module")
def site(below: Path) -> Iterator[str]:
    with host(below.parents[1]) as address:
        yield f"{address}a/folder/"


@pytest.fixture(scope="module")
def short(browser: Browser, small_site: Path) -> Iterator[str]:  # noqa: ARG001 no site is built where no browser is
    """Serve a site with short lists: what holds for an item holds for many alike."""
    with host(small_site) as address:
        yield address


@pytest.mark.parametrize(
    ("path", "lang", "page"),
    [
        ("actor/abb", "en", "actor/abb.html"),
        ("actor/abb", "fr-CH", "actor/abb.fr.html"),
        (
            "endorsement/paris-call/abb/1/event/signature",
            "en",
            "actor/abb.html#endorsement/paris-call/abb/1/event/signature",
        ),
        ("dataset/paris-call/2026.11.22", "en", "dataset/paris-call/2026.11.22.html"),
    ],
)
def test_a_host_that_knows_no_rules_leads_on_by_its_page_for_what_is_missing(
    browser: Browser, below: Path, path: str, lang: str, page: str
) -> None:
    with host(below) as address, browser.new_context(locale=lang) as context:
        visited = context.new_page()
        visited.goto(address + path)
        visited.wait_for_url(address + page)


def ask(visit: Visit, query: str, lang: str = "") -> Page:
    page = visit.open(f"sparql{lang}.html#query={quote(query)}")
    expect(page.locator("#stop")).to_be_disabled()
    expect(page.locator("#state")).not_to_be_empty()
    return page


def download(page: Page, name: str) -> str:
    with page.expect_download() as downloaded:
        page.get_by_role("button", name=name).click()
    return Path(downloaded.value.path()).read_text(encoding="utf-8")


# Chromium saves no more than some thirty files in a few seconds, so what it is to save is read.
SAVED_AS_CSV = """() => new Promise((resolve) => {
    URL.createObjectURL = (file) => resolve(file.text());
    HTMLAnchorElement.prototype.click = () => {};
    [...document.querySelectorAll("button")].find((each) => each.textContent === "CSV").click();
})"""


def names(result: str) -> list[list[str]]:
    """Give the rows of a result; those of one rank come in any order."""
    header, *rows = csv.reader(result.splitlines())
    return [header, *sorted(rows)]


def test_each_ready_made_query_gives_the_rows_of_the_command(visit: Visit) -> None:
    page, dataset = visit.open("sparql.html"), bundled_dataset()
    for query in named_queries():
        # Other tests use the mouse, which waits until what it is to press stands still.
        page.locator(f"#example-{query.name}").dispatch_event("click")
        expected = answer(find_query(query.name), dataset, "csv")
        expect(page.locator("#results")).to_be_visible()
        rows = page.locator("#rows tbody tr")
        assert rows.count() == min(1000, len(names(expected)) - 1), query.name
        assert names(page.evaluate(SAVED_AS_CSV)) == names(expected), query.name


def test_the_graph_is_fetched_while_the_engine_is(browser: Browser, short: str) -> None:
    with browser.new_context() as context:
        page, held = context.new_page(), list[Route]()
        context.route("**/*.wasm", lambda route: held.append(route))  # noqa: PLW0108 it takes no method of C
        with page.expect_request_finished(lambda request: request.url.endswith("/graph.nt.gz")):
            page.goto(f"{short}sparql.html#query={quote('ASK {}')}")
        [engine] = held
        engine.continue_()
        expect(page.locator("#state")).to_have_text("Yes.")


def test_prefixes_need_no_declaration_and_a_link_holds_the_query(visit: Visit) -> None:
    page = ask(
        visit,
        "SELECT ?n { ?p msc:country country:RWA ; msc:endorses call:paris-call ; skos:prefLabel ?n }",
    )
    assert page.locator("#rows td").all_inner_texts() == ["Smart Africa"]
    link = page.locator("#link").get_attribute("href") or ""
    visit.open("about.html")
    visit.open(f"sparql.html{link}")
    expect(page.locator("#rows td")).to_have_text("Smart Africa")


def test_the_parameters_of_a_question_are_fields_with_names(visit: Visit) -> None:
    page = visit.open("sparql.html")
    page.locator("#example-supporters-of-a-country").click()
    expect(page.locator("#rows tbody tr").first).to_be_visible()
    country = page.get_by_label("Country")
    expect(country).to_have_value("Slovenia")
    country.fill("Rwanda")
    country.press("Tab")
    page.locator("#run").click()
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    expect(page.locator("#rows")).to_contain_text("Smart Africa")
    page.locator("#example-supporters-on-a-day").click()
    day = page.get_by_label("Day")
    expect(day).to_have_value("2019-12-31")
    day.fill("2018-11-30")
    day.press("Tab")
    page.locator("#run").click()
    expect(page.locator("#state")).to_contain_text("rows in")
    assert "2018-11-30" in (page.locator("#link").get_attribute("href") or "")


def test_a_name_of_the_data_leads_to_its_page(visit: Visit) -> None:
    page = ask(
        visit, "SELECT ?party ?country { BIND(actor:abb AS ?party) BIND(country:SWE AS ?country) }"
    )
    expect(page.locator("#rows .label")).to_have_text(["ABB", "Sweden"])
    page.locator("#rows").get_by_text("country:SWE").click()
    expect(page.locator("h1")).to_have_text("Sweden")
    page.go_back()
    page.locator("#rows").get_by_text("actor:abb").click()
    expect(page.locator("h1")).to_have_text("ABB")


def test_what_a_query_finds_is_shown_as_text(visit: Visit) -> None:
    page = ask(
        visit, "SELECT ('<img src=x onerror=alert(1)>' AS ?x) (<javascript:alert(1)> AS ?y) {}"
    )
    assert page.locator("#rows td").first.inner_text() == "<img src=x onerror=alert(1)>"
    assert page.locator("#rows a").count() == 0


def test_a_graph_and_a_yes_are_answers_too(visit: Visit) -> None:
    page = ask(visit, "DESCRIBE actor:france")
    assert "https://w3id.org/mscall/actor/france" in page.locator("#graph").inner_text()
    assert "https://w3id.org/mscall/actor/france" in download(page, "Turtle")
    page = ask(visit, "ASK { actor:france a msc:Signatory }")
    expect(page.locator("#state")).to_have_text("Yes.")
    assert json.loads(download(page, "JSON"))["boolean"] is True


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("SELECT * {\n  ?s nobody:knows ?o }", "Line 2, column"),
        ("SELECT * { ?s", "Line 1, column 14"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "is not supported"),
    ],
)
def test_a_wrong_query_is_explained_where_it_is_wrong(
    visit: Visit, query: str, problem: str
) -> None:
    page = visit.open(f"sparql.html#query={quote(query)}")
    expect(page.locator("#problem")).to_contain_text(problem)
    expect(page.locator("#results")).to_be_hidden()


def test_a_query_that_never_ends_can_be_stopped_and_another_asked(visit: Visit) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    page = visit.open(f"sparql.html#query={quote(endless)}")
    expect(page.locator("#state")).to_have_text("Running…")
    page.locator("#stop").click()
    expect(page.locator("#state")).to_have_text("Stopped.")
    page.locator("#example-calls").click()
    expect(page.locator("#rows tbody tr").first).to_be_visible()


def test_a_query_is_asked_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.open("sparql.html")
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("ASK { }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#state")).to_have_text("Yes.")
    page.keyboard.press("Escape")
    expect(page.locator("#run")).to_be_focused()


def test_the_language_changes_on_the_same_page(visit: Visit) -> None:
    page = visit.open("actor/france.html")
    page.get_by_role("link", name="Français").click()
    assert page.url.endswith("actor/france.fr.html")
    assert page.locator("html").get_attribute("lang") == "fr"
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("actor/france.html")


# Each language, width and scheme comes up once: what one of them breaks shows.
@pytest.mark.parametrize(("lang", "width", "scheme"), [("", 1280, "dark"), (".fr", 390, "light")])
def test_everybody_can_use_the_main_pages(
    browser: Browser, short: str, lang: str, width: int, scheme: str
) -> None:
    viewport = {"width": width, "height": 900}
    visit = Visit(browser, short, viewport=viewport, color_scheme=scheme, bypass_csp=True)
    problems = []
    for name in MAIN_PAGES:
        page = visit.open(f"{name}{lang}.html")
        page.evaluate("for (const e of document.querySelectorAll('details')) e.open = true")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{name}: wider than the window")
        problems += [f"{name}: {barrier}" for barrier in barriers(page)]
    visit.close()
    assert not problems


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_what_was_found(browser: Browser, site: str, scheme: str) -> None:
    visit = Visit(browser, site, color_scheme=scheme, bypass_csp=True)
    problems = []
    for path, shown in (
        ("signatories.html?q=france&call=any", "#rows tbody a"),
        ("sparql.html#query=" + quote("SELECT * { ?s msc:category ?c } LIMIT 9"), "#rows td"),
    ):
        page = visit.open(path)
        expect(page.locator(shown).first).to_be_visible()
        problems += barriers(page)
    visit.close()
    assert not problems
