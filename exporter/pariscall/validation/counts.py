"""How many findings there are of each severity, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ..io.numbers import format_number, is_plural

_WORDS = {
    "en": {
        "Violation": ("violation", "violations"),
        "Warning": ("warning", "warnings"),
        "Info": ("info", "infos"),
        "accepted": ("accepted", "accepted"),
    },
    "fr": {
        "Violation": ("violation", "violations"),
        "Warning": ("avertissement", "avertissements"),
        "Info": ("information", "informations"),
        "accepted": ("accepté", "acceptés"),
    },
}


def format_severity(severity: str, lang: str = "en", number: int = 1) -> str:
    """Return the name of a severity; one of somebody's own goes by its IRI."""
    one, many = _WORDS[lang].get(severity, (severity, severity))
    return many if is_plural(number, lang) else one


def format_counts(counts: Mapping[str, int], lang: str = "en") -> str:
    """Return the number of findings by severity: ``0 violations, 1 warning, 5 infos``."""
    return ", ".join(
        f"{format_number(number, lang)} {format_severity(severity, lang, number)}"
        for severity, number in counts.items()
    )
