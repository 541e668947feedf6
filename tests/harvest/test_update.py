"""The list of the website updates the tables: what it says and no more, or nothing at all."""

from __future__ import annotations

import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pariscall.errors import RegistryError
from pariscall.harvest.registry import harvest_registry
from pariscall.harvest.update import read_update
from pariscall.publish.ledger import check_balances, draw_up
from pariscall.tables.checks import check_tables
from pariscall.tables.csvw import read_schema
from pariscall.tables.graph import TableGraph
from pariscall.tables.rows import read_records
from pariscall.validation.gate import examine
from support.command import Run
from support.registry import Registry, digests, events, records

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

HEADER = "name,category,nationality,nature,website,twitter,date_signed"
SLOVENIA = '"Slovénie","state","SVN","UE","","",""'
UNION = '"European Union","public-authority","","","","",""'
ACME = '"ACME &amp; Sons","private-sector","ROM","Entreprise","https://https:www.acme.example","@acme","2020-02-01"'
NOBODY = '"Nobody","","","","","",""'
LIST = (HEADER, SLOVENIA, UNION, ACME, NOBODY)


@pytest.fixture
def folder(registry: Registry, target: Path) -> Path:
    """Fill the tables from the registry, as it was on 1 April 2020."""
    harvest_registry(registry.folder, target)
    return target


def differences(folder: Path, *lines: str) -> list[tuple[str, str, str]]:
    update = read_update("\n".join(lines).encode() + b"\n", "list.csv", folder)
    return [(found.kind, found.party, found.detail) for found in update.differences()]


def write(folder: Path, *lines: str, day: str = "2020-06-01") -> None:
    """Write a list to the tables, and check what comes out as an export does."""
    update = read_update("\n".join(lines).encode(), "list.csv", folder)
    update.write("https://example.org/list.csv", day)
    check_tables(read_schema(folder))
    graph = TableGraph(folder)
    examine(graph).raise_if_failing()
    check_balances(draw_up(graph).balances())


def test_the_same_list_makes_no_difference(folder: Path) -> None:
    assert differences(folder, *LIST) == []


def test_who_is_new_gone_or_changed_is_told(folder: Path) -> None:
    found = differences(
        folder,
        HEADER,
        SLOVENIA,
        UNION.replace('"public-authority"', '"civil-society"'),
        NOBODY.replace('""', '"http://nobody.example"', 1).replace(
            '"http://nobody.example"', '""', 1
        ),
        '"New "Quoted" Ltd","private-sector","FRA","Entreprise","","",""',
    )
    assert found == [
        ("new", "new-quoted-ltd", "private-sector, FRA"),
        ("gone", "acme-sons", ""),
        ("changed", "european-union", "category: public-authority → civil-society"),
    ]


def test_comparing_writes_nothing(folder: Path) -> None:
    before = digests(folder)
    assert differences(folder, HEADER, SLOVENIA)
    assert digests(folder) == before


@pytest.mark.slow
def test_what_came_between_two_states_has_a_window(folder: Path) -> None:
    moved = UNION.replace('"public-authority"', '"civil-society"')
    new = '"New","private-sector","FRA","Entreprise","","","2020-05-01"'
    write(folder, HEADER, SLOVENIA, moved, NOBODY, new)
    for kind, party in (
        ("listing", "new"),
        ("delisting", "acme-sons"),
        ("reclassification", "european-union"),
    ):
        event = events(folder, kind)[party]
        assert (event["date"], event["earliest"], event["latest"], event["basis"]) == (
            "",
            "2020-04-01",
            "2020-06-01",
            "inferred",
        )
    endorsements = records(folder, "endorsements")
    assert (endorsements["acme-sons"]["status"], endorsements["acme-sons"]["until"]) == (
        "delisted",
        "2020-06-01",
    )
    assert endorsements["european-union"]["category"] == "civil-society"
    assert (endorsements["new"]["since"], endorsements["new"]["since_basis"]) == (
        "2020-05-01",
        "declared",
    )
    assert events(folder, "signature")["acme-sons"]["date"] == "2020-02-01"


