"""What readers do with the questions, on a phone and at a desk: find one, read the answer, take the rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import Store

from pariscall.query.dataset import Dataset
from pariscall.query.parameters import bind
from pariscall.query.queries import answer, find_query
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from pariscall.web.site.documents import group
from pariscall.web.site.messages import words
from pariscall.web.site.questions import Question, questions
from support.sites import LANGUAGES

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, Page, expect

from support.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
expect.set_options(timeout=60_000)  # milliseconds, for a machine with much else to do
WIDTHS = {"phone": 390, "desk": 1280}


class Card(NamedTuple):
    """What the list of questions says of one."""

    address: str
    title: str
    told: str


@pytest.fixture(scope="module")
def expected(bundled: TableGraph) -> dict[str, str]:
    """Ask each question of the graph: the rows as CSV, by the name of the question."""
    store = Store()
    store.bulk_extend([*bundled.quads(), *vocabulary()])
    dataset = Dataset(store)
    return {
        each.slug: answer(bind(find_query(each.query), each.values), dataset, "csv")
        for each in questions(group(bundled))
    }


# Each device and each language comes up once: what one of them breaks shows.
@pytest.fixture(params=[("phone", "fr"), ("desk", "en")], ids="-".join)
def reader(
    request: pytest.FixtureRequest, browser: Browser, site: str
) -> Iterator[tuple[Visit, str]]:
    """Open a window as wide as the device of a reader of a language."""
    device, lang = request.param
    viewport = {"width": WIDTHS[device], "height": 844}
    visit = Visit(browser, site, viewport=viewport, locale=lang)
    yield visit, lang
    visit.close()


def test_a_reader_finds_each_question_reads_the_answer_and_takes_the_rows(
    reader: tuple[Visit, str], expected: dict[str, str], bundled: TableGraph
) -> None:
    visit, lang = reader
    page = visit.open(f"index{LANGUAGES[lang]}")
    said = words(lang)
    menu = page.get_by_role("navigation", name=said["main_menu"])
    menu.get_by_role("link", name=said["questions"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said["questions"])
    asked = questions(group(bundled))
    assert len(asked) >= 20
    cards = [read_card(page, question) for question in asked]
    page.get_by_role("link", name=cards[0].title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(cards[0].title)
    for question, card in zip(asked, cards, strict=True):
        page.goto(card.address)
        expect(page.get_by_role("heading", level=1)).to_have_text(card.title)
        expect(page.locator("p.answer")).to_have_text(card.told)
        check_table(page, expected[question.slug])
        check_bars(page, question, expected[question.slug])
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), card.title
        with page.expect_download() as downloaded:
            page.get_by_role("link", name=said["take_csv"]).click()
        taken = Path(downloaded.value.path()).read_bytes().decode()
        assert taken == expected[question.slug], card.title


def read_card(page: Page, question: Question) -> Card:
    """Read what the list says of a question, and where its link leads."""
    card = page.locator("main li").filter(has=page.locator(f'a[href*="/{question.slug}."]'))
    link = card.get_by_role("link")
    address = str(link.evaluate("link => link.href"))
    return Card(address, card.locator("h2").inner_text(), card.locator("p").inner_text())


def check_table(page: Page, taken: str) -> None:
    """Check that the table shows every row, with its numbers."""
    rows = list(csv.DictReader(io.StringIO(taken)))
    names = list(rows[0])
    if {"party", "state", "country"} & set(names):  # the name is the text of the link
        names = [name for name in names if name != "name"]
    table = page.locator("table.results")
    expect(table).to_be_visible()
    assert table.locator("tbody tr").count() == len(rows)
    for at, name in enumerate(names, 1):
        values = [row[name] for row in rows]
        if all(map(str.isdigit, values)):
            cells = table.locator(f"tbody td:nth-child({at})").all_inner_texts()
            assert [re.sub(r"\D", "", cell) for cell in cells] == values, name


def check_bars(page: Page, question: Question, taken: str) -> None:
    """Check that a chart is there if the question has one, and has the first numbers of the rows."""
    bars = page.locator("ul.bars")
    expect(bars).to_have_count(int(question.is_drawn))
    if question.is_drawn:
        expect(bars).to_be_visible()
        numbers = [line[-1] for line in csv.reader(io.StringIO(taken))][1:21]
        drawn = [re.sub(r"\D", "", text) for text in bars.locator("b").all_inner_texts()]
        assert drawn == numbers
