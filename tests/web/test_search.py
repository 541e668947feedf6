"""The search in the head of each page finds by any name, in either language, and else nothing."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, Page, expect

from support.browser import Visit, barriers

pytestmark = [pytest.mark.browser, pytest.mark.slow]

expect.set_options(timeout=60_000)  # milliseconds, for a machine with much else to do


def suggested(page: Page, text: str) -> list[str | None]:
    page.locator("#name-to-find").fill(text)
    expect(page.locator("#suggested")).not_to_be_empty()
    return [one.get_attribute("data-address") for one in page.locator("#suggestions li").all()]


@pytest.mark.parametrize("suffix", [".html", ".fr.html"])
def test_a_party_is_suggested_for_any_of_its_names(visit: Visit, suffix: str) -> None:
    expected = {
        "tchéquie": "czechia",
        "TCHEQUIE": "czechia",
        "Czechia": "czechia",
        "alliance pour la confiance numerique": "alliance-pour-la-confiance-numerique-acn",
        "icann": "icann",
        "UK": "united-kingdom",
        "US": "united-states",
        "eu": "european-union",
        "france": "france",
        "lufthanza": "lufthansa-group",
        "microsfot": "microsoft",
        "Meta": "facebook",
        "HPE": "hpe",
        "ASPI": "australian-strategic-policy-institute",
    }
    page = visit.open(f"about{suffix}")
    found = {}
    for text in expected:
        page.locator("#name-to-find").fill("")
        page.evaluate("document.getElementById('suggested').textContent = ''")
        found[text] = suggested(page, text)[0]
    assert found == {text: f"actor/{party}{suffix}" for text, party in expected.items()}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("hack back", "../call/paris-call/principle/8.html"),
        ("La Tribune", "../source/la-tribune-2018-11.html"),
        ("Rwanda", "../country/RWA.html"),
        ("Charter of Trust", "../call/charter-of-trust.html"),
        ("private sector", "../code/category.html#private-sector"),
        ("endorsement event", "../ns.html#EndorsementEvent"),
    ],
)
def test_principles_sources_countries_calls_and_terms_are_suggested(
    visit: Visit, text: str, address: str
) -> None:
    page = visit.open("actor/abb.html")
    assert address in suggested(page, text)


@pytest.mark.parametrize("text", ["xqzzy", "!!", "zzzz france"])
def test_what_is_near_no_name_finds_nothing(visit: Visit, text: str) -> None:
    page = visit.open("index.html")
    assert suggested(page, text) == []
    expect(page.locator("#suggested")).to_have_text("Nothing is called so.")


def test_a_suggestion_is_followed_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.open("actor/abb.fr.html")
    suggested(page, "rwanda")
    page.keyboard.press("ArrowDown")
    field = page.locator("#name-to-find")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    field.fill("rwand")
    expect(page.locator("#suggestions")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Rwanda")


def test_a_search_leads_to_all_that_is_found(visit: Visit) -> None:
    page = visit.open("actor/abb.html")
    page.locator("#name-to-find").fill("microsfot")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("for “microsoft”")
    assert "Microsoft" in page.locator("#rows tbody th a").all_inner_texts()
    page = visit.open("signatories.html?call=any&q=rwanda")
    assert page.locator("#pages a").first.get_attribute("href") == "country/RWA.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_suggestions(browser: Browser, site: str, scheme: str) -> None:
    visit = Visit(browser, site, color_scheme=scheme, bypass_csp=True)
    page = visit.open("about.html")
    suggested(page, "france")
    assert barriers(page) == []
    visit.close()
