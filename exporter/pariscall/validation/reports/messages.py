"""The words of reports, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping

from ...io.numbers import format_number
from ..counts import format_counts
from ..report import Report

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