@pytest.mark.slow
def test_the_tables_say_which_list_they_are_of(folder: Path) -> None:
    write(folder, *LIST)
    [dataset] = records(folder, "datasets", "dataset").values()
    assert (dataset["modified"], dataset["records"]) == ("2020-06-01", "4")
    source = records(folder, "sources", "source")[dataset["source"]]
    assert (source["url"], source["issued"], source["commit"]) == (
        "https://example.org/list.csv",
        "2020-06-01",
        "",
    )
    entries = records(folder, "entries")
    assert {row["last_seen"] for row in entries.values()} == {"2020-06-01"}
    assert entries["slovenia"]["first_seen"] == "2019-11-10"
    assert entries["slovenia"]["file"] == "slovenie-state-SVN.md"


@pytest.mark.slow
def test_writing_a_list_again_changes_no_byte(folder: Path) -> None:
    write(folder, *LIST)
    before = digests(folder)
    write(folder, *LIST)
    assert digests(folder) == before


@pytest.mark.slow
def test_who_comes_back_has_another_endorsement(folder: Path) -> None:
    write(folder, HEADER, SLOVENIA, UNION, ACME, day="2020-06-01")
    write(folder, *LIST, day="2020-07-01")
    rows = read_records(read_schema(folder)["endorsements.csv"])
    both = [(row["n"], row["status"], row["since"]) for row in rows if row["party"] == "nobody"]
    assert both == [("1", "delisted", "2020-04-01"), ("2", "active", "2020-07-01")]


@pytest.mark.slow
def test_a_new_name_is_joined_by_a_row_of_the_ledger(folder: Path) -> None:
    renamed = NOBODY.replace("Nobody", "Somebody")
    lines = (HEADER, SLOVENIA, UNION, ACME, renamed)
    assert [kind for kind, *_ in differences(folder, *lines)] == ["new", "gone"]
    with (folder / "identifiers.csv").open("a", encoding="utf-8") as file:
        file.write("supporters.csv#Somebody,nobody\n")
    assert differences(folder, *lines) == [("changed", "nobody", "name: Nobody → Somebody")]
    write(folder, *lines)
    renaming = events(folder, "name-change")["nobody"]
    assert (renaming["from_name"], renaming["to_name"]) == ("Nobody", "Somebody")


def test_a_name_in_other_letters_is_the_same_party(folder: Path) -> None:
    found = differences(folder, HEADER, SLOVENIA, UNION, ACME, NOBODY.replace("Nobody", "NOBODY"))
    assert found == [("changed", "nobody", "name: Nobody → NOBODY")]


def test_corrections_of_a_file_hold_for_its_row(folder: Path) -> None:
    found = differences(
        folder, HEADER, SLOVENIA, UNION, ACME, NOBODY.replace('"Nobody","",""', '"Nobody","","ROM"')
    )
    assert found == [("changed", "nobody", "nationality: nothing → ROM")]


@pytest.mark.slow
def test_twitter_is_not_carried_over(folder: Path) -> None:
    write(folder, *LIST)
    for path in folder.glob("*.csv"):
        assert "@acme" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([], "list.csv:1: it is empty"),
        (["<!DOCTYPE html>", "<p>Gone</p>"], "list.csv:1: it is a page or a document, not a list"),
        ([HEADER.replace("nature,", ""), NOBODY], "list.csv:1: the column nature is missing"),
        ([HEADER, SLOVENIA, NOBODY[:-4]], "list.csv:3: 5 fields instead of 7"),
        ([HEADER, SLOVENIA, NOBODY[:-5]], "list.csv:3: the line does not begin and end with a quote"),
        ([HEADER, SLOVENIA, SLOVENIA], "list.csv:3: Slovénie is on line 2 already"),
        ([HEADER, '"","","","","","",""'], "list.csv:2: there is no name"),
        ([HEADER, NOBODY.replace('"",', '"guild",', 1)], "list.csv:2: category is 'guild', which is"),
        ([HEADER, NOBODY.replace("Nobody", "No\x07body")], "list.csv:2: name is 'No\\x07body', which"),
        ([HEADER, '"ICANN","","","","","",""'], "the identifier icann belongs to another party"),
    ],
)  # fmt: skip
def test_a_list_that_is_none_is_refused(folder: Path, lines: list[str], problem: str) -> None:
    before = digests(folder)
    with pytest.raises(RegistryError) as caught:
        read_update("\n".join(lines).encode(), "list.csv", folder)
    assert problem in str(caught.value)
    assert digests(folder) == before


