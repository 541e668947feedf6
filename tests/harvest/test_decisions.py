"""What the history of a registry leaves open is decided in the tables, or kept as a claim."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pariscall.errors import RegistryError
from pariscall.harvest.registry import harvest_registry
from pariscall.tables.csvw import read_schema
from pariscall.tables.rows import read_records
from support.checked_harvest import EMPTY_FIELDS, FILE, correct, decide, harvest, of_nobody
from support.registry import NOBODY, SLOVENIA, Registry, events, records

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.mark.slow
def test_a_state_that_is_none_ends_nothing(registry: Registry, target: Path) -> None:
    files = {name.name: None for name in (registry.folder / "_supporters").iterdir()}
    texts = {
        name: (registry.folder / "_supporters" / name).read_text(encoding="utf-8") for name in files
    }
    gap = registry.commit(files, "2020-06-01")
    texts[FILE] = NOBODY.replace("Nobody", "Somebody")
    registry.commit({**texts, "new.md": NOBODY.replace("Nobody", "New")}, "2020-07-01")
    decide(target, f"not-a-registry-state,{gap[:7]},*,,Moved for a while.")
    harvest(registry, target)
    assert events(target, "delisting") == {}
    for kind, party in (("name-change", "nobody"), ("listing", "new")):
        event = events(target, kind)[party]
        assert (event["date"], event["earliest"], event["latest"]) == (
            "",
            "2020-06-01",
            "2020-07-01",
        )


@pytest.mark.slow
def test_two_files_about_one_party_need_a_decision(registry: Registry, target: Path) -> None:
    registry.commit({"twin.md": NOBODY.replace("Nobody", "Nobody Inc")}, "2020-06-01")
    registry.commit({FILE: None}, "2020-07-01")
    (target / "identifiers.csv").write_text(
        f"file,party\n{FILE},nobody\ntwin.md,nobody\n", encoding="utf-8"
    )
    with pytest.raises(
        RegistryError, match=r"twin\.md: by identifiers\.csv it is about nobody, as nob"
    ):
        harvest_registry(registry.folder, target)
    decide(target, f"duplicate,*,{FILE},,Two entries for one.")
    harvest(registry, target)
    assert of_nobody(target)[2:] == [("merge", "2020-07-01"), ("name-change", "2020-07-01")]
    assert events(target, "delisting") == {}


@pytest.mark.slow
def test_a_party_can_take_the_place_of_another(registry: Registry, target: Path) -> None:
    heir = NOBODY.replace("Nobody", "Heir")
    commit = registry.commit({FILE: None, "heir.md": heir}, "2020-06-01")
    decide(target, f"succession,{commit[:7]},{FILE},heir,It says so.")
    harvest(registry, target)
    assert of_nobody(target)[-1] == ("succession", "2020-06-01")
    endorsement = records(target, "endorsements")["nobody"]
    assert (endorsement["status"], endorsement["superseded_by"]) == ("superseded", "heir")
    assert events(target, "listing")["heir"]["date"] == "2020-06-01"


@pytest.mark.slow
def test_a_slip_is_read_as_it_was_mended(registry: Registry, target: Path) -> None:
    slip = registry.commit({"copy.md": SLOVENIA.replace("state", "civil-society")}, "2020-06-01")
    registry.commit({"copy.md": NOBODY.replace("Nobody", "Interpol")}, "2020-06-01")
    decide(target, f"misfiled,{slip[:7]},copy.md,,Copied and corrected.")
    harvest(registry, target)
    found = [row["party"] for row in read_records(read_schema(target)["events.csv"])]
    assert found.count("interpol") == 2
    assert "slovenie" not in found
    assert events(target, "name-change") == {}


@pytest.mark.slow
def test_a_record_about_nobody_is_left_out(registry: Registry, target: Path) -> None:
    registry.commit({"test.md": NOBODY.replace("Nobody", "Test")}, "2020-06-01")
    registry.commit({"test.md": None}, "2020-06-02")
    decide(target, "not-a-party,*,test.md,,A test.")
    harvest(registry, target)
    assert "test" not in records(target, "parties")


@pytest.mark.slow
def test_a_day_written_on_every_entry_is_a_disputed_claim(registry: Registry, target: Path) -> None:
    dated = NOBODY.replace("category:", "date_signed: '2018-11-12'\ncategory:")
    commit = registry.commit({FILE: dated}, "2020-06-01")
    registry.commit({"late.md": dated.replace("Nobody", "Late")}, "2020-07-01")
    decide(target, f"bulk-date,{commit[:7]},*,2018-11-12,On all.")
    harvest(registry, target)
    claims = {row["party"]: row for row in records(target, "claims", "claim").values()}
    assert claims["nobody"]["claimed_date"] == "2018-11-12"
    assert claims["nobody"]["assessment"] == "disputed"
    assert claims["nobody"]["note_en"]
    assert claims["nobody"]["note_fr"]
    signatures = events(target, "signature")
    assert (signatures["nobody"]["date"], signatures["nobody"]["latest"]) == ("", "2020-04-01")
    # What is written later, on one entry alone, is a declaration.
    assert (signatures["late"]["date"], signatures["late"]["basis"]) == ("2018-11-12", "declared")
    assert "late" not in claims


@pytest.mark.slow
def test_support_of_another_call_is_a_claim(registry: Registry, target: Path) -> None:
    allied = EMPTY_FIELDS.replace("category:", "alliance: The Trust, Accord\ncategory:")
    registry.commit({FILE: allied}, "2020-06-01")
    with pytest.raises(RegistryError, match=r"alliance is 'The Trust', which is not a known call"):
        harvest_registry(registry.folder, target)
    correct(
        target,
        "alliance,Accord,*,call,cybersecurity-tech-accord,Its name.,curators",
        "alliance,The Trust,*,call,charter-of-trust,Its name.,curators",
    )
    harvest(registry, target)
    claims = records(target, "claims", "claim")
    assert {claim: row["call"] for claim, row in claims.items()} == {
        "nobody-charter-of-trust": "charter-of-trust",
        "nobody-cybersecurity-tech-accord": "cybersecurity-tech-accord",
    }
    assert {row["assessment"] for row in claims.values()} == {"unassessed"}


@pytest.mark.slow
def test_a_word_that_is_no_country_is_kept_as_a_claim(registry: Registry, target: Path) -> None:
    registry.commit({FILE: EMPTY_FIELDS.replace("FRA", "International")}, "2020-06-01")
    registry.commit({FILE: EMPTY_FIELDS}, "2020-07-01")
    correct(target, "nationality,International,*,country,,No country.,curators")
    harvest(registry, target)
    claim = records(target, "attributes", "claim")["nobody-country"]
    assert (claim["about"], claim["text"], claim["date"]) == (
        "actor/nobody",
        "International",
        "2020-06-01",
    )
    assert records(target, "parties")["nobody"]["country"] == "FRA"


def test_a_decision_that_matches_nothing_fails_the_harvest(
    registry: Registry, target: Path
) -> None:
    decide(target, "not-a-registry-state,0000000,*,,Never.", "same-party,*,none.md,,Never.")
    with pytest.raises(RegistryError) as caught:
        harvest_registry(registry.folder, target)
    first, second = str(caught.value).split("\n")
    assert (
        "decisions.csv:2: there was no not-a-registry-state to decide for 0000000. Remove" in first
    )
    assert "decisions.csv:3: there was no same-party to decide for none.md. Remove" in second
