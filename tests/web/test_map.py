"""The map of the world: areas are kept, and its numbers are those of the graph."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from pariscall.query.queries import answer, bundled_dataset, find_query
from pariscall.web.site.messages import words
from pariscall.web.site.world import project, shapes
from pariscall.web.site.world_regions import REGIONS, view_box
from support.browser import Visit, host

expect.set_options(timeout=60_000)  # milliseconds, for a machine with much else to do
SUPPORTERS = """SELECT ?country (COUNT(DISTINCT ?e) AS ?n) {
    ?e msc:call call:paris-call ; msc:status status:active ; msc:signatory/msc:country ?country
} GROUP BY ?country"""

# How much of what a reader sees has moved, https://web.dev/articles/cls
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { sum += value; }))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 500);
})"""


def area(west: float, south: float, step: float = 0.01) -> float:
    corners = [(0, 0), (step, 0), (step, step), (0, step)]
    points = [project(west + x, south + y) for x, y in corners]
    turned = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turned)) / 2


@pytest.mark.parametrize(("west", "south"), [(0, 60), (120, 60), (-100, 60), (25, -60)])
def test_areas_are_kept_wherever_they_are(west: float, south: float) -> None:
    # A cell at 60° is half as wide as one at the equator, and so has half its area.
    assert area(west, south) / area(11, 0) == pytest.approx(0.5, rel=2e-3)


def test_every_country_has_one_shape_and_none_crosses_the_map() -> None:
    found = [shape for shape in shapes() if shape.alpha3]
    codes = [shape.alpha3 for shape in found]
    assert len(codes) == len(set(codes)) > 230
    assert {"FRA", "USA", "RUS", "SGP", "MLT", "XKX"} <= set(codes)
    assert "ATA" not in codes
    for shape in found:
        steps = re.findall(r"(-?\d+),-?\d+(?= |z)", shape.path)
        assert all(abs(int(step)) < 200 for step in steps), shape.alpha3
        assert shape.path or shape.middle


@pytest.fixture(scope="module")
def expected() -> dict[str, int]:
    found = answer(find_query(SUPPORTERS), bundled_dataset(), "csv")
    rows = csv.DictReader(io.StringIO(found))
    return {row["country"].rpartition("/")[2]: int(row["n"]) for row in rows}


@pytest.mark.slow
def test_the_table_and_the_titles_have_the_numbers_of_the_graph(
    whole_site: Path, expected: dict[str, int]
) -> None:
    text = (whole_site / "map.html").read_text("utf-8")
    drawn = dict(re.findall(r'data-country="(\w{3})".*?<title>[^<]*: (\d+)</title>', text))
    assert {code: int(number) for code, number in drawn.items()} == expected
    rows = re.findall(r'country/(\w{3})\.html">.*?</th><td>\d+</td><td>\d+</td><td>(\d+)', text)
    assert {code: int(number) for code, number in rows} == expected
    assert "19\u00a0January 2024: 1,217 in 112 countries" in text
    for lang, suffix in (("en", ".html"), ("fr", ".fr.html")):
        assert words(lang)["map_boundaries"] in (whole_site / f"map{suffix}").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.browser
def test_the_map_goes_back_in_time_with_the_keyboard_and_leads_to_countries(visit: Visit) -> None:
    page = visit.open("map.html")
    told = page.locator("#map-told")
    expect(told).to_have_text("19 January 2024: 1,217 in 112 countries")
    page.locator("#map-day").press("Home")
    expect(told).to_have_text(re.compile("^30 November 2018: 9"))
    page.locator("#map-kind").select_option("state")
    expect(page.locator('[data-country="FRA"] title')).to_have_text("France: 1")
    page.locator('[data-country="AUS"]').dispatch_event("click")
    expect(page.locator("h1")).to_have_text("Australia")
    page = visit.open("map.fr.html")
    expect(told).to_contain_text("19 janvier 2024")


@pytest.mark.parametrize(
    ("region", "inside", "outside"),
    [
        ("150", [(2, 47), (21, 52), (26, 62)], [(-100, 40), (78, 22)]),
        ("019", [(-100, 40), (-65, -35), (-73, 5)], [(2, 47), (135, -25)]),
        ("002", [(30, 30), (25, -30), (8, 9)], [(2, 47), (-100, 40)]),
        ("142", [(78, 22), (138, 36), (110, -5)], [(-100, 40), (8, 9)]),
        ("009", [(135, -25), (175, -40), (145, -6)], [(78, 22), (2, 47)]),
    ],
)
def test_the_small_map_of_a_region_shows_it_and_not_the_others(
    region: str, inside: list[tuple[float, float]], outside: list[tuple[float, float]]
) -> None:
    left, top, width, height = map(int, view_box(region).split())

    def is_shown(place: tuple[float, float]) -> bool:
        x, y = project(*place)
        return left <= x <= left + width and top <= y <= top + height

    assert all(map(is_shown, inside))
    assert not any(map(is_shown, outside))


@pytest.mark.slow
def test_the_small_maps_count_the_supporters_of_their_regions(whole_site: Path) -> None:
    text = (whole_site / "map.html").read_text("utf-8")
    told = dict(re.findall(r'data-region="(\d{3})"[^>]*>(\d+) in \d+ countries<', text))
    charts = (whole_site / "chart/regions.en.csv").read_text("utf-8")
    names = {words("en")[f"region_{code}"]: code for code in REGIONS}
    rows = {row[0]: sum(map(int, row[1:])) for row in csv.reader(charts.splitlines()[1:])}
    assert {code: int(number) for code, number in told.items()} == {
        code: rows[name] for name, code in names.items()
    }


@pytest.mark.slow
@pytest.mark.browser
def test_a_country_is_found_by_its_name_and_the_regions_follow_the_day(visit: Visit) -> None:
    page = visit.open("map.html")
    page.locator("#map-country").select_option(label="France")
    here = page.locator("#map-here a")
    expect(here).to_have_text("France: 113")
    expect(page.locator('[data-country="FRA"]')).to_have_class(re.compile("chosen"))
    page.locator("#map-kind").select_option("state")
    expect(here).to_have_text("France: 1")
    page.locator("#map-kind").select_option("all")
    page.locator("#map-day").press("Home")
    expect(page.locator('[data-region="150"]')).not_to_have_text(re.compile("^617 "))
    here.click()
    expect(page.locator("h1")).to_have_text("France")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("name", ["map.html", "map.fr.html", "signatories.html"])
def test_what_a_script_adds_moves_nothing_on_a_phone(
    browser: Browser, whole_site: Path, name: str
) -> None:
    with host(whole_site) as address:
        visit = Visit(browser, address, viewport={"width": 412, "height": 823})
        page = visit.open(name)
        expect(page.locator("form[hidden], #explorer[hidden]")).to_have_count(0)
        moved = page.evaluate(SHIFTS)
        visit.close()
    assert moved < 0.02  # of which 0.1 is what https://web.dev/articles/cls calls good


@pytest.mark.slow
@pytest.mark.browser
def test_the_observer_sees_what_moves(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 412, "height": 823})
    page.set_content("<div id=top></div><p style='height:400px'>text</p>")
    page.evaluate("new Promise((done) => setTimeout(done, 200))")
    page.evaluate("document.getElementById('top').style.height = '200px'")
    assert page.evaluate(SHIFTS) > 0.1