def test_a_list_in_another_encoding_is_refused(folder: Path) -> None:
    with pytest.raises(RegistryError, match=r"list\.csv:2: not UTF-8"):
        read_update(f"{HEADER}\n{SLOVENIA}".encode("latin-1"), "list.csv", folder)


def test_too_great_a_loss_is_refused(folder: Path) -> None:
    update = read_update(f"{HEADER}\n{SLOVENIA}".encode(), "list.csv", folder)
    with pytest.raises(RegistryError, match="names 1 where 4 supporters were listed, and 3 of"):
        update.check_is_plausible()


def test_an_earlier_list_is_refused(folder: Path) -> None:
    before = digests(folder)
    with pytest.raises(RegistryError, match="the tables are of 2020-04-01, which is later than"):
        write(folder, *LIST, day="2020-03-01")
    assert digests(folder) == before


@pytest.mark.slow
def test_the_repository_does_not_undo_a_later_list(registry: Registry, folder: Path) -> None:
    write(folder, *LIST)
    with pytest.raises(RegistryError, match="the tables hold the list that the website had on"):
        harvest_registry(registry.folder, folder)
    registry.commit({"new.md": "---\nname: New\n---\n"}, "2020-07-01")
    assert harvest_registry(registry.folder, folder).supporters == 5


@pytest.mark.slow
def test_the_command_fetches_compares_and_writes(run: Run, folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "supporters.csv").write_text("\n".join(LIST), encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/supporters.csv"
        before = digests(folder)
        same = run("harvest", "csv", url, "--tables", folder)
        assert same.returncode == 0
        assert same.stdout == (
            "4 supporters listed before: 0 new, 0 gone, 0 changed; "
            "nothing was written (see --write)\n"
        )
        assert "the same as the last time" in run("harvest", "csv", url, "--tables", folder).stderr
        (site / "supporters.csv").write_text("\n".join(LIST[:-1]), encoding="utf-8")
        os.utime(site / "supporters.csv", (4e9, 4e9))  # the server tells versions by the second
        lost = run("harvest", "csv", url, "--tables", folder, "--write")
        assert lost.returncode == 3
        assert "say --accept-loss" in lost.stderr
        assert lost.stdout.startswith("gone     nobody  Nobody")
        missing = run("harvest", "csv", url + "x", "--tables", folder, "--write")
        assert (missing.returncode, missing.stderr.count("\n")) == (3, 1)
        assert digests(folder) == before
        written = run("harvest", "csv", url, "--tables", folder, "--write", "--accept-loss")
        assert written.returncode == 0
        assert "1 gone, 0 changed; written to tables" in written.stdout
        server.shutdown()
    assert records(folder, "endorsements")["nobody"]["status"] == "delisted"


@pytest.mark.slow
def test_the_command_reads_a_file_of_a_given_day(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("\n".join(LIST), encoding="utf-8")
    command = ("harvest", "csv", "list.csv", "--tables", folder, "--write")
    assert run(*command, "--read-on", "2020-06-01").returncode == 0
    [dataset] = records(folder, "datasets", "dataset").values()
    assert dataset["modified"] == "2020-06-01"
    missing = run("harvest", "csv", "none.csv", "--tables", folder)
    assert missing.stderr == "Error: none.csv: No such file or directory. Nothing was changed.\n"
    assert missing.returncode == 3
