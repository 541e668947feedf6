"""SARIF 2.1.0, as code scanning and reviewdog read it.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ... import __version__
from ..locations.location import Place
from ..report import Report, Result

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"Warning": "warning", "Info": "note"}
_LANGUAGES = {"en": "en-US", "fr": "fr-FR"}


def sarif(report: Report, lang: str) -> str:
    """Write a report as a SARIF log of one run."""
    found = {result.rule: result for result in reversed(report.results)}
    rules = list(dict.fromkeys([*report.rules, *sorted(found)]))
    run = {
        "tool": {
            "driver": {
                "name": "pariscall",
                "version": __version__,
                "informationUri": "https://w3id.org/mscall/",
                "rules": [_rule(name, found.get(name), lang) for name in rules],
            }
        },
        "language": _LANGUAGES[lang],
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": report.refusal is None, "exitCode": report.exit_code}
        ],
        "results": [_result(result, rules.index(result.rule), lang) for result in report.results],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(name: str, example: Result | None, lang: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": name}
    if example:
        rule["shortDescription"] = {"text": example.message(lang)}
        rule["defaultConfiguration"] = {"level": _level(example)}
    return rule


def _result(result: Result, rule: int, lang: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "ruleId": result.rule,
        "ruleIndex": rule,
        "level": _level(result),
        "message": {"text": result.sentence(lang)},
        "partialFingerprints": {"pariscall/v1": result.fingerprint},
        "suppressions": [],
    }
    if result.place:
        said["locations"] = [_location(result.place)]
    if result.accepted is not None:
        said["suppressions"] = [{"kind": "external", "justification": result.accepted}]
    return said


def _location(place: Place) -> dict[str, Any]:
    path = Path(place.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if place.line:
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.end or place.column,
            "snippet": {"text": place.excerpt},
        }
    return {"physicalLocation": physical}


def _level(result: Result) -> str:
    return _LEVELS.get(result.severity, "error")
