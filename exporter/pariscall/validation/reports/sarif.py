"""SARIF 2.1.0, as code scanning and reviewdog read it.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ... import __version__
from ...io.storage import has_scheme
from ...rdf.namespaces import VOCABULARY
from ..locations.location import Location
from ..report import Finding, Report
from ..shacl.result import in_language

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"Warning": "warning", "Info": "note"}
_LANGUAGES = {"en": "en-US", "fr": "fr-FR"}


def sarif(report: Report, lang: str) -> str:
    """Write a report as a SARIF log of one run."""
    found = {finding.rule: finding for finding in reversed(report.findings)}
    rules = list(dict.fromkeys([*report.rules, *sorted(found)]))
    run = {
        "tool": {
            "driver": {
                "name": "pariscall",
                "version": __version__,
                "informationUri": VOCABULARY,
                "rules": [_rule(name, found.get(name), lang) for name in rules],
            }
        },
        "language": _LANGUAGES[lang],
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": report.refusal is None, "exitCode": report.exit_code}
        ],
        "results": [
            _finding(finding, rules.index(finding.rule), lang) for finding in report.findings
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(name: str, example: Finding | None, lang: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": name}
    if example:
        rule["shortDescription"] = {"text": in_language(example.messages, lang)}
        rule["defaultConfiguration"] = {"level": _level(example)}
    return rule


def _finding(finding: Finding, rule: int, lang: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _level(finding),
        "message": {"text": finding.sentence(lang)},
        "partialFingerprints": {"pariscall/v1": finding.fingerprint},
        "suppressions": [],
        "locations": [_location(finding.location)],
    }
    if finding.accepted is not None:
        said["suppressions"] = [{"kind": "external", "justification": finding.accepted}]
    return said


def _location(location: Location) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": location.line,
        "startColumn": location.column,
        "endColumn": location.end or location.column,
    }
    if location.excerpt:
        region["snippet"] = {"text": location.excerpt}
    return {
        "physicalLocation": {"artifactLocation": {"uri": _uri(location.file)}, "region": region}
    }


def _uri(file: str) -> str:
    """Return the relative or absolute URI of a file, whose name may be one; its bytes need not be UTF-8."""
    if has_scheme(file):
        return quote(file, safe="/:?=&#%~@!$'()*+,;[]")
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def _level(finding: Finding) -> str:
    return _LEVELS.get(finding.severity, "error")
