"""A check: what a violation is, written in SPARQL."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """What a violation is: triples that match, if any are named, while a condition holds.

    ``value`` and ``path`` are the variables that hold the terms to report.
    """

    component: str
    triples: str
    condition: str
    value: str | None = None
    path: str | None = None

    @property
    def pattern(self) -> str:
        """The graph pattern whose solutions are violations."""
        return f"{self.triples} FILTER ({self.condition})"

    def found(self, binding: str) -> str:
        """Write the condition that there is a violation, where the focus is bound like that."""
        if binding or self.triples:
            return f"EXISTS {{ {binding}{self.pattern} }}"
        return f"({self.condition})"


def any_of(conditions: list[str]) -> str:
    """Write the condition that any of some conditions holds."""
    return " || ".join(conditions) or "false"


def unless(condition: str) -> str:
    """Hold where a condition is false or, as for ill-typed values, cannot be computed."""
    return f"!COALESCE({condition}, false)"
