"""The words of reports, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ...io.numbers import format_number, is_plural
from ..report import Report

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
_TEXTS = {
    "en": {
        "title": "Validation report",
        "conforms": "conforms",
        "fails": "does not conform",
        "verdict": "{verdict}: {counts} in {triples} triples (engine: {engine})",
        "nothing": "Nothing was found.",
        "accepted": "accepted: {reason}",
        "place": "Location",
        "severity": "Severity",
        "message": "Message",
        "about": "About",
        "rule": "Rule",
        "targets": "targets: how many nodes each shape looks at",
        "nodes": "nodes that no shape looks at",
        "classes": "classes that no shape looks at",
        "predicates": "predicates that no shape looks at",
        "none": "none",
    },
    "fr": {
        "title": "Rapport de validation",
        "conforms": "conforme",
        "fails": "non conforme",
        "verdict": "{verdict} : {counts} dans {triples} triplets (moteur : {engine})",
        "nothing": "Rien n’a été trouvé.",
        "accepted": "accepté : {reason}",
        "place": "Emplacement",
        "severity": "Gravité",
        "message": "Message",
        "about": "Objet",
        "rule": "Règle",
        "targets": "cibles : combien de nœuds chaque forme regarde",
        "nodes": "nœuds qu’aucune forme ne regarde",
        "classes": "classes qu’aucune forme ne regarde",
        "predicates": "prédicats qu’aucune forme ne regarde",
        "none": "aucun",
    },
}


def texts(lang: str) -> Mapping[str, str]:
    """Return the texts of a language by what they are for."""
    return _TEXTS[lang]


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


def format_verdict(report: Report, lang: str = "en") -> str:
    """Return the verdict of a report, with its counts, in one line."""
    counts = report.counts()
    accepted = sum(finding.accepted is not None for finding in report.findings)
    words = texts(lang)
    return words["verdict"].format(
        verdict=words["conforms" if report.conforms else "fails"],
        counts=format_counts(counts | ({"accepted": accepted} if accepted else {}), lang),
        triples=format_number(report.triples, lang),
        engine=report.engine,
    )
