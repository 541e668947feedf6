"""One list is enough: the tables that a project does without follow from it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from support.command import Finished, run_command
from support.list_project import FILES, make_project

pytestmark = pytest.mark.slow


def done(folder: Path, *arguments: str) -> Finished:
    finished = run_command(folder, list(arguments))
    assert finished.returncode == 0, finished.stderr
    return finished


def rows(folder: Path, query: str, *options: str) -> list[list[str]]:
    printed = done(folder, "query", query, "--format", "csv", *options).stdout
    return list(csv.reader(io.StringIO(printed)))[1:]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("list") / "charter")


def test_a_list_is_validated_exported_and_released(project: Path) -> None:
    assert "conforms: 0 violations, 0 warnings, 0 infos" in done(project, "validate").stdout
    assert "4 signatories, 4 endorsements" in done(project, "export").stdout
    done(project, "release", "2026.06.02")
    assert "whole" in done(project, "verify", "build/releases/2026.06.02").stderr
    assert "pages" in done(project, "site").stdout
    page = (project / "build/site/actor/port-of-genoa.html").read_text(encoding="utf-8")
    assert "Delisted" in page
    assert "Harbour Charter" in (project / "build/site/index.html").read_text(encoding="utf-8")


def test_a_day_that_is_not_known_is_a_window_after_the_launch_and_before_the_list(
    project: Path,
) -> None:
    query = (
        "SELECT ?party ?type ?earliest ?latest { ?e msc:ofEndorsement/msc:signatory ?party ; "
        "msc:eventType ?type ; msc:earliest ?earliest ; msc:latest ?latest }"
    )
    events = {
        (party.rpartition("/")[2], kind.rpartition("#")[2]): (earliest, latest)
        for party, kind, earliest, latest in rows(project, query)
    }
    assert events["port-of-koper", "signature"] == ("2026-03-01", "2026-03-01")
    assert events["kenya", "signature"] == ("2026-03-01", "2026-03-05")
    assert events["port-of-genoa", "signature"] == ("2026-03-01", "2026-03-05")
    assert events["port-of-genoa", "delisting"] == ("2026-03-05", "2026-06-01")
    assert events["late-lines", "signature"] == ("2026-03-01", "2026-06-01")
    assert events["late-lines", "listing"] == ("2026-03-05", "2026-06-01")
    assert len(events) == 9


def test_the_list_is_the_evidence_of_each_departure(project: Path) -> None:
    query = "SELECT ?s { ?e msc:eventType event-type:delisting ; msc:evidence ?s }"
    assert rows(project, query) == [["https://charter.example/data/source/list-2026-06-01"]]


def test_an_alternative_name_is_what_the_list_says(project: Path) -> None:
    query = "SELECT ?name { ?c msc:claimedProperty skos:altLabel ; msc:claimedLiteral ?name }"
    assert sorted(rows(project, query)) == [["Luka Koper"], ["Port Koper"]]


@pytest.mark.slow
def test_a_state_whose_name_has_no_language_answers_too(project: Path) -> None:
    assert [name for _, name, *_ in rows(project, "states")] == ["Kenya"]


def test_the_list_has_a_past(project: Path) -> None:
    query = "SELECT ?party { ?party msc:endorses ?call }"
    assert len(rows(project, query)) == 3

    past = rows(project, query, "--as-of", "2026-03-05")
    assert {party.rpartition("/")[2] for (party,) in past} == {
        "kenya",
        "port-of-genoa",
        "port-of-koper",
    }


def test_the_same_list_gives_the_same_bytes_whatever_the_order_of_its_rows(tmp_path: Path) -> None:
    header, *lines = FILES["signatories.csv"].splitlines(keepends=True)
    first = make_project(tmp_path / "a")
    second = make_project(tmp_path / "b", signatories=header + "".join(reversed(lines)))
    for folder in (first, second):
        done(folder, "export", "--format", "trig")
    name = "build/dumps/harbour-charter.trig"
    assert (first / name).read_bytes() == (second / name).read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (",private-sector,company", ",private,company", "2:24"),
        ("company,2026-03-01", "company,2026-04-01", "2:47"),
        (",private-sector,company", ",private-sector,compny", "2:39"),
    ],
)
def test_a_finding_marks_the_cell_of_the_list(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    text = FILES["signatories.csv"]
    assert old in text
    finished = run_command(
        make_project(tmp_path / "a", signatories=text.replace(old, new)), ["validate"]
    )
    assert finished.returncode == 1
    assert f"signatories.csv  1 violation\n  {place}  violation" in finished.stdout


def test_a_broken_list_is_told_once_by_line_and_nothing_is_written(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "a", signatories="name,signed\nA,soon\nB,\nB,\n")
    finished = run_command(folder, ["export"])
    assert finished.returncode == 3
    assert [line.partition(" is ")[0] for line in finished.stderr.splitlines()] == [
        "Error: signatories.csv:2: signed",
        "signatories.csv:4: 'B'",
    ]
    assert not (folder / "build").exists()


def test_a_row_of_a_full_table_takes_the_place_of_what_follows_from_the_list(
    tmp_path: Path,
) -> None:
    folder = make_project(tmp_path / "a")
    (folder / "parties.csv").write_text(
        "party,name,name_en,name_fr,nature,country,member_of,website\n"
        "african-union,African Union,,,,,,\n"
        "kenya,,Kenya,Kenya,,KEN,african-union,\n",
        encoding="utf-8",
    )
    assert "conforms: 0 violations" in done(folder, "validate").stdout
    query = "SELECT ?name { actor:kenya org:memberOf/skos:prefLabel ?name }"
    assert rows(folder, query) == [["African Union"]]
    assert len(rows(folder, "SELECT ?p { ?p a msc:Signatory }")) == 4


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("mscall", "licence = ", "# ", "mscall.toml: the key 'licence' is missing"),
        ("mscall", "name = ", "# ", "mscall.toml: the key 'name' of [publisher] is missing"),
        ("calls", "2026-03-01", "", "calls.csv:2: launched is empty."),
        ("calls", ",list-2026-03-05", ",other", "calls.csv:2: the source 'other'"),
        ("mscall", "base = ", 'call = "b"\nbase = ', "calls.csv: there is no call 'b'"),
        ("sources", "2026-06-01,https", ",https", "sources.csv:3: issued is empty."),
    ],
)
def test_what_a_list_needs_is_asked_for_in_its_file(
    tmp_path: Path, file: str, old: str, new: str, problem: str
) -> None:
    text = next(text for name, text in FILES.items() if name.startswith(f"{file}."))
    assert old in text
    finished = run_command(
        make_project(tmp_path / "a", **{file: text.replace(old, new, 1)}), ["validate"]
    )
    assert finished.returncode == 3
    assert finished.stderr.startswith(f"Error: {problem}")
