"""A report for a tool is what its schema asks for, and names each rule, line and fingerprint."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from pariscall.validation.report import Report
from pariscall.validation.reports import REPORTS
from support.odd_reports import hostile_report, unreadable_report
from support.people import people_report

SCHEMAS = Path(__file__).parents[1] / "schemas"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(tmp_path)
    return people_report()


@pytest.fixture
def hostile() -> Report:
    return hostile_report()


@pytest.fixture
def unreadable() -> Report:
    return unreadable_report()


def schema_errors(document: Any) -> list[str]:
    import jsonschema

    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(
        schema, format_checker=jsonschema.FormatChecker()
    )
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["report", "hostile", "unreadable"])
def test_sarif_is_valid(kind: str, request: pytest.FixtureRequest) -> None:
    document = json.loads(REPORTS["sarif"](request.getfixturevalue(kind), "en"))
    assert schema_errors(document) == []
    for result in document["runs"][0]["results"]:
        rules = document["runs"][0]["tool"]["driver"]["rules"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


@pytest.mark.slow
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


def test_unreadable_input_is_told_to_tools_as_well(unreadable: Report) -> None:
    assert unreadable.exit_code == 3
    assert not unreadable.conforms
    assert REPORTS["github"](unreadable, "en").split("\n")[0] == (
        "::error file=data/parties.csv,title=input%3Aunreadable,line=3,endLine=3,col=1"
        "::name is empty. Fill it in."
    )
    sarif = json.loads(REPORTS["sarif"](unreadable, "en"))["runs"][0]
    assert sarif["invocations"] == [{"executionSuccessful": False, "exitCode": 3}]
