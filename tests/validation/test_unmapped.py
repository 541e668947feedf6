"""What JSON-LD drops without a word is found, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from pariscall.publish.dumps.jsonld import JsonLdWriter
from pariscall.rdf.jsonld import CONTEXT_IRI
from pariscall.rdf.reader import open_file
from pariscall.tables.graph import TableGraph
from pariscall.validation.files import validate_files
from pariscall.validation.unmapped import find_unmapped

P = "http://e/p"
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
e:S a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:property [ sh:path e:p ; sh:minCount 1 ] .
"""

LOST: list[tuple[dict[str, Any], list[str]]] = [
    ({"emial": 1}, ["emial"]),
    ({"a b:c": 1, "http://e/a b": 1}, ["a b:c", "http://e/a b"]),
    ({"_:b": 1}, ["_:b"]),
    ({"@context": {"k": "_:b"}, "k": 1}, ["k"]),
    ({"@context": {"@language": "no tag"}, P: "x"}, ["no tag"]),
    ({"@context": {"k": {"@id": P, "@language": "no tag"}}, "k": "x"}, ["no tag"]),
    ({"@foo": 1}, ["@foo"]),
    ({P: {"inner": {"lost": 1}}}, ["inner"]),
    ({P: [{P: 1, "deep": 1}, {"@list": [{"listed": 1}]}]}, ["deep", "listed"]),
    ({"@context": {"t": "relative"}, "t": 1}, ["t"]),
    ({"@context": {"@vocab": "relative"}, "t": 1}, ["t"]),
    ({"@context": {"@vocab": "http://e/"}, P: {"@context": {"@vocab": None}, "t": 1}}, ["t"]),
    ({"@context": {"@vocab": "http://e/"}, P: {"@context": None, "t": 1}}, ["t"]),
    ({P: {"@id": "rel"}}, ["rel"]),
    ({P: {"@id": ""}}, [""]),
    ({P: {"@id": "http://e/a b"}}, ["http://e/a b"]),
    ({"@context": {"id": "@id"}, P: {"id": "rel"}}, ["rel"]),
    ({"@context": {"k": {"@id": P, "@type": "@id"}}, "k": ["rel", "http://e/x"]}, ["rel"]),
    ({"@context": {"k": {"@id": P, "@type": "@vocab"}}, "k": "rel"}, ["rel"]),
    ({"@context": {"k": {"@id": P, "@container": "@id"}}, "k": {"rel": {P: 1}}}, ["rel"]),
    ({"@context": {"k": {"@id": P, "@container": "@type"}}, "k": {"T": {P: 1}}}, ["T"]),
    ({"@type": "Person"}, ["Person"]),
    ({"@type": ["Person", "http://e/T"]}, ["Person"]),
    ({P: {"@value": "x", "@language": "not a tag"}}, ["not a tag"]),
    ({"@context": {"k": {"@id": P, "@container": "@language"}}, "k": {"e n": "x"}}, ["e n"]),
    ({"@graph": [{"@id": "http://e/b", "lost": 1}]}, ["lost"]),
    ({"@included": [{"@id": "http://e/b", "lost": 1}]}, ["lost"]),
    ({"@reverse": {P: {"@id": "rel"}, "lost": {"@id": "http://e/b"}}}, ["rel", "lost"]),
    ({"@nest": {"lost": 1}}, ["lost"]),
    # A context of a type holds in the node that has it, and not in those inside.
    (
        {
            "@context": {"T": {"@id": "http://e/T", "@context": {"n": P}}},
            "@type": "T",
            "n": {"n": 1},
        },
        ["n"],
    ),
    # A context of a property holds in its values, at any depth, and not beside them.
    (
        {"@context": {"k": {"@id": P, "@context": {"n": P}}}, "k": {"n": {"n": 1}}, "n": 1},
        ["n"],
    ),
]
KEPT: list[dict[str, Any]] = [
    {"@context": {"@vocab": "http://e/"}, "any": {"thing": {"@type": "T"}}},
    {"@context": {"@base": "http://e/"}, P: {"@id": "rel"}, "@type": "T"},
    {"@context": {"t": "e:t", "e": "http://e/"}, "t": 1, "e:u": 2},
    {"@context": [{"e": "http://e/"}, {"t": {"@id": "e:t"}}], "t": 1},
    {"@context": {"note": None, "memo": {"@id": None}}, "note": "x", "memo": {"lost": 1}},
    {"@context": {"j": {"@id": P, "@type": "@json"}}, "j": {"any": {"@id": "thing"}}},
    {"@context": {"k": {"@id": P, "@container": "@index"}}, "k": {"any": {P: 1}}},
    {"@context": {"k": {"@id": P, "@container": "@language"}}, "k": {"en": "x", "@none": "y"}},
    {"@context": {"k": {"@id": P, "@container": "@id"}}, "k": {"@none": {P: 1}, "_:b": {P: 1}}},
    {"@context": {"k": {"@reverse": P}}, "k": {"@id": "http://e/b"}},
    {"@context": {"v": "@value", "l": "@language"}, P: {"v": "x", "l": "en"}},
    {"@context": CONTEXT_IRI, "name": "x"},
    # A context of a property holds for strings too.
    {
        "@context": {"k": {"@id": P, "@type": "@id", "@context": {"@base": "http://e/list/"}}},
        "k": ["one", {"@id": "two"}],
    },
    {"@context": [CONTEXT_IRI, {"more": P}], "name": "x", "more": 1},
    {P: {"@value": "1", "@type": "http://www.w3.org/2001/XMLSchema#integer"}},
    {P: [{"@id": "_:b"}, "people/7", 1e300]},
    # A context of a type holds inside as well if it says so.
    {
        "@context": {"T": {"@id": "http://e/T", "@context": {"@propagate": True, "n": P}}},
        "@type": "T",
        "n": {"n": 1},
    },
]


