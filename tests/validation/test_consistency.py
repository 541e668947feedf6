"""Tables whose rows are valid separately, and contradict each other, are refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pariscall import bundle
from pariscall.tables.graph import TableGraph
from pariscall.validation.consistency import find_disagreements
from support.command import Run
from support.tables import SUCCESSOR, SUPERSEDED, edit, keep_some_parties

VU = "paris-call-registry/cc88a7b,vu-security,vu-security,paris-call,affirms,2018-11-12"


# Of those that the tests change: everything that is checked, in a fifth of the time.
PARTIES = (
    *("aapti-institute", "abelia", "afnum", "burkina-faso", "chile", "nemos-sokolov-s-r-o"),
    *("vu-security", SUPERSEDED, SUCCESSOR, "call/paris-call/principle/1"),
)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(bundle.TABLES, tmp_path_factory.mktemp("few") / "tables")
    keep_some_parties(folder, *PARTIES)
    return folder


@pytest.fixture
def folder(few: Path, tmp_path: Path) -> Path:
    """Copy the tables of a few parties, for a test to break."""
    return shutil.copytree(few, tmp_path / "tables")


@pytest.mark.slow
def test_the_bundled_tables_agree(bundled: TableGraph) -> None:
    assert find_disagreements(bundled) == []


def test_those_of_a_few_parties_agree(folder: Path) -> None:
    assert find_disagreements(TableGraph(folder)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        # sources and claims
        ("sources", "AFNUM,party-statement,2018-11-12", "AFNUM,party-statement,2018-11-13", ("issued", "ends in another date than 2018-11-13")),
        ("sources", "Registry of the Paris Call on 2020", "Register of the Paris Call on 2020", ("title", "It must be 'Registry")),
        ("claims", "2018-11-12,,2018-11-12,,,,high", "2018-11-12,,2018-11-13,,,,high", ("date", "its source of 2018-11-12")),
        ("claims", VU, VU.replace(",affirms", ",denies"), ("polarity", "was on every entry of that day")),
        ("claims", VU, VU.replace("curity,paris-call,", "curity,charter-of-trust,"), ("claim", "Name it vu-security-charter")),
        ("claims", "2019-11-12,paris-peace-forum-2019", "2019-11-14,paris-peace-forum-2019", ("claimed_date", "was not on")),
        ("counts", ",total,paris-call,1038", ",states,paris-call,1038", ("claim", "states counts total")),
        ("attributes", "activities that threaten", "activities which threaten", ("assessment", "Set it to 'disputed'")),
        ("supports", "abb,paris-call,1,inside-it-2018-11,abb,reported\n", "", ("assessment", "supports nothing")),
        # rulings
        ("countries", "AFG,AF,AFG", "AFG,AF,AGF", ("alpha3", "alpha3 is 'AGF'. It must be 'AFG'")),
        ("corrections", "nationality,FR,*,country", "nationality,FR,*,nature", ("column", "nationality never fills nature")),
        ("datasets", ",2024-01-19,", ",2024-01-18,", ("modified", "modified is '2024-01-18', and '2024-01-19' by")),
        ("decisions", "not-a-registry-state,6dcb8c4,*,,", "not-a-registry-state,6dcb8c4,*,x,", ("value", "needs an empty cell as its value")),
        ("decisions", "same-party,*,burkina_faso.md", "same-party,*,burkina_fasp.md", ("file", "has no file")),
        # conclusions
        ("parties", "abb,ABB,", "abb,AAB,", ("name", "name is 'AAB', and 'ABB' by")),
        ("parties", "abb,ABB,,,company,SWE", "abb,ABB,,,company,NOR", ("country", "country is 'NOR', and 'SWE' by")),
        ("parties", "chile,,Chile", "chile,,Chili", ("name_en", "name_en is 'Chili', and 'Chile' by")),
        ("endorsements", "abb,paris-call,1,active,private-sector", "abb,paris-call,1,active,state", ("category", "category is 'state'")),
        ("endorsements", "abelia,paris-call,1,active,private-sector,2019-09-16", "abelia,paris-call,1,active,private-sector,2019-09-17", ("since", "since is '2019-09-17', and '2019-09-16' by its first evidence")),
        ("events", "abelia,paris-call,1,signature,signature,,2018-11-12,2019-09-16", "abelia,paris-call,1,signature,signature,,2018-11-12,2019-09-15", ("latest", "latest is '2019-09-15', and '2019-09-16' by the evidence")),
        ("events", "abelia,paris-call,1,listing-cc88a7b,listing,,2018-11-12", "abelia,paris-call,1,listing-cc88a7b,listing,,2018-11-13", ("earliest", "other events that paris-call-registry/cc88a7b shows are of 2018-11-12 to")),
        ("events", "abelia,paris-call,1,listing-cc88a7b", "abelia,paris-call,1,listing-cc88a7c", ("event", "by its type and its evidence paris-call-registry/cc88a7b")),
        ("entries", "2019-09-16,2024-01-19,2024-01-19", "2019-09-17,2024-01-19,2024-01-19", ("first_seen", "first_seen is '2019-09-17', and '2019-09-16' by")),
    ],
)  # fmt: skip
def test_a_contradiction_is_named_with_its_cell(
    folder: Path, table: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    edit(folder / f"{table}.csv", old, new)
    found = find_disagreements(TableGraph(folder))
    column, problem = expected
    assert column in {each.column for each in found if problem in each.message}
    assert all(str(each).startswith(f"{folder}/") for each in found)


@pytest.mark.slow
def test_no_principle_of_a_call_is_missing(folder: Path) -> None:
    edit(folder / "principles.csv", "paris-call,9,", "paris-call,10,")
    activities = (folder / "activities.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    others = [line for line in activities if not line.startswith("paris-call,9,")]
    (folder / "activities.csv").write_text("".join(others), encoding="utf-8")
    [found] = find_disagreements(TableGraph(folder))
    assert found.column == "principle"
    assert "principle 9 of paris-call is missing" in found.message


@pytest.mark.slow
def test_a_country_is_understood_as_the_harvest_understands_it(folder: Path) -> None:
    as_published = "ABB,private-sector,Entreprise,{},"
    edit(folder / "entries.csv", as_published.format("SWE"), as_published.format("Suede"))
    assert find_disagreements(TableGraph(folder)) == []
    edit(
        folder / "entries.csv", as_published.format("Suede"), as_published.format("Tchécoslovaquie")
    )
    [found] = find_disagreements(TableGraph(folder))
    assert (found.table.name, found.line, found.column) == ("entries.csv", 3, "country")
    assert found.message == (
        "country is 'Tchécoslovaquie', which is not a country code in use. Add a row to "
        "corrections.csv that says what is meant."
    )


@pytest.mark.slow
def test_of_several_windows_of_one_state_the_rarer_is_reported(folder: Path) -> None:
    edit(
        folder / "events.csv",
        *("aapti-institute,paris-call,1,listing-fb1b915,listing,,2019-10-2" + day for day in "56"),
    )
    found = [
        each for each in find_disagreements(TableGraph(folder)) if "other events" in each.message
    ]
    assert [(each.line, each.column) for each in found] == [(2, "earliest")]


@pytest.mark.slow
def test_an_endorsement_needs_an_entry_of_its_registry(folder: Path) -> None:
    entries = (folder / "entries.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "entries.csv").write_text("".join(entries[:1] + entries[2:]), encoding="utf-8")
    [found] = find_disagreements(TableGraph(folder))
    assert str(found) == (
        f"{folder}/endorsements.csv:2: the registry paris-call has no entry of the party. Add it "
        "to entries.csv, or harvest again."
    )


@pytest.mark.slow
def test_a_party_that_came_back_keeps_the_claim_that_it_was_listed(folder: Path) -> None:
    claim = "nemos-sokolov-s-r-o,paris-call,1,paris-call-registry/cf15f47,nemos-sokolov-s-r-o,"
    edit(folder / "supports.csv", f"{claim}first-seen\n", "")
    found = {(each.table.name, each.column) for each in find_disagreements(TableGraph(folder))}
    assert ("endorsements.csv", "n") in found


@pytest.mark.slow
def test_a_succession_is_decided_by_hand(folder: Path) -> None:
    edit(folder / "decisions.csv", "succession,2090c73,east_west", "succession,2090c74,east_west")
    found = {(each.table.name, each.column) for each in find_disagreements(TableGraph(folder))}
    assert {("endorsements.csv", "superseded_by"), ("events.csv", "type")} <= found


@pytest.mark.slow
def test_an_entry_is_not_seen_after_its_party_left(folder: Path) -> None:
    lines = (folder / "entries.csv").read_text(encoding="utf-8").splitlines()
    entry = next(line for line in lines if line.startswith("eastwest-institute,"))
    *kept, _last_seen, _date, _source = entry.split(",")
    late = ",".join([*kept, "2024-01-19", "2024-01-19", "paris-call-registry/fbdf676"])
    edit(folder / "entries.csv", entry, late)
    [found] = find_disagreements(TableGraph(folder))
    assert (found.table.name, found.column) == ("entries.csv", "source")
    assert "which left by 2021-03-23" in found.message


@pytest.mark.slow
def test_a_large_registry_is_checked_as_a_stream(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(folder / "parties.csv", "abb,ABB,", "abb,AAB,")
    kept = find_disagreements(TableGraph(folder))
    monkeypatch.setattr("pariscall.tables.graph.KEPT", 10)
    assert find_disagreements(TableGraph(folder)) == kept


@pytest.mark.slow
def test_an_export_of_tables_that_disagree_writes_nothing(run: Run, folder: Path) -> None:
    edit(folder / "parties.csv", "abb,ABB,,,company,SWE", "abb,ABB,,,company,NOR")
    finished = run("export", "-o", "out", "--tables", folder)
    assert finished.returncode == 1
    assert "country is 'NOR', and 'SWE' by" in finished.stderr
    validated = run("validate", "--tables", folder)
    assert validated.returncode == 1
    assert "  3:19  violation  country is 'NOR'" in validated.stdout
    assert "[tables:disagreement]" in validated.stdout
