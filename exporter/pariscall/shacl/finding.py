"""Findings: the results of a validation, as any engine reports them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

Term = NamedNode | BlankNode | Literal
Messages = tuple[tuple[str, str], ...]

SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True)
class Finding:
    """One validation result (https://www.w3.org/TR/shacl/#results-validation-result).

    ``path`` is a SPARQL property path, ``component`` the local name of the constraint
    component, ``severity`` the local name of a SHACL severity or another IRI in full, and
    ``messages`` pairs each language (empty if none) with its text.
    """

    severity: str
    focus: Term
    path: str | None
    value: Term | None
    shape: Term
    component: str
    messages: Messages

    def message(self, lang: str = "en") -> str:
        """Give the message in a language, or in the first there is."""
        texts = dict(self.messages)
        return texts.get(lang) or next(iter(texts.values()), self.component)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings, the most severe first, so that two runs report alike."""

    def key(finding: Finding) -> tuple[int, str, str, str, str, str]:
        rank = SEVERITIES.index(finding.severity) if finding.severity in SEVERITIES else 0
        return (
            rank,
            str(finding.shape),
            str(finding.focus),
            finding.path or "",
            str(finding.value),
            finding.component,
        )

    return sorted(set(findings), key=key)
