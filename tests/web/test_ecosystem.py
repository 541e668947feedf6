"""The picture of parties and calls: every party once, nothing covered, and its table behind it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from math import dist
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from pariscall.query.queries import answer, bundled_dataset, find_query
from pariscall.web.site.ecosystem_layout import Disc, arrange, dots
from support.browser import Visit, host

PARTIES = """SELECT ?party (GROUP_CONCAT(?code; separator=" ") AS ?calls) {
    { SELECT DISTINCT ?party ?code {
        ?e msc:call ?call ; msc:status status:active ; msc:signatory ?party
        BIND (REPLACE(STR(?call), ".*/", "") AS ?code)
    } ORDER BY ?party ?code }
} GROUP BY ?party"""
DOTS = re.compile(r'<g class="dots"[^>]*? data-calls="([^"]*)" data-category="([^"]*)">(.*?)</g>')


@pytest.fixture(scope="module")
def expected() -> dict[str, frozenset[str]]:
    rows = csv.DictReader(io.StringIO(answer(find_query(PARTIES), bundled_dataset(), "csv")))
    return {row["party"].rpartition("/")[2]: frozenset(row["calls"].split()) for row in rows}


@pytest.mark.slow
def test_each_party_is_a_dot_among_those_that_endorse_the_same_calls(
    whole_site: Path, expected: dict[str, frozenset[str]]
) -> None:
    text = (whole_site / "calls.fr.html").read_text("utf-8")
    drawn = [
        (page.rpartition("/")[2], frozenset(calls.split()))
        for calls, _, group in DOTS.findall(text)
        for page in re.findall(r'data-page="([^"]+)"', group)
    ]
    # Once in the wide drawing, and once in the narrow one.
    assert Counter(drawn) == Counter(dict.fromkeys(expected.items(), 2))
    pages = set(re.findall(r'data-page="([^"]+)"', text))
    assert all((whole_site / f"{page}.fr.html").is_file() for page in pages)


@pytest.mark.slow
def test_its_table_counts_the_same_parties(
    whole_site: Path, expected: dict[str, frozenset[str]]
) -> None:
    text = (whole_site / "chart/ecosystem.en.csv").read_text("utf-8")
    _, *rows = csv.reader(text.splitlines())
    counted = sorted(int(row[-1]) for row in rows)
    assert counted == sorted(Counter(expected.values()).values())
    assert all(int(row[-1]) == sum(map(int, row[1:-1])) for row in rows)


@pytest.mark.parametrize("width", [300, 720])
@pytest.mark.parametrize("sizes", [[60], [9, 9], [110, 30, 30, 12, 12, 20], [5] * 12])
def test_no_disc_covers_another_or_leaves_the_picture(width: int, sizes: list[int]) -> None:
    marks = [Disc(30, []) for _ in range(3)]
    clouds = [Disc(size, [at % 3, (at + 1) % 3]) for at, size in enumerate(sizes)]
    height = arrange(marks, clouds, width)
    discs = [*marks, *clouds]
    for at, one in enumerate(discs):
        assert one.radius <= one.x <= width - one.radius
        assert one.radius <= one.y <= height - one.radius
        for other in discs[:at]:
            assert dist((one.x, one.y), (other.x, other.y)) > one.radius + other.radius


def test_the_dots_of_a_disc_are_inside_and_apart() -> None:
    places = list(dots(Disc(1, [], 50, 50), 500, 6))
    assert len(set(places)) == 500
    assert max(dist(place, (50, 50)) for place in places) < 6 * (500 / 3.14) ** 0.5
    nearest = min(dist(a, b) for at, a in enumerate(places) for b in places[:at])
    assert nearest > 6 * 0.76  # twice the radius of a dot


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_chooses_and_a_dot_leads_to_its_party(
    browser: Browser, whole_site: Path, expected: dict[str, frozenset[str]], width: int
) -> None:
    both = sum("cybersecurity-tech-accord" in calls for calls in expected.values())
    with host(whole_site) as address:
        visit = Visit(browser, address, viewport={"width": width, "height": 800})
        page = visit.open("calls.html")
        told = page.locator("#ecosystem-told")
        expect(told).to_have_text(f"{len(expected):,} parties")
        page.locator("#ecosystem-call").select_option("cybersecurity-tech-accord")
        expect(told).to_have_text(f"{both} parties")
        bright = page.locator(".ecosystem:visible .dots:not(.dim) circle")
        expect(bright).to_have_count(both)
        bright.first.dispatch_event("click")
        expect(page.locator("h1")).to_be_visible()
        assert "/actor/" in page.url
        visit.close()
