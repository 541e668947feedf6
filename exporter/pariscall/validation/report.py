"""A report: what a validation found, where that is written, and whether it is accepted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode

from ..errors import MisuseError, PariscallError
from ..rdf.prefixes import Prefixes
from .choices import FAIL_ON, LANGUAGES, REPORTS
from .consistency import Disagreement
from .coverage import Coverage
from .locations.location import Location, read_location, visible_name
from .shacl.blank import BlankNodes
from .shacl.result import SEVERITIES, Messages, ValidationResult, in_language, in_order, rank
from .shacl.rules import Rules
from .suggestions import suggest

UNREADABLE, DISAGREEMENT = "input:unreadable", "tables:disagreement"
IMPORT, NOT_RUN = "shapes:import-not-followed", "shapes:not-run"


@dataclass(frozen=True)
class Finding:
    """One thing to report: a result of a shape, or a problem of an input or of the baseline.

    ``rule`` names the shape, ``about`` writes focus node, path and value, ``fingerprint`` stays
    the same while these do, and ``accepted`` is the reason of the baseline, if it has one.
    ``hints`` say what was probably meant.
    """

    rule: str
    severity: str
    messages: Messages
    about: tuple[str, ...]
    fingerprint: str
    location: Location
    result: ValidationResult | None = None
    accepted: str | None = None
    hints: Messages = ()

    @property
    def file(self) -> str:
        """The name of the file that the finding is about, as it can be shown."""
        return self.location.name

    def message(self, lang: str = "en") -> str:
        """Return the message in a language, or in the first there is, with the hint if any."""
        return f"{in_language(self.messages, lang)} {in_language(self.hints, lang)}".strip()

    def sentence(self, lang: str = "en") -> str:
        """Return the message, and what it is about in brackets."""
        about = f" ({'  '.join(self.about)})" if self.about else ""
        return self.message(lang) + about


@dataclass(frozen=True)
class Report:
    """What was found in how many triples, by which engine, under which rules.

    ``rules`` names every rule that was applied, ``fail_on`` the lowest severity that fails.
    ``refusal`` is the exit code of the error because of which nothing could be judged, if there
    was one; the findings are then its messages.
    """

    findings: Sequence[Finding]
    triples: int
    engine: str
    rules: Sequence[str] = ()
    fail_on: str = "Violation"
    coverage: Coverage | None = None
    refusal: int | None = None

    @property
    def results(self) -> list[ValidationResult]:
        """The results of the shapes, the most severe first."""
        return in_order(finding.result for finding in self.findings if finding.result)

    @property
    def failing(self) -> list[Finding]:
        """The findings that nobody has accepted and that are severe enough to fail."""
        return [finding for finding in self.findings if self.fails(finding)]

    @property
    def conforms(self) -> bool:
        """Whether everything was judged and nothing fails."""
        return self.exit_code == 0

    @property
    def exit_code(self) -> int:
        """The exit code of the verdict."""
        return self.refusal or int(bool(self.failing))

    def fails(self, finding: Finding) -> bool:
        """Report whether a finding makes the validation fail."""
        return finding.accepted is None and rank(finding.severity) <= rank(self.fail_on)

    def with_more(self, findings: Iterable[Finding]) -> Report:
        """Return the report with more findings."""
        return replace(self, findings=sorted([*self.findings, *findings], key=order))

    def failing_on(self, severity: str) -> Report:
        """Return the same report with another least severity that fails.

        Raises:
            MisuseError: if it is not ``violation``, ``warning`` or ``info``.
        """
        if severity not in FAIL_ON:
            choices = ", ".join(FAIL_ON)
            raise MisuseError(f"there is no severity {severity!r}. Choose one of {choices}.")
        return replace(self, fail_on=severity.capitalize())

    def to(self, format_name: str, lang: str = "en") -> str:
        """Return the report as ``text``, ``json``, ``sarif`` and so on, in a language.

        Raises:
            MisuseError: if there is no such format or language.
        """
        if format_name not in REPORTS or lang not in LANGUAGES:
            raise MisuseError(
                f"there is no report as {format_name!r} in {lang!r}. "
                f"Choose one of {', '.join(REPORTS)}, in {' or '.join(LANGUAGES)}."
            )
        from click import unstyle

        from .reports import REPORTS as WRITERS  # each of which writes a Report

        return unstyle(WRITERS[format_name](self, lang))

    def counts(self) -> dict[str, int]:
        """Count the findings of each severity that are not accepted."""
        return count(self.findings)


def refused(error: PariscallError, files: Sequence[str]) -> Report:
    """Return the report of an error because of which nothing could be judged.

    ``files`` are the inputs, one at least: a message that names none is about the first of them.
    """
    found = [read_location(line, files) for line in error.lines]
    findings = [_problem(UNREADABLE, text, location) for location, text in found]
    return Report(findings, 0, "none", refusal=error.exit_code)


def disagreements(
    found: Iterable[Disagreement], locate: Callable[[Disagreement], Location]
) -> list[Finding]:
    """Return the findings of cells that disagree with other rows."""
    return [
        _problem(DISAGREEMENT, disagreement.message, locate(disagreement)) for disagreement in found
    ]


def about_shapes(
    rule: str, problems: Iterable[tuple[Location, str]], severity: str
) -> list[Finding]:
    """Return the findings of what is not done with shapes."""
    return [_problem(rule, text, location, severity) for location, text in problems]


def _problem(rule: str, message: str, location: Location, severity: str = "Violation") -> Finding:
    """Return the finding of a message, which no shape makes."""
    text = visible_name(message)
    return Finding(
        rule=rule,
        severity=severity,
        messages=(("en", text),),
        about=(),
        fingerprint=digest(rule, text),
        location=location,
    )


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """Count the results of each severity that are not accepted."""
    found = Counter(finding.severity for finding in findings if finding.accepted is None)
    return {severity: found.pop(severity, 0) for severity in SEVERITIES} | found


def make_findings(
    results: Iterable[ValidationResult],
    rules: Rules,
    blank: BlankNodes,
    location: Callable[[ValidationResult], Location],
) -> list[Finding]:
    """Return the findings of results, in the order of their locations."""
    findings = []
    for result in results:
        stable = _stable(result, rules, blank)
        findings.append(
            Finding(
                rule=rules.name(result.shape),
                severity=result.severity,
                messages=rules.messages(result),
                about=_about(stable, rules.prefixes),
                fingerprint=_fingerprint(result, rules, blank),
                location=location(result),
                result=stable,
                hints=suggest(result, rules.graph),
            )
        )
    return sorted(_told_apart(sorted(findings, key=order)), key=order)


def _told_apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings in an order, with another fingerprint where one before has the same.

    Blank nodes of which the same is said are told apart by where they are: an engine finds them in
    another order each time.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.fingerprint] += 1
        number = seen[finding.fingerprint]
        again = digest(finding.fingerprint, str(number))
        yield finding if number == 1 else replace(finding, fingerprint=again)


def order(finding: Finding) -> tuple[object, ...]:
    """Return the order of findings: by location, the most severe first, then by what they are about."""
    location = finding.location
    return (
        *(location.file, location.line, location.column),
        rank(finding.severity),
        finding.rule,
        finding.about,
        finding.fingerprint,
    )


def digest(*parts: str) -> str:
    """Return a fingerprint of texts: 32 hexadecimal digits."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _fingerprint(result: ValidationResult, rules: Rules, blank: BlankNodes) -> str:
    value = "" if result.value is None else blank.describe(result.value)
    focus = blank.describe(result.focus)
    shape = rules.identity(result.shape)
    return digest(shape, result.component, focus, result.path or "", value)


def _stable(result: ValidationResult, rules: Rules, blank: BlankNodes) -> ValidationResult:
    """Return a result whose blank nodes have labels that are the same in every run."""
    shape = result.shape
    if isinstance(shape, BlankNode):
        shape = BlankNode("s" + digest(rules.identity(shape))[:12])
    return replace(
        result,
        focus=blank.stable(result.focus),
        value=None if result.value is None else blank.stable(result.value),
        shape=shape,
    )


def _about(result: ValidationResult, prefixes: Prefixes) -> tuple[str, ...]:
    parts = [prefixes.compact_term(result.focus)]
    if result.path:
        parts.append(prefixes.compact_path(result.path))
    if result.value is not None and result.value != result.focus:
        parts.append(prefixes.compact_term(result.value))
    return tuple(parts)
