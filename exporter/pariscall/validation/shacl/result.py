"""Findings: the results of a validation, as any engine reports them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal
Node = Term | Triple
Messages = tuple[tuple[str, str], ...]

SEVERITIES = ("Violation", "Warning", "Info")


def rank(severity: str) -> int:
    """Give the rank of a severity, 0 for violations and for severities of one's own."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else 0


@dataclass(frozen=True)
class ValidationResult:
    """One validation result (https://www.w3.org/TR/shacl/#results-validation-result).

    ``path`` is a SPARQL property path, ``component`` the local name of the constraint
    component, ``severity`` the local name of a SHACL severity or another IRI in full, and
    ``messages`` pairs each language (empty if none) with its text.
    """

    severity: str
    focus: Node
    path: str | None
    value: Node | None
    shape: Term
    component: str
    messages: Messages

    def message(self, lang: str = "en") -> str:
        """Give the message in a language, or in the first there is."""
        return in_language(self.messages, lang) or self.component


def in_language(messages: Messages, lang: str) -> str:
    """Give the text in a language, or in the first there is."""
    texts = dict(messages)
    return texts.get(lang) or next(iter(texts.values()), "")


def in_order(results: Iterable[ValidationResult]) -> list[ValidationResult]:
    """Sort findings, the most severe first, so that two runs report alike."""

    def key(result: ValidationResult) -> tuple[int, str, str, str, str, str]:
        return (
            rank(result.severity),
            str(result.shape),
            str(result.focus),
            result.path or "",
            str(result.value),
            result.component,
        )

    return sorted(results, key=key)
