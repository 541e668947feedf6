"""Reports out of the ordinary: one whose texts break formats, and one on what cannot be read."""

from __future__ import annotations

from pyoxigraph import NamedNode

from pariscall.errors import TableError
from pariscall.validation.locations.location import Location
from pariscall.validation.report import Finding, Report, refused
from pariscall.validation.shacl.result import ValidationResult

HOSTILE = "<script>alert(1)</script> & 100% , : | `x` *y* \\ \r\n ::error::\x1b[31m\x00\u202e"


def hostile_report() -> Report:
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


def unreadable_report() -> Report:
    """Make the report on tables that cannot be read."""
    problems = ["data/parties.csv:3: name is empty. Fill it in.", "no place"]
    return refused(TableError(problems), ["data/csv-metadata.json"])