def _unmapped(tmp_path: Path, document: dict[str, Any]) -> list[str]:
    path = tmp_path / "a.jsonld"
    path.write_text(json.dumps({"@id": "http://e/s", "http://e/q": 0} | document), encoding="utf-8")
    return [found.text for found in find_unmapped(open_file(path))]


@pytest.mark.parametrize(("document", "lost"), LOST)
def test_what_expands_to_nothing_is_found(
    tmp_path: Path, document: dict[str, Any], lost: list[str]
) -> None:
    assert _unmapped(tmp_path, document) == lost


@pytest.mark.parametrize("document", KEPT)
def test_what_means_something_or_is_meant_to_mean_nothing_is_not_found(
    tmp_path: Path, document: dict[str, Any]
) -> None:
    assert _unmapped(tmp_path, document) == []


@pytest.mark.parametrize("document", [*(document for document, _ in LOST), *KEPT])
def test_pyld_drops_no_key_that_is_not_found(tmp_path: Path, document: dict[str, Any]) -> None:
    if CONTEXT_IRI in json.dumps(document) or document.get("@context") == {"t": "relative"}:
        return  # PyLD fetches the one, and refuses the other
    dropped: list[str] = []
    jsonld.expand(document, {"on_key_dropped": dropped.append, "base": ""})
    ignored = (
        {key for key, value in document.get("@context", {}).items() if value is None}
        if (isinstance(document.get("@context", {}), dict))
        else set()
    )
    assert set(dropped) - ignored - {"memo"} <= set(_unmapped(tmp_path, document))


def test_a_finding_marks_the_key_and_fails_unless_it_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(SHAPES, encoding="utf-8")
    data = tmp_path / "a.jsonld"
    data.write_text('{"@id": "http://e/s",\n "http://e/p": 1,\n "emial": 2}', encoding="utf-8")
    shapes = [str(tmp_path / "s.ttl")]
    report = validate_files([data], shapes)
    [finding] = report.findings
    assert finding.rule == "input:not-expanded"
    assert "'emial'" in finding.message("en")
    assert "'emial'" in finding.message("fr")
    assert finding.location
    assert (finding.location.line, finding.location.column, finding.location.end) == (3, 2, 9)
    assert report.exit_code == 1
    assert validate_files([data], shapes, allow_unmapped=True).exit_code == 0


def test_deep_documents_are_looked_at(tmp_path: Path) -> None:
    depth = 400
    text = '{"http://e/p":' * depth + '{"lost": 1}' + "}" * depth
    (tmp_path / "a.jsonld").write_text(text, encoding="utf-8")
    assert [found.text for found in find_unmapped(open_file(tmp_path / "a.jsonld"))] == ["lost"]


@pytest.mark.slow
def test_nothing_is_lost_of_our_own_json_ld(tmp_path: Path, small: Path) -> None:
    with (tmp_path / "a.jsonld").open("wb") as file:
        writer = JsonLdWriter(file)
        for document in TableGraph(small).documents():
            writer.write(document)
        writer.close()
    assert find_unmapped(open_file(tmp_path / "a.jsonld")) == []
