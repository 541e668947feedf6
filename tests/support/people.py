"""People of whom some break the shapes of people, once for each severity."""

from __future__ import annotations

from pathlib import Path

from pariscall.validation.files import validate_files
from pariscall.validation.report import Report

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


def people_report() -> Report:
    """Write both into the current folder, and validate them there."""
    Path("shapes.ttl").write_text(SHAPES, encoding="utf-8")
    Path("my data.ttl").write_text(DATA, encoding="utf-8")
    return validate_files([Path("my data.ttl")], ["shapes.ttl"])
