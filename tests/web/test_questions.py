"""The questions on the site are answered as the commands answer them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from pyoxigraph import Store

from pariscall.query.dataset import Dataset
from pariscall.query.parameters import bind
from pariscall.query.queries import answer as ask_graph
from pariscall.query.queries import find_query, named_queries
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from pariscall.web.site.documents import group
from pariscall.web.site.messages import words
from pariscall.web.site.question_messages import ANSWERS, QUESTIONS
from pariscall.web.site.questions import Answer, answers, questions
from pariscall.web.site.resources import Resources
from pariscall.web.site.sentences import sentence
from support.html import page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def resources(bundled: TableGraph) -> Resources:
    return Resources(bundled.documents(), vocabulary())


@pytest.fixture(scope="module")
def store(bundled: TableGraph) -> Store:
    store = Store()
    store.bulk_extend([*bundled.quads(), *vocabulary()])
    return store


@pytest.fixture(scope="module")
def answered(bundled: TableGraph, resources: Resources, store: Store) -> dict[str, Answer]:
    found = answers(store, resources, group(bundled), named_queries())
    return {answer.question.slug: answer for answer in found}


def test_at_least_twenty_questions_are_answered_in_both_languages(
    answered: dict[str, Answer], bundled: TableGraph
) -> None:
    assert len(answered) >= 20
    slugs = [question.slug for question in questions(group(bundled))]
    assert set(slugs) == set(answered) == set(QUESTIONS) == set(ANSWERS)
    for texts in (QUESTIONS, ANSWERS):
        for pair in texts.values():
            english, french = (set(re.findall(r"\{\w+\}", pair[lang])) for lang in ("en", "fr"))
            assert english | {"{call}"} >= french


def test_each_answer_has_the_rows_that_the_graph_gives(
    answered: dict[str, Answer], store: Store, bundled: TableGraph
) -> None:
    for question in questions(group(bundled)):
        query = bind(find_query(question.query), question.values)
        expected = ask_graph(query, Dataset(store), "csv")
        assert answered[question.slug].csv == expected, question.slug
        assert len(answered[question.slug].rows) == expected.count("\n") - 1 > 0, question.slug


def test_answers_agree_with_the_tables(answered: dict[str, Answer]) -> None:
    rows = {slug: list(csv.DictReader(io.StringIO(each.csv))) for slug, each in answered.items()}
    assert sum(int(row["supporters"]) for row in rows["how-many"]) == 1222
    assert len(rows["states-of-the-eu"]) == 27
    assert {row["category"].rpartition("#")[2] for row in rows["companies-of-germany"]} == {
        "private-sector"
    }
    african = {row["country"].rpartition("/")[2] for row in rows["how-many-in-africa"]}
    assert {"NGA", "ZAF", "RWA"} <= african
    assert not african & {"FRA", "IND", "BRA"}


@pytest.mark.parametrize(("lang", "suffix"), [("en", ".html"), ("fr", ".fr.html")])
def test_a_page_has_the_question_the_answer_the_table_and_the_file(
    small_site: Path, lang: str, suffix: str
) -> None:
    text = (small_site / f"question/which-states{suffix}").read_text("utf-8")
    rows = (small_site / "question/which-states.csv").read_text("utf-8").splitlines()[1:]
    [told] = re.findall(r'<p class="answer">(.*?)</p>', text)
    assert told.startswith(f"{len(rows)} ")
    assert text.count("<tr>") == len(rows) + 1
    assert "SELECT ?state" in text
    assert words(lang)["take_csv"] in text
    links = [each["href"] for each in page(small_site, f"questions{suffix}").all("a")]
    assert f"question/which-states{suffix}" in links


def test_a_question_without_an_answer_has_no_page(
    resources: Resources, bundled: TableGraph
) -> None:
    found = answers(Store(), resources, group(bundled), named_queries())
    assert [each.question.slug for each in found] == []
    assert answers(Store(), Resources([]), {}, named_queries()) == []


@pytest.mark.parametrize(
    ("party", "lang", "said"),
    [
        (
            "microsoft",
            "en",
            "Microsoft (company, United States) has supported the Paris Call since",
        ),
        ("microsoft", "en", "a date that it or the registry states"),
        ("microsoft", "fr", "Entreprise (États-Unis) qui soutient l’Appel de Paris depuis le 12"),
        ("aapti-institute", "en", "the date of signature itself is not known"),
        ("abb", "fr", "quand une source l’atteste"),
        ("france", "en", "France has supported the Paris Call"),
        ("university-of-lima", "en", "no longer supports the Paris Call"),
        ("university-of-lima", "fr", "radié"),
        ("china", "en", "China is named by sources"),
    ],
)
def test_a_party_is_told_in_a_sentence_with_how_sure_it_is(
    resources: Resources, party: str, lang: str, said: str
) -> None:
    told = sentence(resources[f"https://w3id.org/mscall/actor/{party}"], lang)
    assert said in told.replace("\u00a0", " ")


def test_every_party_has_its_sentence(resources: Resources) -> None:
    for party in resources.of_class("org:Organization"):
        for lang in ("en", "fr"):
            told = sentence(party, lang)
            assert told.endswith(".")
            assert "  " not in told
            assert "since ." not in told


def test_what_the_registry_says_is_folded_and_the_timeline_comes_first(small_site: Path) -> None:
    text = (small_site / "actor/austria.html").read_text("utf-8")
    marks = (
        'class="answer"',
        'class="timeline"',
        f"<h2>{words('en')['elsewhere']}",
        words("en")["registry_says"],
    )
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)
    assert f"<details><summary>{words('en')['registry_says']}" in text
