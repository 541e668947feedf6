"""The explorer: readers choose, sort, look back to another day, and take the rows along."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, Page, expect

from pariscall.query.parameters import bind
from pariscall.query.queries import answer, bundled_dataset, find_query
from support.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

expect.set_options(timeout=60_000)  # milliseconds, for a machine with much else to do
PHONE = {"width": 390, "height": 800}
LANGUAGES = {"": "en", ".fr": "fr"}


def taken(page: Page, kind: str) -> bytes:
    with page.expect_download() as downloaded:
        page.locator(f"[data-format={kind}]").click()
    return Path(downloaded.value.path()).read_bytes()


def records(page: Page) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(taken(page, "csv").decode())))


def number(page: Page) -> int:
    """Read how many rows there are to take; it is told when they are drawn."""
    text = page.locator("#take").inner_text()
    return int(re.sub(r"\D", "", text) or 1)


def names(page: Page) -> list[str]:
    return page.locator("#rows tbody th a").all_inner_texts()


def test_all_rows_are_those_of_the_dump_byte_for_byte(visit: Visit, dumps: Path) -> None:
    page = visit.open("signatories.html?call=any")
    found = sorted(taken(page, "csv").splitlines())
    assert found == sorted((dumps / "paris-call-signatories.csv").read_bytes().splitlines())


@pytest.mark.parametrize("day", ["2019-09-16", "2019-11-10", "2020-12-31", "2021-11-12", ""])
def test_another_day_has_the_rows_of_a_replay(visit: Visit, day: str) -> None:
    dataset = bundled_dataset(date.fromisoformat(day) if day else None)
    text = """SELECT ?party ?category ?country ?name {
        ?e msc:call call:paris-call ; msc:signatory ?party ; msc:category ?category ; msc:status status:active .
        ?party skos:prefLabel ?name FILTER (LANG(?name) IN ("", "en"))
        OPTIONAL { ?party msc:country ?country } }"""
    expected = {
        (row["party"], row["category"], row["country"], row["name"])
        for row in csv.DictReader(io.StringIO(answer(find_query(text), dataset, "csv")))
    }
    page = visit.open(f"signatories.html?day={day}&status=active")
    prefixes = {
        "category": "https://w3id.org/mscall/code/category#",
        "country": "http://publications.europa.eu/resource/authority/country/",
    }
    found = {
        (
            row["signatory"],
            *(row[name] and prefix + row[name] for name, prefix in prefixes.items()),
            row["name"],
        )
        for row in records(page)
    }
    assert found == expected


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 900}])
@pytest.mark.parametrize(("suffix", "lang"), LANGUAGES.items())
def test_a_reader_narrows_sorts_and_takes_the_rows(
    browser: Browser, site: str, suffix: str, lang: str, viewport: dict[str, int]
) -> None:
    visit = Visit(browser, site, viewport=viewport)
    page = visit.open(f"signatories{suffix}.html")
    if viewport is PHONE:
        page.locator("#filters > summary").click()
    page.locator("input[name=category][value=state]").check()
    page.locator("[data-facet=eu_member] summary").click()
    page.locator("input[name=eu_member][value=true]").check()
    expect(page.locator("#take")).to_contain_text("28")
    if viewport is PHONE:
        page.locator("#filters > summary").click()
    page.locator("#rows thead button[value=since]").click()
    assert page.url.endswith("?category=state&eu_member=true&sort=since")
    [first, *_] = rows = records(page)
    assert len(rows) == len(names(page)) == 28
    assert first["since"] == min(row["since"] for row in rows)
    assert {row["category"] for row in rows} == {"state"}
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.locator(".languages a").click()
    other = next(each for each in LANGUAGES.values() if each != lang)
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(page.locator("#take")).to_contain_text("28")
    visit.close()


@pytest.mark.parametrize(
    ("grouping", "day"),
    [
        ("nato", "2024-01-19"),
        ("asean", "2024-01-19"),
        ("commonwealth", "2019-11-10"),
        ("european-union", "2020-01-31"),
        ("european-union", "2020-02-01"),
    ],
)
def test_members_of_a_grouping_are_those_of_the_day(visit: Visit, grouping: str, day: str) -> None:
    query = bind(
        find_query("supporters-of-a-grouping"), {"grouping": f"grouping:{grouping}", "day": day}
    )
    rows = csv.DictReader(io.StringIO(answer(query, bundled_dataset(), "csv")))
    members = {row["country"].rpartition("/")[2] for row in rows}
    page = visit.open(f"signatories.html?day={day}")
    expected = [row["signatory"] for row in records(page) if row["country"] in members]
    page = visit.open(f"signatories.html?day={day}&grouping={grouping}")
    assert [row["signatory"] for row in records(page)] == expected
    assert expected
    told = page.locator(f"[data-facet=grouping] li:has([value={grouping}]) b").text_content()
    assert told == f"{len(expected):,}"


def test_the_counts_of_a_facet_follow_the_others(visit: Visit) -> None:
    page = visit.open("signatories.html?category=state")
    african = page.locator("[data-facet=region] li", has_text="Africa").locator("b")
    count = african.text_content()
    page.goto(page.url + "&region=002")
    expect(page.locator("#take")).to_contain_text(count or "nothing")
    expect(page.locator("[data-facet=country] input[value=FRA]")).to_be_hidden()
    expect(page.locator("[data-facet=region] li", has_text="Europe").locator("b")).to_have_text(
        re.compile(r"[1-9]")
    )


def test_a_choice_is_undone_by_its_chip_and_all_of_it_at_once(visit: Visit) -> None:
    page = visit.open("signatories.html?category=state&country=FRA&day=2020-01-01")
    expect(page.locator("#rows tbody th a")).to_have_text(["France"])
    page.get_by_role("button", name="Remove the filter France").click()
    expect(page.locator("#take")).to_contain_text("rows")
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator("#take")).to_contain_text("1,227")
    assert page.url.endswith("signatories.html")


def test_a_workbook_opens_elsewhere_with_dates_and_what_was_chosen(visit: Visit) -> None:
    import openpyxl

    page = visit.open("signatories.html?category=state&day=2019-12-31")
    rows = records(page)
    book = openpyxl.load_workbook(io.BytesIO(taken(page, "xlsx")))
    header, *lines = book["signatories"].iter_rows(values_only=True)
    assert list(header) == list(rows[0])
    at = header.index("since")
    assert [line[at].date().isoformat() for line in lines] == [row["since"] for row in rows]
    assert [line[1] for line in lines] == [row["name"] for row in rows]
    assert book["signatories"].freeze_panes == "C2"
    assert book["signatories"].auto_filter.ref
    about = [row[:2] for row in book["about"].iter_rows()]
    told = {key.value: said.value for key, said in about}
    assert told["Category"] == "State"
    assert told["State of the list"].date() == date(2019, 12, 31)
    found = json.loads(taken(page, "json"))
    assert [row["signatory"] for row in found] == [row["signatory"] for row in rows]
    assert {row["eu_member"] for row in found} == {True, False}


def test_more_rows_are_drawn_on_demand(visit: Visit) -> None:
    page = visit.open("signatories.html")
    expect(page.locator("#rows tbody tr")).to_have_count(100)
    page.locator("#more").click()
    expect(page.locator("#rows tbody tr")).to_have_count(500)


def test_a_choice_is_answered_at_once(visit: Visit) -> None:
    page = visit.open("signatories.html")
    expect(page.locator("#rows tbody tr")).to_have_count(100)
    took = page.evaluate("""() => {
        const times = ["state", "private-sector", "civil-society"].map((code) => {
            const start = performance.now();
            document.querySelector(`input[name=category][value=${code}]`).click();
            return performance.now() - start;
        });
        return Math.min(...times);
    }""")
    assert took < 100  # milliseconds


def test_the_explorer_and_the_search_work_from_a_disk(browser: Browser, whole_site: Path) -> None:
    visit = Visit(browser, f"file://{whole_site}/")
    page = visit.open("signatories.html?category=state&region=002")
    assert number(page) == len(records(page)) > 1
    page.locator("#name-to-find").fill("icann")
    page.locator("#suggestions li").first.click()
    expect(page.locator("h1")).to_contain_text("ICANN")
    visit.close()


def test_without_scripts_the_whole_list_is_there(browser: Browser, site: str) -> None:
    visit = Visit(browser, site, java_script_enabled=False)
    page = visit.open("signatories.html")
    assert page.locator("tbody tr").count() == 1226
    page.locator(".columns").get_by_role("link", name="State").click()
    assert page.locator("tbody tr").count() == 81
    visit.close()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("search.html?category=state&country=FRA", "signatories.html?category=state&country=FRA"),
        ("search.fr.html?q=abb", "signatories.fr.html?q=abb&call=any"),
        ("signatories/3.html", "signatories.html"),
        ("category/private-sector/2.html", "category/private-sector.html"),
    ],
)
def test_addresses_of_earlier_lead_on(visit: Visit, site: str, old: str, new: str) -> None:
    page = visit.open(old)
    page.wait_for_url(site + new)


def test_what_is_loaded_is_small(whole_site: Path) -> None:
    loaded = ["signatories.html", *(f"assets/{name}.en.js" for name in ("signatories", "search"))]
    sizes = [(whole_site / f"{name}.gz").stat().st_size for name in loaded]
    assets = [*whole_site.glob("assets/*.js"), *whole_site.glob("assets/*.css")]
    small = [file for file in assets if not file.with_name(f"{file.name}.gz").exists()]
    assert sum(sizes) + sum(file.stat().st_size for file in small) < 300_000
