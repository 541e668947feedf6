"""Every finding has a location, in every report: platforms refuse files in which one has none."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pariscall.errors import (
    NothingValidatedError,
    PariscallError,
    RdfError,
    ShapesError,
    TableError,
)
from pariscall.rdf.namespaces import RDF
from pariscall.validation.files import validate_files
from pariscall.validation.report import Report, refused
from pariscall.validation.reports import REPORTS

SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
e:S a sh:NodeShape ;
    sh:targetClass e:T ; sh:targetObjectsOf e:knows ; sh:targetNode e:nobody ;
    sh:property [ sh:path e:name ; sh:minCount 1 ] .
"""
ODD = os.fsdecode(b"caf\xe9.ttl") if sys.platform == "linux" else "café.ttl"

# What is validated, and where the finding must be.
DATA = {
    "subject": ("a.ttl", "<http://e/s> a <http://e/T> .", ("a.ttl", 1)),
    "mention": ("a.ttl", "<http://e/s> <http://e/knows>\n <http://e/o> .", ("a.ttl", 2)),
    "shape": ("a.ttl", "<http://e/s> <http://e/p> 1 .", ("shapes.ttl", 4)),
    "rdf/xml": (
        "a.rdf",
        f'<r:RDF xmlns:r="{RDF}"\nxmlns:e="http://e/">\n<e:T r:about="http://e/s"/></r:RDF>',
        ("a.rdf", 3),
    ),
    "rdf 1.2": (
        "a.ttl",
        'VERSION "1.2"\n<< <http://e/a> <http://e/b> 1 >> a\n <http://e/U> .\n<http://e/s> a <http://e/T> .',
        ("a.ttl", 4),
    ),
    "reifier": ("a.ttl", "<< <http://e/a> <http://e/b> 1 >>\n a <http://e/T> .", ("a.ttl", 1)),
    "blank": ("a.ttl", "[] <http://e/p> [\n a <http://e/T> ] .", ("a.ttl", 1)),
    "json-ld": ("a.jsonld", '{"@id": "http://e/s",\n"@type": "http://e/T"}', ("a.jsonld", 1)),
    "unmapped": (
        "a.jsonld",
        '{"@id": "http://e/s",\n"lost": 1, "http://e/p": 1}',
        ("a.jsonld", 2),
    ),
    "odd name": (ODD, "<http://e/s> a <http://e/T> .", (ODD, 1)),
}
ERRORS: dict[str, PariscallError] = {
    "line": RdfError("a.ttl:7: not valid text/turtle: x."),
    "file": RdfError("a.ttl: No such file or directory."),
    "shapes": ShapesError("shapes.ttl: the file holds no triple."),
    "nothing": NothingValidatedError("no shape of the set gate found anything to look at."),
    "many": TableError([f"t.csv:{line}: x." for line in range(2, 40)]),
    "odd": RdfError(f"{ODD}: No such file or directory."),
}


@pytest.fixture(params=[*DATA, *ERRORS])
def report(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Report:
    monkeypatch.chdir(tmp_path)
    if request.param in ERRORS:
        return refused(ERRORS[request.param], ["a.ttl", "shapes.ttl"])
    name, text, _ = DATA[request.param]
    Path(name).write_text(text, encoding="utf-8")
    Path("shapes.ttl").write_text(SHAPES, encoding="utf-8")
    return validate_files([name], ["shapes.ttl"], allow_empty=["e:S"])


@pytest.mark.parametrize("kind", DATA)
def test_a_finding_is_at_the_subject_or_its_mention_or_the_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    name, text, place = DATA[kind]
    Path(name).write_text(text, encoding="utf-8")
    Path("shapes.ttl").write_text(SHAPES, encoding="utf-8")
    report = validate_files([name], ["shapes.ttl"], allow_empty=["e:S"])
    places = [(finding.location.file, finding.location.line) for finding in report.findings]
    assert place in places
    assert all(file in (name, "shapes.ttl") for file, _ in places)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_report_can_be_written_as_utf_8(report: Report, lang: str) -> None:
    assert report.findings
    for write in REPORTS.values():
        assert write(report, lang).encode()


def test_sarif_has_a_region_for_every_result(report: Report) -> None:
    [run] = json.loads(REPORTS["sarif"](report, "en"))["runs"]
    assert len(run["results"]) == len(report.findings)
    for result in run["results"]:
        [location] = result["locations"]
        assert re.fullmatch(r"[\w./:%-]+", location["physicalLocation"]["artifactLocation"]["uri"])
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        assert region["endColumn"] >= region["startColumn"]


def test_gitlab_has_a_path_and_a_line_for_every_issue(report: Report) -> None:
    issues = json.loads(REPORTS["gitlab"](report, "en"))
    assert len(issues) == len(report.findings)
    for issue in issues:
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1


def test_github_names_file_and_line_for_every_annotation(report: Report) -> None:
    lines = REPORTS["github"](report, "en").splitlines()
    assert len(lines) == len(report.findings)
    for line in lines:
        assert re.match(r"::error file=[^,:]+,title=[^,]+,line=[1-9]", line)


_NAMES: dict[str, Callable[[str], list[str]]] = {
    "json": lambda text: [f"{r['file']}:{r['line']}" for r in json.loads(text)["results"]],
    "junit": lambda text: [
        case.attrib["name"] for case in ET.fromstring(text).iter("testcase") if len(case)
    ],
    "markdown": lambda text: re.findall(r"^\| ([^|]*:\d+:\d+) \|", text, re.MULTILINE),
    "text": lambda text: re.findall(r"^  \d+:\d+", text, re.MULTILINE),
    "html": lambda text: re.findall(r"<p>\d+:\d+ <strong", text),
}


@pytest.mark.parametrize("kind", _NAMES)
def test_people_are_told_file_and_line(report: Report, kind: str) -> None:
    found = _NAMES[kind](re.sub(r"\x1b\[\d*m", "", REPORTS[kind](report, "en")))
    assert len(found) == len(report.findings)
    assert all(re.search(r"[1-9]", place) for place in found)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux only")
def test_a_name_that_is_not_utf_8_keeps_its_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = refused(RdfError(f"{ODD}:1: x."), [ODD])
    assert '"uri": "caf%E9.ttl"' in REPORTS["sarif"](report, "en")
    assert json.loads(REPORTS["gitlab"](report, "en"))[0]["location"]["path"] == "caf\\xe9.ttl"
    assert "caf\\xe9.ttl" in REPORTS["text"](report, "en")


def test_an_address_stays_one_in_sarif() -> None:
    report = refused(RdfError("https://e/a b.ttl?x=1: x."), ["https://e/a b.ttl?x=1"])
    assert '"uri": "https://e/a%20b.ttl?x=1"' in REPORTS["sarif"](report, "en")
