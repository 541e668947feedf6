"""The names to choose from in a validation, without importing what they stand for."""

from __future__ import annotations

ENGINES = ("oxigraph", "pyshacl")
FAIL_ON = ("violation", "warning", "info")
LANGUAGES = ("en", "fr")
REPORTS = ("text", "json", "sarif", "junit", "github", "gitlab", "turtle", "html", "markdown")
