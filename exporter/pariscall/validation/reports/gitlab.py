"""Code quality of GitLab: an array of issues.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import Any

from ..report import Finding, Report

_SEVERITIES = {"Warning": "minor", "Info": "info"}


def gitlab(report: Report, lang: str) -> str:
    """Write an issue for each result that is not accepted."""
    issues = [_issue(finding, lang) for finding in report.findings if finding.accepted is None]
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _issue(finding: Finding, lang: str) -> dict[str, Any]:
    location = finding.location
    return {
        "description": finding.sentence(lang),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES.get(finding.severity, "major"),
        "location": {
            "path": location.name,
            "lines": {"begin": location.line},
        },
    }
