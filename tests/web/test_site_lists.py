"""What the pages tell apart: supporters and others, calls, dates that are known in different ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pariscall.rdf.namespaces import MSC
from pariscall.rdf.prefixes import KNOWN_PREFIXES
from pariscall.tables.graph import TableGraph
from pariscall.web.site.claims import at_issue, by_call
from pariscall.web.site.messages import words
from pariscall.web.site.resources import Resource, Resources
from support.tables import DELISTED

ACCORD, CALL = "Cybersecurity Tech Accord", "Paris Call for Trust and Security in Cyberspace"


def resource(name: str, **values: Resource) -> Resource:
    made = Resource(KNOWN_PREFIXES.expand(name))
    for predicate, value in values.items():
        made.add(f"msc:{predicate}" if predicate != "type" else "rdf:type", value)
    return made


def claim(kind: str, **values: Resource) -> Resource:
    return resource("claim:source/one", type=Resource(f"{MSC}{kind}"), **values)


def test_the_calls_with_most_claims_come_first_and_claims_on_none_are_last() -> None:
    one, two = Resource("https://one.example/"), Resource("https://two.example/")
    claims = [
        claim("EndorsementClaim"),
        claim("EndorsementClaim", aboutCall=one),
        claim("EndorsementClaim", aboutCall=two),
        claim("EndorsementClaim", aboutCall=two),
    ]
    assert [(call, len(made)) for call, made in by_call(claims)] == [(two, 2), (one, 1), (None, 1)]


def test_the_date_is_at_issue_where_the_support_is_agreed_and_the_support_elsewhere() -> None:
    call, day = Resource("https://call.example/"), Resource("https://day.example/")
    supporter, other = resource("actor:a", endorses=call), resource("actor:b")
    said = {"aboutCall": call, "claimedDate": day}
    assert at_issue(claim("EndorsementClaim", aboutAgent=supporter, **said)) == "issue_date"
    assert at_issue(claim("EndorsementClaim", aboutAgent=other, **said)) == "issue_support"
    assert at_issue(claim("EndorsementClaim", aboutAgent=other, aboutCall=call)) == "issue_support"
    assert at_issue(claim("AttributeClaim")) == "issue_value"
    assert at_issue(claim("CountClaim")) == "issue_number"


def text(site: Path, name: str) -> str:
    return (site / name).read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "suffix"), [("en", ".html"), ("fr", ".fr.html")])
def test_claims_are_under_their_call_and_a_disputed_one_says_why(
    small_site: Path, lang: str, suffix: str
) -> None:
    page = text(small_site, f"actor/microsoft{suffix}").split(words(lang)["claims_of_others"])[1]
    ours, theirs = page.split(f"{ACCORD}</bdi></a></h3>")
    assert "claim/paris-call-registry/cc88a7b/microsoft-cybersecurity-tech-accord" in theirs
    assert "tech-accord" not in ours.split("</h3>")[1].rpartition("<h3>")[0]
    word = {"en": "Disputed", "fr": "Contestée"}[lang]
    reason = {"en": "it is no day of signature", "fr": "ce n’est pas un jour de signature"}[lang]
    [issue] = re.findall(r'<p class="issue">(.*?)</p>', ours)
    assert word in issue
    assert words(lang)["issue_date"] in issue
    assert reason in issue


@pytest.mark.slow
def test_every_claim_that_is_disputed_or_rejected_has_its_reason(bundled: TableGraph) -> None:
    resources = Resources(bundled.documents())
    silent = [
        claim.iri
        for claim in resources
        for assessment in claim.resources("msc:assessment")
        if assessment.code in ("disputed", "rejected") and not claim.values("msc:assessmentNote")
    ]
    assert silent == []


@pytest.mark.slow
def test_supporters_and_others_who_are_named_are_counted_separately(
    bundled: TableGraph, small_site: Path
) -> None:
    resources = Resources(bundled.documents())
    parties = {
        country: resources[f"http://publications.europa.eu/resource/authority/country/{country}"]
        for country in ("CHN", "RUS")
    }
    signed = {
        code: sum(bool(party.values("msc:endorses")) for party in country.incoming("msc:country"))
        for code, country in parties.items()
    }
    assert signed == {"CHN": 4, "RUS": 9}
    [row] = [
        line for line in text(small_site, "countries.html").split("\n") if "country/CHN" in line
    ]
    assert "<b>0</b>" in row  # of the small tables, that have the state alone
    assert words("en")["others_named"].format(number=1) in row
    china = text(small_site, "country/CHN.html")
    assert "0\u00a0supporters" in china
    assert china.index(words("en")["not_signatories"]) < china.index("actor/china.html")


@pytest.mark.slow
def test_a_list_counts_who_supports_and_shows_how_a_date_is_known(small_site: Path) -> None:
    page = text(small_site, "signatories.html")
    gone = len(re.findall(r'class="badge (?:delisted|superseded|withdrawn)"', page))
    rows = len(re.findall('scope="row"', page))
    assert gone > len(DELISTED)
    assert f"{rows - gone}\u00a0supporters" in page
    assert words("en")["and_former"].format(number=gone) in page
    assert f"{words('en')['since_first-seen']}</span> <time" in page
    assert "<td><time" in page  # a day that is declared needs no word


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".html", ".fr.html"])
def test_press_and_parties_come_first_and_registry_states_are_one_timeline(
    small_site: Path, suffix: str
) -> None:
    page = text(small_site, f"sources{suffix}")
    kinds = re.findall(r'<section id="([\w-]+)">', page)
    assert kinds[:2] == ["news", "party-statement"]
    assert kinds[-1] == "official-registry"
    before, timeline = page.split('<ol class="timeline">')
    days = re.findall(r'datetime="([\d-]+)"', timeline)
    assert days == sorted(set(days))
    states = re.findall(r'href="source/(paris-call-registry/\w+)\.', timeline)
    folder = small_site / "source/paris-call-registry"
    assert sorted(states) == sorted(f"{folder.name}/{file.stem}" for file in folder.glob("*.nt"))
    assert "paris-call-registry/" not in before
