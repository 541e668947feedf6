"""Every format says the same of the same findings, in the way that its readers expect."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest

from pariscall.validation.files import validate_files
from pariscall.validation.report import Report
from pariscall.validation.reports import REPORTS
from pariscall.validation.reports.messages import format_verdict
from pariscall.validation.reports.text import text
from support.command import EXAMPLE, Run
from support.odd_reports import hostile_report
from support.people import people_report


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(tmp_path)
    return people_report()


@pytest.fixture
def hostile() -> Report:
    return hostile_report()


def test_the_text_shows_each_line_with_the_value_marked(report: Report) -> None:
    [shape] = [r for r in report.findings if r.severity == "Info"]
    assert text(report, "en") == re.sub(
        r"_:\w+",
        shape.about[0],
        (
            "\x1b[1mmy data.ttl\x1b[0m  1 violation, 1 warning, 1 info\n"
            "  2:22  \x1b[31mviolation\x1b[0m  The shape asks for sh:maxCount 1.  [ex:Person ex:name]\n"
            "    ex:ann  ex:name\n"
            '    | ex:ann a ex:Person ; ex:name "Ann" , "Anna" ; ex:knows ex:bob ;\n'
            "    |                      ^^^^^^^^^^^^^\n"
            "  3:12  \x1b[33mwarning\x1b[0m  Too young.  [ex:Person ex:age]\n"
            "    ex:ann  ex:age  17\n"
            "    |     ex:age 17 .\n"
            "    |            ^^\n"
            "  4:1  \x1b[36minfo\x1b[0m  The shape asks for sh:minCount 1.  [ex:Person (ex:knows/^ex:knows)]\n"
            "    _:x  (ex:knows/^ex:knows)\n"
            '    | [] a ex:Person ; ex:name "Nobody" .\n'
            "    | ^\n"
            "\n"
            "\x1b[31mdoes not conform: 1 violation, 1 warning, 1 info in 7 triples (engine: oxigraph)\x1b[0m\n"
        ),
    )


def test_a_french_reader_reads_french(report: Report) -> None:
    shown = text(report, "fr")
    assert "avertissement\x1b[0m  Trop jeune." in shown
    assert "La forme exige sh:maxCount 1." in shown
    assert "non conforme : 1 violation, 1 avertissement, 1 information dans 7 triplets" in shown
    assert "Rapport de validation" in REPORTS["markdown"](report, "fr")
    assert '<html lang="fr">' in REPORTS["html"](report, "fr")
    assert json.loads(REPORTS["sarif"](report, "fr"))["runs"][0]["language"] == "fr-FR"
    many = replace(report, triples=1_234_567)
    assert "1\u202f234\u202f567 triplets" in format_verdict(many, "fr")


@pytest.mark.slow
@pytest.mark.parametrize("name", REPORTS)
def test_the_same_findings_give_the_same_bytes(name: str, report: Report) -> None:
    again = validate_files([Path("my data.ttl")], ["shapes.ttl"])
    assert REPORTS[name](again, "en") == REPORTS[name](report, "en")
    reference = validate_files([Path("my data.ttl")], ["shapes.ttl"], "pyshacl")
    told = REPORTS[name](reference, "en").replace("pyshacl", "oxigraph")
    assert told == REPORTS[name](report, "en")


def test_json_holds_all_that_is_known(report: Report) -> None:
    document = json.loads(REPORTS["json"](report, "en"))
    assert document["conforms"] is False
    assert document["counts"] == {"Violation": 1, "Warning": 1, "Info": 1}
    assert document["results"][1] == {
        "rule": "ex:Person ex:age",
        "severity": "Warning",
        "message": "Too young.",
        "fails": False,
        "fingerprint": document["results"][1]["fingerprint"],
        "file": "my data.ttl",
        "line": 3,
        "column": 12,
        "endColumn": 14,
        "focus": "<http://example.org/ann>",
        "path": "<http://example.org/age>",
        "value": '"17"^^<http://www.w3.org/2001/XMLSchema#integer>',
        "shape": document["results"][1]["shape"],
        "component": "MinInclusiveConstraintComponent",
    }


class Tags(HTMLParser):
    """Collects the tags of a page and the addresses that it names."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


def test_html_is_a_page_on_its_own_that_runs_nothing(hostile: Report) -> None:
    page = REPORTS["html"](hostile, "en")
    tags = Tags()
    tags.feed(page)
    assert "script" not in tags.tags
    assert tags.addresses == []
    assert "&lt;script&gt;" in page


def test_markdown_is_one_row_a_result(hostile: Report) -> None:
    rows = [
        line for line in REPORTS["markdown"](hostile, "en").split("\n") if line.startswith("| ")
    ]
    assert len(rows) == 4
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)
    assert "<script>" not in "".join(rows)


def test_the_screen_is_not_sent_control_characters(hostile: Report) -> None:
    shown = click.unstyle(text(hostile, "en"))
    assert "<script>" in shown
    assert shown.replace("\n", "").isprintable()


@pytest.mark.slow
def test_several_reports_at_once_go_to_their_files(run: Run, tmp_path: Path) -> None:
    names = [name for name in REPORTS if name != "text"]
    options = [option for name in names for option in ("--report", f"{name}=out.{name}")]
    finished = run("validate", EXAMPLE, *options)
    assert finished.returncode == 0
    assert finished.stdout.startswith("conforms: ")
    for name in names:
        assert (tmp_path / f"out.{name}").exists()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.slow
def test_a_report_on_the_screen_takes_the_place_of_the_text(run: Run) -> None:
    finished = run("validate", EXAMPLE, "--report", "json")
    assert json.loads(finished.stdout)["conforms"] is True
    assert finished.stderr.startswith("conforms: 0 violations")


@pytest.mark.slow
def test_colour_is_for_terminals_only(run: Run, tmp_path: Path) -> None:
    finished = run("validate", "--report", "text=out.txt", "--report", "text")
    assert "\x1b[" not in finished.stdout
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == finished.stdout


def test_an_input_that_cannot_be_read_still_gives_its_reports(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<http://e/s>\n<http://e/p>", encoding="utf-8")
    finished = run("validate", "broken.ttl", "--report", "github", "--report", "junit=out.xml")
    assert finished.returncode == 3
    assert finished.stdout.startswith("::error file=broken.ttl,title=input%3Aunreadable,line=")
    assert "<error " in (tmp_path / "out.xml").read_text(encoding="utf-8")
