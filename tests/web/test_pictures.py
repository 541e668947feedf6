"""Pictures: values under the pointer and by the keyboard, files to take along, and whose numbers they are."""

from __future__ import annotations

import csv
import json
import re
import struct
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page, expect

from pariscall.io.cache import caching
from pariscall.web.site.messages import words
from pariscall.web.site.picture import Picture, framed, legend
from pariscall.web.site.raster import to_png
from support.browser import Visit, host
from support.html import page as parsed_page

LANGUAGES = {"en": ".html", "fr": ".fr.html"}
SHOWN = {
    "charts": ("categories", "since", "regions"),
    "calls": ("overlaps", "ecosystem"),
    "map": ("map",),
}
EVERY = [(name, lang) for names in SHOWN.values() for name in names for lang in LANGUAGES]
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40" viewBox="0 0 300 40">'
    '<rect width="200" height="40" fill="var(--series-2)"/>'
    '<text y="30" font-family="sans-serif" fill="currentColor">État 1 222</text></svg>'
)

DIGEST = "d2f333ce78c012e861dc4f2f7b5de3bd13ebecedd0a944293585ca1291726a75"


def size_of(png: bytes) -> tuple[int, int]:
    """Read the width and height of a PNG, https://www.w3.org/TR/png-3/#11IHDR."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.slow
@pytest.mark.parametrize(("name", "lang"), EVERY)
def test_a_picture_is_taken_along_with_its_words(small_site: Path, name: str, lang: str) -> None:
    stem = small_site / f"chart/{name}.{lang}"
    svg = Path(f"{stem}.svg").read_text("utf-8")
    drawn = ET.fromstring(svg)
    assert drawn.tag == f"{SVG}svg"
    assert "var(" not in svg
    assert "currentColor" not in svg
    title = drawn.findtext(f"{SVG}text")
    assert title == words(lang)["map_title" if name == "map" else f"chart_{name}"]
    said = unescape(" ".join(each.text or "" for each in drawn.iter(f"{SVG}text")))
    assert words(lang)["site"] in said
    assert "EUPL-1.2" in said
    width, height = size_of(Path(f"{stem}.png").read_bytes())
    assert width / int(drawn.attrib["width"]) == pytest.approx(1.5, rel=0.01)
    assert height / int(drawn.attrib["height"]) == pytest.approx(1.5, rel=0.01)
    rows = list(csv.reader(Path(f"{stem}.csv").read_text("utf-8").splitlines()))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", SHOWN["charts"])
def test_a_chart_of_vega_lite_has_its_source(small_site: Path, name: str) -> None:
    for lang in LANGUAGES:
        text = (small_site / f"chart/{name}.{lang}.json").read_text("utf-8")
        assert json.loads(text)["data"]["values"]
        assert "var(" not in text


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", SHOWN)
def test_each_picture_has_a_title_a_sentence_its_files_and_a_citation(
    small_site: Path, page: str, lang: str
) -> None:
    text = (small_site / f"{page}{LANGUAGES[lang]}").read_text("utf-8")
    here = parsed_page(small_site, f"{page}{LANGUAGES[lang]}")
    linked = {link["href"] for link in here.all("a") if "download" in link}
    for name in SHOWN[page]:
        endings = ("png", "svg", "csv", *(["json"] if page == "charts" else []))
        assert {f"chart/{name}.{lang}.{ending}" for ending in endings} <= linked
        assert f"chart-{name}" in here.ids
    assert text.count(words(lang)["picture_cite"]) == len(SHOWN[page])
    codes = re.findall(r'<pre class="query" tabindex="0"><code>(.*?)</code>', text)
    assert len(codes) == len(SHOWN[page])
    for code in map(unescape, codes):
        for address in re.findall(r'(?:href|src)="([^"]+)"', code):
            target, fragment = urldefrag(address)
            assert (small_site / target).is_file(), address
            assert not fragment or fragment in here.ids
        assert re.search(r'alt="[^"]{20,}"', code)


@pytest.mark.slow
def test_the_first_step_of_a_sentence_is_on_the_page_in_french(small_site: Path) -> None:
    assert "La plus grande marche" in (small_site / "charts.fr.html").read_text("utf-8")


def test_an_image_has_the_same_bytes_on_any_machine() -> None:
    picture = Picture("x", "x", "Titre", "Une phrase", DRAWING, [], legend(["État"]))
    made = to_png(framed(picture, "Source"))
    # Another version of the renderer may need another digest; another machine must not.
    assert sha256(made).hexdigest() == DIGEST
    with caching(is_used=False):
        assert made == to_png(framed(picture, "Source"))


def test_an_image_is_drawn_whatever_a_name_holds() -> None:
    evil = '</text><script>alert(1)</script>\x00\x1b\ufffe"&'
    picture = Picture("x", "x", evil, evil, DRAWING, [], legend([evil]))
    drawn = ET.fromstring(framed(picture, evil))
    assert not list(drawn.iter(f"{SVG}script"))
    assert size_of(to_png(framed(picture, evil)))[0] == 348


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_values_of_a_chart_are_told_by_keyboard_and_pointer(
    browser: Browser, small_site: Path, width: int
) -> None:
    with host(small_site) as address:
        visit = Visit(browser, address, viewport={"width": width, "height": 800})
        page = visit.open("charts.html")
        for name in SHOWN["charts"]:
            check_values(page, name)
        visit.close()


def check_values(page: Page, name: str) -> None:
    chart = page.locator(f"#chart-{name}")
    rows = [
        row.split("\t")
        for row in chart.locator("tbody tr").evaluate_all(
            "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent).join('\\t'))"
        )
    ]
    slider, tip = chart.locator(".probe:visible"), chart.locator(".tip:visible")
    expect(tip).to_have_count(0)
    slider.press("Home")
    for row, key in ((rows[0], "End"), (rows[-1], "Escape")):
        told = slider.get_attribute("aria-valuetext") or ""
        assert told.startswith(f"{row[0]}: ")
        for cell in [row[0], *row[1:]]:
            expect(tip).to_contain_text(cell)
            assert cell in told
        slider.press(key)
    expect(tip).to_have_count(0)
    slider.hover(position={"x": 1, "y": 1})  # it waits until the page is still
    expect(tip).to_contain_text(rows[0][0])
    page.mouse.move(0, 0)


@pytest.mark.slow
@pytest.mark.browser
def test_the_code_that_embeds_a_picture_is_whole_where_the_reader_is(
    browser: Browser, small_site: Path
) -> None:
    with host(small_site) as address:
        visit = Visit(browser, address)
        page = visit.open("charts.fr.html")
        page.locator("#chart-since .embed summary").click()
        code = page.locator("#chart-since .embed code").inner_text()
        assert f'src="{address}chart/since.fr.png"' in code
        assert f'href="{address}charts.fr.html#chart-since"' in code
        page.set_content(code)
        image = page.locator("img")
        expect(image).to_be_visible()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000
        visit.close()


@pytest.mark.slow
@pytest.mark.browser
def test_without_scripts_the_numbers_are_in_a_table(browser: Browser, small_site: Path) -> None:
    with host(small_site) as address:
        visit = Visit(browser, address, java_script_enabled=False)
        page = visit.open("charts.html")
        assert page.locator(".probe, .embed:visible").count() == 0
        page.locator("#chart-regions summary").first.click()
        expect(page.locator("#chart-regions table")).to_be_visible()
        visit.close()
