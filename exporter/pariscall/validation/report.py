"""A report: what a validation found, where that stands, and whether it is accepted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode

from ..errors import PariscallError
from .coverage import Coverage
from .locations.location import Place, read_place
from .shacl.blank import BlankNodes
from .shacl.finding import SEVERITIES, Finding, Messages, in_language, in_order, rank
from .shacl.rules import Rules
from .shacl.spelling import Spelling

UNREADABLE, DISAGREEMENT = "input:unreadable", "tables:disagreement"


@dataclass(frozen=True)
class Result:
    """One thing to report: a finding of a shape, or a fault of the baseline.

    ``rule`` names the shape, ``about`` spells focus node, path and value, ``fingerprint`` stays
    the same while these do, and ``accepted`` is the reason of the baseline, if it has one.
    """

    rule: str
    severity: str
    messages: Messages
    about: tuple[str, ...]
    fingerprint: str
    place: Place | None = None
    finding: Finding | None = None
    accepted: str | None = None

    @property
    def file(self) -> str:
        """The file in which the result stands, or nothing."""
        return self.place.file if self.place else ""

    def message(self, lang: str = "en") -> str:
        """Give the message in a language, or in the first there is."""
        return in_language(self.messages, lang)

    def sentence(self, lang: str = "en") -> str:
        """Give the message, and what it is about in brackets."""
        about = f" ({'  '.join(self.about)})" if self.about else ""
        return self.message(lang) + about


@dataclass(frozen=True)
class Report:
    """What was found in how many statements, by which engine, under which rules.

    ``rules`` names every rule that was applied, ``fail_on`` the least severity that fails.
    ``refusal`` is the exit code of the error for which nothing could be judged, if there was
    one; the results are then its messages.
    """

    results: Sequence[Result]
    statements: int
    engine: str
    rules: Sequence[str] = ()
    fail_on: str = "Violation"
    coverage: Coverage | None = None
    refusal: int | None = None

    @property
    def findings(self) -> list[Finding]:
        """The findings of the shapes, the most severe first."""
        return in_order(result.finding for result in self.results if result.finding)

    @property
    def failing(self) -> list[Result]:
        """The results that nobody has accepted and that are severe enough to fail."""
        return [result for result in self.results if self.fails(result)]

    @property
    def conforms(self) -> bool:
        """Whether everything was judged and nothing fails."""
        return self.exit_code == 0

    @property
    def exit_code(self) -> int:
        """The exit code that stands for the verdict."""
        return self.refusal or int(bool(self.failing))

    def fails(self, result: Result) -> bool:
        """Tell whether a result is one for which the validation fails."""
        return result.accepted is None and rank(result.severity) <= rank(self.fail_on)

    def with_more(self, results: Iterable[Result]) -> Report:
        """Add results."""
        return replace(self, results=sorted([*self.results, *results], key=order))

    def counts(self) -> dict[str, int]:
        """Count the results of each severity that are not accepted."""
        return count(self.results)


def refused(error: PariscallError) -> Report:
    """Make the report of an error for which nothing could be judged."""
    results = [_told(UNREADABLE, line) for line in str(error).split("\n")]
    return Report(results, 0, "none", refusal=error.exit_code)


def disagreements(problems: Iterable[str]) -> list[Result]:
    """Make the results of rows that contradict others."""
    return [_told(DISAGREEMENT, problem) for problem in problems]


def _told(rule: str, line: str) -> Result:
    """Make a result of a message that begins with its place."""
    place, text = read_place(line)
    return Result(
        rule=rule,
        severity="Violation",
        messages=(("en", text),),
        about=(),
        fingerprint=digest(rule, text),
        place=place,
    )


def count(results: Iterable[Result]) -> dict[str, int]:
    """Count the results of each severity that are not accepted."""
    found = Counter(result.severity for result in results if result.accepted is None)
    return {severity: found.pop(severity, 0) for severity in SEVERITIES} | found


def make_results(
    findings: Iterable[Finding],
    rules: Rules,
    blank: BlankNodes,
    place: Callable[[Finding], Place | None],
) -> list[Result]:
    """Make the results of findings, in the order of their places."""
    results = []
    seen: Counter[str] = Counter()
    for finding in findings:
        plain = _fingerprint(finding, rules, blank)
        seen[plain] += 1
        stable = _stable(finding, rules, blank)
        results.append(
            Result(
                rule=rules.name(finding.shape),
                severity=finding.severity,
                messages=rules.messages(finding),
                about=_about(stable, rules.spelling),
                fingerprint=plain if seen[plain] == 1 else digest(plain, str(seen[plain])),
                place=place(finding),
                finding=stable,
            )
        )
    return sorted(results, key=order)


def order(result: Result) -> tuple[object, ...]:
    """The order of results: by place, the most severe first, then by what they are about."""
    place = result.place
    return (
        *((place.file, place.line or 0, place.column or 0) if place else ("", 0, 0)),
        rank(result.severity),
        result.rule,
        result.about,
        result.fingerprint,
    )


def digest(*parts: str) -> str:
    """Make a fingerprint of texts: 32 hexadecimal digits."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _fingerprint(finding: Finding, rules: Rules, blank: BlankNodes) -> str:
    value = "" if finding.value is None else blank.describe(finding.value)
    focus = blank.describe(finding.focus)
    shape = rules.identity(finding.shape)
    return digest(shape, finding.component, focus, finding.path or "", value)


def _stable(finding: Finding, rules: Rules, blank: BlankNodes) -> Finding:
    """Give the blank nodes of a finding labels that are the same in every run."""
    shape = finding.shape
    if isinstance(shape, BlankNode):
        shape = BlankNode("s" + digest(rules.identity(shape))[:12])
    return replace(
        finding,
        focus=blank.stable(finding.focus),
        value=None if finding.value is None else blank.stable(finding.value),
        shape=shape,
    )


def _about(finding: Finding, spelling: Spelling) -> tuple[str, ...]:
    parts = [spelling.term(finding.focus)]
    if finding.path:
        parts.append(spelling.path(finding.path))
    if finding.value is not None and finding.value != finding.focus:
        parts.append(spelling.term(finding.value))
    return tuple(parts)
