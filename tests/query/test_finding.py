"""A party is found by any of its names; what is near no name finds nothing."""

from __future__ import annotations

from datetime import date

import pytest

import pariscall
from pariscall.errors import MisuseError
from pariscall.query.finding import Party, find_party, parties, search
from pariscall.query.profile import profile, summary
from pariscall.query.records import Signatory
from support.command import Run

KNOWN = [
    Party("czechia", ["Czechia", "Tchéquie"]),
    Party("microsoft", ["Microsoft"]),
    Party("orange", ["Orange"]),
    Party("orange-cyberdefense", ["Orange Cyberdefense"]),
    Party("techuk", ["techUK"]),
]


def found(text: str) -> list[str]:
    return [party.id for party in search(KNOWN, text)]


def test_case_accents_and_parts_have_no_meaning() -> None:
    assert found("TCHEQUIE") == found("tchéquie") == found("cze") == ["czechia"]


def test_a_typing_error_is_corrected_and_nonsense_finds_nothing() -> None:
    assert found("microsfot") == ["microsoft"]
    assert found("xqzzy") == found("!") == found("uk") == []


def test_the_whole_name_comes_first_and_names_one_party() -> None:
    assert found("orange") == ["orange", "orange-cyberdefense"]
    assert find_party(KNOWN, "orange").id == "orange"
    assert find_party(KNOWN, "cyberdefense").id == "orange-cyberdefense"


def test_a_name_of_none_or_of_several_says_what_to_type() -> None:
    with pytest.raises(MisuseError, match="pariscall search WORD"):
        find_party(KNOWN, "nobody")
    with pytest.raises(MisuseError, match=r"orange.*orange-cyberdefense.*identifier"):
        find_party(KNOWN, "oran")


def test_a_profile_does_not_take_a_listing_for_a_signature() -> None:
    endorsement = Signatory(
        iri="https://w3id.org/mscall/actor/a",
        id="a",
        name="A",
        name_fr=None,
        nature="company",
        country="FRA",
        country_name="France",
        website=None,
        endorsement="https://w3id.org/mscall/endorsement/paris-call/a/1",
        call="paris-call",
        category="private-sector",
        status="active",
        since=date(2019, 9, 16),
        since_basis="first-seen",
        until=None,
        until_basis=None,
        superseded_by=None,
        signed_earliest=date(2018, 11, 12),
        signed_latest=date(2019, 9, 16),
        sources=(),
    )
    [party] = parties([endorsement], [], [])
    assert "since 2019-09-16 (first listed; the date of signature is not known)" in profile(party)
    assert "signed 2018-11-12/2019-09-16" in profile(party)
    assert summary(party) == "A  [a]  paris-call active since 2019-09-16"
    assert "no endorsement on record" in profile(Party("b", ["B"]))


@pytest.mark.slow
def test_every_party_with_a_record_is_found_by_its_identifier() -> None:
    known = parties(pariscall.signatories(), pariscall.events(), pariscall.claims())
    assert {find_party(known, party.id).id for party in known[::40]} == {p.id for p in known[::40]}
    renamed = find_party(known, "Guatemalan-American Chamber of Commerce -AmCham-")
    assert renamed.id == "american-chamber-of-commerce-in-guatamala"


@pytest.mark.slow
def test_the_commands_find_and_show(run: Run) -> None:
    assert run("search", "microsfot").stdout.startswith("Microsoft  [microsoft]")
    shown = run("show", "ICANN").stdout
    assert "no endorsement on record" in shown
    assert "The article reports a wish" in shown
    nobody = run("search", "xqzzy")
    assert (nobody.returncode, nobody.stdout) == (2, "")
    assert nobody.stderr == "Error: nothing is called like 'xqzzy'.\n"
