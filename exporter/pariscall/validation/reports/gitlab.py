"""Code quality of GitLab: an array of issues.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import Any

from ..report import Report, Result

_SEVERITIES = {"Warning": "minor", "Info": "info"}


def gitlab(report: Report, lang: str) -> str:
    """Write an issue for each result that is not accepted."""
    issues = [_issue(result, lang) for result in report.results if result.accepted is None]
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _issue(result: Result, lang: str) -> dict[str, Any]:
    place = result.place
    return {
        "description": result.sentence(lang),
        "check_name": result.rule,
        "fingerprint": result.fingerprint,
        "severity": _SEVERITIES.get(result.severity, "major"),
        "location": {
            "path": place.file if place else "",
            "lines": {"begin": (place and place.line) or 1},
        },
    }
