"""Every format says the same of the same findings, in the way that its readers expect."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import click
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from pariscall.errors import TableError
from pariscall.rdf.namespaces import SH
from pariscall.validation.locations.location import Location
from pariscall.validation.report import Finding, Report, refused
from pariscall.validation.reports import REPORTS
from pariscall.validation.reports.messages import format_verdict
from pariscall.validation.reports.text import text
from pariscall.validation.shacl.path import PathTriples
from pariscall.validation.shacl.result import ValidationResult
from pariscall.validation.validate import validate_files
from support.command import EXAMPLE, Run

SCHEMAS = Path(__file__).parents[1] / "schemas"
HOSTILE = "<script>alert(1)</script> & 100% , : | `x` *y* \\ \r\n ::error::\x1b[31m\x00\u202e"

SHAPES = """\
@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
ex:Person a sh:NodeShape ; sh:targetClass ex:Person ;
    sh:property [ sh:path ex:name ; sh:maxCount 1 ] ,
        [ sh:path ( ex:knows [ sh:inversePath ex:knows ] ) ; sh:minCount 1 ; sh:severity sh:Info ] ,
        [ sh:path ex:age ; sh:minInclusive 18 ; sh:severity sh:Warning ;
            sh:message "Too young."@en , "Trop jeune."@fr ] .
ex:Fine a sh:NodeShape ; sh:targetClass ex:Person ; sh:nodeKind sh:BlankNodeOrIRI .
"""
DATA = """\
@prefix ex: <http://example.org/> .
ex:ann a ex:Person ; ex:name "Ann" , "Anna" ; ex:knows ex:bob ;
    ex:age 17 .
