"""The formats in which a report can be had, one module each."""

from __future__ import annotations

from collections.abc import Callable

from ..report import Report
from .github import github
from .gitlab import gitlab
from .html import html
from .json import json
from .junit import junit
from .markdown import markdown
from .sarif import sarif
from .text import text
from .turtle import turtle

# Each writes a report in a language; what it writes ends with a newline unless it is empty.
REPORTS: dict[str, Callable[[Report, str], str]] = {
    "text": text,
    "json": json,
    "sarif": sarif,
    "junit": junit,
    "github": github,
    "gitlab": gitlab,
    "turtle": turtle,
    "html": html,
    "markdown": markdown,
}
