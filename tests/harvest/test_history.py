"""The history of a registry becomes events: each with its days and its commit, none made up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pariscall.errors import RegistryError
from pariscall.harvest.registry import harvest_registry
from pariscall.tables.checks import check_tables
from pariscall.tables.csvw import read_schema
from pariscall.tables.graph import TableGraph
from pariscall.tables.rows import read_records
from pariscall.validation.gate import examine
from support.registry import NOBODY, SLOVENIA, Registry, events, records

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

FILE = "nobody-undefined-.md"
EMPTY_FIELDS = NOBODY.replace("category:", "category: civil-society").replace(
    "nationality:", "nationality: FRA"
)


def decide(target: Path, *rows: str) -> None:
    path = target / "decisions.csv"
    path.write_text(
        "\n".join([path.read_text(encoding="utf-8").rstrip("\n"), *sorted(rows)]) + "\n",
        encoding="utf-8",
    )


def correct(target: Path, *rows: str) -> None:
    path = target / "corrections.csv"
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    path.write_text("\n".join([header, *sorted([*lines, *rows])]) + "\n", encoding="utf-8")


def harvest(registry: Registry, target: Path) -> None:
    """Harvest, and check what comes out as an export does."""
    harvest_registry(registry.folder, target)
    check_tables(read_schema(target))
    examine(TableGraph(target)).raise_if_failing()


def of_nobody(target: Path) -> list[tuple[str, str]]:
    """Give the type and the day of each event of one party, by day."""
    rows = read_records(read_schema(target)["events.csv"])
    return sorted(
        ((row["type"], row["date"] or row["latest"]) for row in rows if row["party"] == "nobody"),
        key=lambda event: (event[1], event[0]),
    )


@pytest.mark.slow
def test_a_party_is_listed_on_the_day_of_the_commit(registry: Registry, target: Path) -> None:
    harvest(registry, target)
    listing = events(target, "listing")["nobody"]
    assert (listing["date"], listing["basis"]) == ("2020-04-01", "first-seen")
    assert listing["event"] == "listing-" + listing["evidence"].rpartition("/")[2]
    assert records(target, "sources", "source")[listing["evidence"]]["issued"] == "2020-04-01"


@pytest.mark.slow
def test_when_the_first_state_came_to_be_is_not_known(registry: Registry, target: Path) -> None:
    harvest(registry, target)
    listing = events(target, "listing")["slovenia"]
    assert (listing["date"], listing["earliest"], listing["latest"]) == (
        "",
        "2018-11-12",
        "2019-11-10",
    )
    assert listing["basis"] == "inferred"


@pytest.mark.slow
def test_a_file_that_moves_under_the_same_name_is_no_event(
    registry: Registry, target: Path
) -> None:
    registry.commit({FILE: None, "nobody-new.md": NOBODY}, "2020-06-01")
    harvest(registry, target)
    assert of_nobody(target) == [("listing", "2020-04-01"), ("signature", "2020-04-01")]
    ledger = records(target, "identifiers", "file")
    assert ledger[FILE]["party"] == ledger["nobody-new.md"]["party"] == "nobody"


@pytest.mark.slow
def test_names_categories_and_countries_change(registry: Registry, target: Path) -> None:
    registry.commit({FILE: EMPTY_FIELDS}, "2020-06-01")
    registry.commit({FILE: EMPTY_FIELDS.replace("Nobody", "Somebody")}, "2020-07-01")
    registry.commit(
        {FILE: EMPTY_FIELDS.replace("Nobody", "Somebody").replace("FRA", "SVN")}, "2020-08-01"
    )
    harvest(registry, target)
    move = events(target, "reclassification")["nobody"]
    assert (move["date"], move["from_category"], move["to_category"]) == (
        "2020-06-01",
        "unknown",
        "civil-society",
    )
    renaming = events(target, "name-change")["nobody"]
    assert (renaming["date"], renaming["from_name"], renaming["to_name"]) == (
        "2020-07-01",
        "Nobody",
        "Somebody",
    )
    country = events(target, "country-change")["nobody"]
    assert (country["date"], country["from_country"], country["to_country"]) == (
        "2020-08-01",
        "FRA",
        "SVN",
    )


@pytest.mark.slow
def test_filling_in_a_country_is_no_change_of_country(registry: Registry, target: Path) -> None:
    registry.commit({FILE: EMPTY_FIELDS}, "2020-06-01")
    harvest(registry, target)
    assert events(target, "country-change") == {}


@pytest.mark.slow
def test_who_goes_is_delisted_and_stays_in_the_tables(registry: Registry, target: Path) -> None:
    registry.commit({FILE: None}, "2020-06-01")
    harvest(registry, target)
    assert of_nobody(target)[-1] == ("delisting", "2020-06-01")
    endorsement = records(target, "endorsements")["nobody"]
    assert (endorsement["status"], endorsement["until"], endorsement["until_basis"]) == (
        "delisted",
        "2020-06-01",
        "last-seen",
    )
    entry = records(target, "entries")["nobody"]
    assert (entry["first_seen"], entry["last_seen"], entry["date"]) == (
        "2020-04-01",
        "2020-04-01",
        "2020-04-01",
    )
    assert "nobody" in records(target, "parties")


@pytest.mark.slow
def test_who_comes_back_has_two_endorsements(registry: Registry, target: Path) -> None:
    registry.commit({FILE: None}, "2020-07-01")
    registry.commit({FILE: NOBODY}, "2020-08-01")
    harvest(registry, target)
    rows = read_records(read_schema(target)["endorsements.csv"])
    both = [row for row in rows if row["party"] == "nobody"]
    assert [(row["n"], row["status"], row["since"], row["until"]) for row in both] == [
        ("1", "delisted", "2020-04-01", "2020-07-01"),
        ("2", "active", "2020-08-01", ""),
    ]
    support = records(target, "supports")["nobody"]
    assert (support["n"], support["basis"]) == ("1", "first-seen")


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


@pytest.mark.slow
def test_countries_may_be_named_in_french(registry: Registry, target: Path) -> None:
    registry.commit({FILE: EMPTY_FIELDS.replace("FRA", "Etats-Unis")}, "2020-06-01")
    harvest(registry, target)
    assert records(target, "parties")["nobody"]["country"] == "USA"


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


@pytest.mark.slow
def test_merges_of_branches_count_as_one_commit(registry: Registry, target: Path) -> None:
    registry.git("checkout", "--quiet", "-b", "branch")
    registry.commit({FILE: None}, "2020-05-01")
    registry.commit({"new.md": NOBODY.replace("Nobody", "New")}, "2020-05-02")
    registry.git("checkout", "--quiet", "main")
    registry.git("merge", "--quiet", "--no-ff", "-m", "Merge", "branch", day="2020-06-01")
    harvest(registry, target)
    assert events(target, "delisting")["nobody"]["date"] == "2020-06-01"
    assert events(target, "listing")["new"]["date"] == "2020-06-01"
