"""What a page says of a party, a call or a term is what the graph says, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Store

from pariscall.query.dataset import Dataset
from pariscall.query.queries import answer, find_query
from pariscall.rdf.namespaces import PREFIXES
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from pariscall.web.site.messages import words
from support.html import page
from support.sites import LANGUAGES, site_with_release
from support.tables import DELISTED, SUCCESSOR, SUPERSEDED, read_records

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def site(small: Path, small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_with_release(small, small_release, tmp_path_factory)


@pytest.mark.parametrize("party", [*DELISTED, SUPERSEDED])
def test_a_party_that_is_gone_says_so_in_both_languages(site: Path, party: str) -> None:
    status = "superseded" if party == SUPERSEDED else "delisted"
    for lang, suffix in LANGUAGES.items():
        shown = {"delisted": ("Delisted", "Radié"), "superseded": ("Superseded", "Remplacé")}
        word = shown[status][lang == "fr"]
        own = page(site, f"actor/{party}{suffix}").text
        assert f"{words(lang)['ended']}{words(lang)['colon']}{word}." in own
        for where in (f"signatories{suffix}", f"index{suffix}"):
            text = (site / where).read_text("utf-8")
            row = next(line for line in text.split("\n") if f"actor/{party}{suffix}" in line)
            assert word in row


def test_a_party_that_was_superseded_leads_to_its_successor(site: Path) -> None:
    former, successor = (page(site, f"actor/{party}.html") for party in (SUPERSEDED, SUCCESSOR))
    endorsement = f"#endorsement/paris-call/{SUCCESSOR}/1"
    assert any(a["href"].endswith(endorsement) for a in former.all("a"))
    assert words("en")["takes_place_of"] in successor.text


def test_a_party_that_never_signed_says_so_with_what_others_say(site: Path) -> None:
    here = page(site, "actor/icann.html")
    assert words("en")["never_signatory"] in here.text
    assert "have expressed their desire to support the call" in here.text
    assert "Disputed" in here.text


def test_the_counts_of_the_first_page_are_those_of_sparql(small: Path, site: Path) -> None:
    store = Store()
    store.bulk_extend([*TableGraph(small).quads(), *vocabulary()])
    rows = answer(find_query("supporters-by-category"), Dataset(store), "csv").split()[1:]
    expected = {
        name.rpartition("#")[2]: int(number) for name, number in (r.split(",") for r in rows)
    }
    expected = {name.rpartition(":")[2]: number for name, number in expected.items()}
    text = (site / "index.html").read_text("utf-8")
    shown = re.findall(r'category/([\w-]+)\.html"><span>.*?</span> <b>(\d+)</b>', text)
    assert {name: int(number) for name, number in shown} == expected
    [supporters] = re.findall(r'signatories\.html\?status=active"><b>(\d+)</b>', text)
    assert int(supporters) == sum(expected.values())
    countries = (
        "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?p msc:endorses call:paris-call ; msc:country ?c }"
    )
    [counted] = re.findall(r'countries\.html"><b>(\d+)</b>', text)
    assert answer(find_query(countries), Dataset(store), "csv").split()[1] == counted
    for category, number in expected.items():
        here = page(site, f"category/{category}.html")
        assert len(here.all("th", scope="row")) >= number


def test_another_call_has_a_page_with_its_supporters_and_is_in_no_figure(
    small: Path, site: Path
) -> None:
    expected = {
        row["party"]
        for row in read_records(small / "endorsements.csv")
        if row["call"] == "counter-ransomware-initiative"
    }
    text = (site / "call" / "counter-ransomware-initiative.html").read_text("utf-8")
    assert set(re.findall(r'<li><a href="\.\./actor/([\w-]+)\.html"', text)) == expected
    assert "Other calls" in (site / "index.html").read_text("utf-8")
    assert "israel" in expected
    lists = [*site.glob("signatories*.html"), *site.glob("category/*.html")]
    assert not any("actor/israel.html" in path.read_text("utf-8") for path in lists)


def test_the_overlaps_of_the_calls_are_those_of_sparql(small: Path, site: Path) -> None:
    store = Store()
    store.bulk_extend([*TableGraph(small).quads(), *vocabulary()])
    ours = "?p msc:endorses call:paris-call , "
    here = page(site, "calls.html")
    figure = (site / "calls.html").read_text("utf-8").partition('id="chart-overlaps"')[2]
    drawn = figure.partition("</figure>")[0]
    assert drawn.count("<svg") == 2
    for call in ("counter-ransomware-initiative", "cybersecurity-tech-accord"):
        query = f"SELECT (COUNT(DISTINCT ?p) AS ?n) {{ {ours} call:{call} }}"
        number = answer(find_query(query), Dataset(store), "csv").split()[1]
        assert f'value="{number}"' in (site / "calls.html").read_text("utf-8")
        assert number in here.text
        assert f">{number}</text>" in drawn


def test_each_term_is_shown_with_how_often_it_is_used(small: Path, site: Path) -> None:
    used = sum(
        quad.predicate.value == PREFIXES["msc"] + "since" for quad in TableGraph(small).quads()
    )
    text = (site / "ns.html").read_text("utf-8")
    section = text.split('<section id="since"')[1].split("</section>")[0]
    assert f"{used}\u00a0times" in section
