"""``pariscall init``: from a list to a project, all of it or nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

from pariscall.harvest.lists.new_project import NewProject, write_project
from pariscall.project import read_project
from support.command import Finished, Run, run_command
from support.sheets import HEADER, PARTIES, write_csv, write_workbook

ASKED = (
    *("--title", "Harbour Charter", "--title-fr", "Charte des ports"),
    *("--base", "https://charter.example/data/", "--launch", "2026-03-01"),
    *("--publisher", "Secretariat of the Charter", "--website", "https://charter.example/"),
)


@pytest.fixture
def parties(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "parties.xlsx")


def listed(folder: Path) -> list[dict[str, str]]:
    with (folder / "signatories.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_a_project_is_made_of_a_workbook(run: Run, tmp_path: Path, parties: Path) -> None:
    finished = run("init", "charter", "--from", parties, *ASKED, "--yes")
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout == "charter: 9 files written, of a list of 2026-03-05\n"
    koper, _genoa, kenya = listed(tmp_path / "charter")
    assert koper == {
        "id": "",
        "name": "Port of Koper",
        "country": "SVN",
        "category": "private-sector",
        "kind": "",
        "signed": "2026-03-01",
        "left": "",
        "source": "",
        "website": "https://koper.example/",
        "alternative names": "",
    }
    assert kenya["signed"] == ""


@pytest.mark.slow
def test_what_was_understood_is_shown_before_anything_is_written(
    run: Run, tmp_path: Path, parties: Path
) -> None:
    finished = run("init", "charter", "--from", parties, *ASKED)
    assert finished.returncode == 2
    assert "  Pays               country   3: ITA, KEN, SVN\n" in finished.stderr
    assert "Nothing was written. Say --yes" in finished.stderr
    assert not (tmp_path / "charter").exists()


def test_all_that_is_missing_is_asked_for_at_once(run: Run, tmp_path: Path) -> None:
    write_csv(tmp_path / "list.csv", "Nom", "Koper")
    finished = run("init", "charter", "--from", "list.csv", "--title", "Harbour Charter")
    assert finished.returncode == 2
    assert "Say also --base, --launch, --publisher, --date." in finished.stderr


@pytest.mark.slow
def test_files_that_are_there_are_never_replaced(run: Run, tmp_path: Path, parties: Path) -> None:
    (tmp_path / "charter").mkdir()
    (tmp_path / "charter" / "README.md").write_text("Mine.\n", encoding="utf-8")
    finished = run("init", "charter", "--from", parties, *ASKED, "--yes")
    assert finished.returncode == 2
    assert "charter/README.md: it is there already. Nothing was written" in finished.stderr
    assert [path.name for path in (tmp_path / "charter").iterdir()] == ["README.md"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--title", "the charter"), "the title 'the charter' must begin with a capital letter"),
        (("--title", "日本"), "no name of files can be made from the title"),
        (("--website", "charter"), "'charter' is not a web address."),
        (("--date", "2026-02-01"), "the list is of 2026-02-01, before the launch on 2026-03-01."),
        (("--launch", "2026-03-02"), "2: signed is 2026-03-01, before the launch on 2026-03-02."),
        (("--date", "2026-03-01"), "3: signed is 2026-03-02, after the day of the list"),
        (("--column", "name"), "--column 'name' has no '='."),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    run: Run, tmp_path: Path, parties: Path, options: tuple[str, ...], problem: str
) -> None:
    finished = run("init", "charter", "--from", parties, *ASKED, "--yes", *options)
    assert finished.returncode in (2, 3)
    assert problem in finished.stderr
    assert "Traceback" not in finished.stderr
    assert not (tmp_path / "charter").exists()


@pytest.mark.slow
def test_a_list_that_names_nobody_makes_no_project(run: Run, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "list.xlsx", [HEADER])
    finished = run("init", "charter", "--from", path, *ASKED, "--yes")
    assert (finished.returncode, "list.xlsx: it names nobody." in finished.stderr) == (3, True)
    assert not (tmp_path / "charter").exists()


@pytest.mark.slow
def test_a_broken_list_gives_one_line_per_problem_and_writes_nothing(
    run: Run, tmp_path: Path
) -> None:
    rows = (HEADER, ("Koper", "Sloveni", "Ships", "3/4/2026", "nothing"), *PARTIES)
    path = write_workbook(tmp_path / "list.xlsx", rows)
    finished = run("init", "charter", "--from", path, *ASKED, "--yes")
    assert finished.returncode == 3
    lines = finished.stderr.splitlines()
    places = [line.partition("list.xlsx:")[2].partition(": ")[0] for line in lines]
    assert places == ["2", "2", "2", "2", "3", "4"]
    assert not (tmp_path / "charter").exists()


@pytest.mark.slow
def test_the_workflows_and_the_hook_are_valid(run: Run, tmp_path: Path, parties: Path) -> None:
    action = "charter/pariscall@0123456789012345678901234567890123456789"
    run("init", "a", "--from", parties, *ASKED, "--yes")
    run("init", "b", "--from", parties, *ASKED, "--yes", "--action", action)
    for name in ("a", "b"):
        folder = tmp_path / name
        workflow = yaml.safe_load((folder / ".github/workflows/publish.yml").read_text("utf-8"))
        steps = workflow["jobs"]["validate"]["steps"]
        assert (action in [step.get("uses") for step in steps]) == (name == "b")
        assert workflow["jobs"]["website"]["steps"][-1]["uses"].startswith("actions/deploy-pages@")
        [local] = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
        assert local["hooks"][0]["entry"] == "pariscall validate"
        assert "%" not in (folder / "README.md").read_text("utf-8")


def test_a_list_on_the_web_is_compared_each_week(tmp_path: Path) -> None:
    project = NewProject(
        titles={"en": "Charter", "fr": "Charte"},
        base="https://charter.example/",
        launched="2026-03-01",
        listed="2026-03-05",
        publisher="Secretariat",
        licence="CC-BY-4.0",
        website="https://charter.example/",
        list_address="https://charter.example/list.csv?a=b#c",
    )
    assert ".github/workflows/update.yml" in write_project(tmp_path, project, [])
    text = (tmp_path / ".github/workflows/update.yml").read_text("utf-8")
    job = yaml.safe_load(text)["jobs"]["update"]
    assert job["env"]["LIST"] == project.list_address
    assert 'pariscall update "$LIST" --date "$(date -u +%F)" --yes' in text


def done(folder: Path, *arguments: str) -> Finished:
    finished = run_command(folder, list(arguments))
    assert finished.returncode == 0, finished.stderr
    return finished


@pytest.mark.slow
def test_a_new_project_is_validated_and_published_and_names_nothing_of_ours(
    tmp_path: Path, parties: Path
) -> None:
    done(tmp_path, "init", "charter", "--from", str(parties), *ASKED, "--yes")
    folder = tmp_path / "charter"
    assert "conforms: 0 violations, 0 warnings" in done(folder, "validate").stdout
    done(folder, "export")
    done(folder, "release", "2026.03.05")
    done(folder, "site")
    named = [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and b"Paris" in path.read_bytes()
    ]
    of_vocabulary = ("/vocabulary/", "/ns", "/shapes", "/code/", "/vendor/")
    assert [name for name in named if not any(part in name for part in of_vocabulary)] == []


@pytest.mark.slow
@pytest.mark.parametrize(("option", "page"), [("--title", "en"), ("--title-fr", "fr")])
def test_a_project_may_have_one_language(
    tmp_path: Path, parties: Path, option: str, page: str
) -> None:
    asked = [*ASKED[4:], "--yes", option, "Charte des ports"]
    done(tmp_path, "init", "charter", "--from", str(parties), *asked)
    folder = tmp_path / "charter"
    assert "conforms: 0 violations, 0 warnings" in done(folder, "validate").stdout
    assert read_project(folder / "mscall.toml").languages == (page,)


@pytest.mark.slow
def test_a_project_without_a_list_is_filled_in_by_hand(tmp_path: Path) -> None:
    done(tmp_path, "init", "charter", *ASKED, "--date", "2026-03-05")
    folder = tmp_path / "charter"
    with (folder / "signatories.csv").open("a", encoding="utf-8") as file:
        file.write(",Koper,SVN,private-sector,,,,,,\n")
    assert "conforms: 0 violations, 0 warnings" in done(folder, "validate").stdout