[] a ex:Person ; ex:name "Nobody" .
"""


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(tmp_path)
    Path("shapes.ttl").write_text(SHAPES, encoding="utf-8")
    Path("my data.ttl").write_text(DATA, encoding="utf-8")
    return validate_files([Path("my data.ttl")], ["shapes.ttl"])


@pytest.fixture
def hostile() -> Report:
    """Make a report in which every text is out to break its format."""
    finding = ValidationResult(
        "Violation", NamedNode("http://e/x"), None, None, NamedNode("http://e/s"), "C", ()
    )
    location = Location("a,b:c%.ttl", 3, 1, 4, excerpt=HOSTILE)
    results = [
        Finding(HOSTILE, "Violation", (("en", HOSTILE),), (HOSTILE,), "f" * 32, location, finding),
        Finding("r", "http://e/Bad", (), ("x",), "e" * 32, Location("b"), None, HOSTILE),
    ]
    return Report(results, 1, "oxigraph", [HOSTILE, "r"])


@pytest.fixture
def unreadable() -> Report:
    problems = ["data/parties.csv:3: name is empty. Fill it in.", "no place"]
    return refused(TableError(problems), ["data/csv-metadata.json"])


def schema_errors(document: Any) -> list[str]:
    import jsonschema

    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(
        schema, format_checker=jsonschema.FormatChecker()
    )
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


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


@pytest.mark.parametrize("kind", ["report", "hostile", "unreadable"])
def test_sarif_is_valid(kind: str, request: pytest.FixtureRequest) -> None:
    document = json.loads(REPORTS["sarif"](request.getfixturevalue(kind), "en"))
    assert schema_errors(document) == []
    for result in document["runs"][0]["results"]:
        rules = document["runs"][0]["tool"]["driver"]["rules"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_schema_tells_a_wrong_sarif_file(report: Report) -> None:
    document = json.loads(REPORTS["sarif"](report, "en"))
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert schema_errors(document)


def test_sarif_points_to_the_place_and_keeps_the_fingerprint(report: Report) -> None:
    run = json.loads(REPORTS["sarif"](report, "en"))["runs"][0]
    result = run["results"][1]
    assert result["level"] == "warning"
    assert result["partialFingerprints"] == {"pariscall/v1": report.findings[1].fingerprint}
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "my%20data.ttl"},
        "region": {
            "startLine": 3,
            "startColumn": 12,
            "endColumn": 14,
            "snippet": {"text": "    ex:age 17 ."},
        },
    }
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]


@pytest.mark.parametrize("kind", ["report", "hostile", "unreadable"])
def test_junit_is_valid(kind: str, request: pytest.FixtureRequest) -> None:
    written = REPORTS["junit"](request.getfixturevalue(kind), "en")
    import xmlschema

    schema = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
    assert [str(error.reason) for error in schema.iter_errors(BytesIO(written.encode()))] == []
    suite = fromstring(written)[0]
    assert int(suite.attrib["tests"]) == len(suite)
    assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    assert int(suite.attrib["errors"]) == len(suite.findall("testcase/error"))
    assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))


def test_in_junit_a_rule_that_finds_nothing_is_a_passed_test(report: Report) -> None:
    suite = fromstring(REPORTS["junit"](report, "en"))[0]
    outcome = {case.attrib["classname"]: [child.tag for child in case] for case in suite}
    assert outcome == {
        "ex:Fine": [],
        "ex:Person ex:name": ["failure"],
        "ex:Person ex:age": ["system-out"],
        "ex:Person (ex:knows/^ex:knows)": ["system-out"],
    }


def test_github_commands_name_the_place_and_put_the_worst_first(report: Report) -> None:
    lines = REPORTS["github"](replace(report, fail_on="Info"), "en").splitlines()
    assert lines[1] == (
        "::warning file=my data.ttl,title=ex%3APerson ex%3Aage,line=3,endLine=3,col=12,endColumn=14"
        "::Too young. (ex:ann  ex:age  17)"
    )
    assert [line.split()[0] for line in lines] == ["::error", "::warning", "::notice"]


def test_github_commands_cannot_be_injected(hostile: Report) -> None:
    written = REPORTS["github"](hostile, "en")
    assert written.count("\n") == 1
    properties = written.split("::")[1]
    assert "file=a%2Cb%3Ac%25.ttl," in properties
    assert properties.count(",") == 5
    assert "100%25 , : |" in written
    assert "%0D%0A ::error::" in written


def test_gitlab_issues_are_complete_and_unique(report: Report) -> None:
    issues = json.loads(REPORTS["gitlab"](report, "en"))
    assert [issue["severity"] for issue in issues] == ["major", "minor", "info"]
    assert len({issue["fingerprint"] for issue in issues}) == 3
    assert issues[1]["location"] == {"path": "my data.ttl", "lines": {"begin": 3}}
    assert issues[1]["check_name"] == "ex:Person ex:age"
    assert issues[1]["description"] == "Too young. (ex:ann  ex:age  17)"


def test_the_turtle_is_the_validation_report_of_shacl(report: Report) -> None:
    written = REPORTS["turtle"](report, "en")
    quads = list(parse(written.encode(), format=RdfFormat.TURTLE))
    said = {(quad.predicate.value.removeprefix(SH), str(quad.object)) for quad in quads}
    assert ("conforms", '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>') in said
    assert ("resultMessage", '"Trop jeune."@fr') in said
    assert ("inversePath", "<http://example.org/knows>") in said
    assert sum(quad.predicate.value == SH + "result" for quad in quads) == 3
    results = [quad.object for quad in quads if quad.predicate.value == SH + "result"]
    for result in results:
        names = {q.predicate.value.removeprefix(SH) for q in quads if q.subject == result}
        assert names >= {
            *("focusNode", "resultSeverity", "sourceShape", "sourceConstraintComponent"),
            "resultMessage",
        }


def test_the_turtle_of_data_that_conform_says_so(report: Report) -> None:
    written = REPORTS["turtle"](replace(report, findings=[]), "en")
    assert "sh:conforms true ." in written
    assert len(list(parse(written.encode(), format=RdfFormat.TURTLE))) == 2


@pytest.mark.parametrize(
    ("path", "turtle"),
    [
        ("<e:p>", "<e:p>"),
        ("^<e:p>", "[ sh:inversePath <e:p> ]"),
        ("(<e:p>/<e:q>/<e:r>)", "( <e:p> <e:q> <e:r> )"),
        ("(<e:p>|^<e:q>)", "[ sh:alternativePath ( <e:p> [ sh:inversePath <e:q> ] ) ]"),
        ("(<e:p>)*", "[ sh:zeroOrMorePath <e:p> ]"),
        ("((<e:p>/<e:q>))+", "[ sh:oneOrMorePath ( <e:p> <e:q> ) ]"),
        ("((<e:p>)?/(<e:q>)*)", "( [ sh:zeroOrOnePath <e:p> ] [ sh:zeroOrMorePath <e:q> ] )"),
        ("^(<e:p>/<e:q>)", "[ sh:inversePath ( <e:p> <e:q> ) ]"),
    ],
)
def test_paths_go_back_to_shacl(path: str, turtle: str) -> None:
    found = PathTriples(path, "path")
    subject, predicate = NamedNode("e:s"), NamedNode("e:path")
    ours = Dataset(
        [Quad(subject, predicate, found.node), *(Quad(*triple) for triple in found.triples)]
    )
    head = f"@prefix sh: <{SH}> . <e:s> <e:path> "
    expected = Dataset(parse(f"{head}{turtle} .", format=RdfFormat.TURTLE))
    for dataset in (ours, expected):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert ours == expected


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


def test_unreadable_input_is_told_to_tools_as_well(unreadable: Report) -> None:
    assert unreadable.exit_code == 3
    assert not unreadable.conforms
    assert REPORTS["github"](unreadable, "en").split("\n")[0] == (
        "::error file=data/parties.csv,title=input%3Aunreadable,line=3,endLine=3,col=1"
        "::name is empty. Fill it in."
    )
    sarif = json.loads(REPORTS["sarif"](unreadable, "en"))["runs"][0]
    assert sarif["invocations"] == [{"executionSuccessful": False, "exitCode": 3}]


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
