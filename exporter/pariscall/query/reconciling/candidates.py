"""Candidates for the parties that have no identifier of a scheme, as SSSOM that nobody reviewed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...errors import MisuseError
from ...io.cache import cache_folder
from ...io.progress import Progress, silent
from ...rdf.namespaces import PREFIXES
from ...tables.csvw import Schema
from ...tables.mappings import EXACT, TABLES
from ...tables.rows import Row, read_rows
from ...tables.schemes import SCHEMES
from ..matching import Agreement, Matcher, Thing
from .answers import Answers
from .service import Found, Query, Service

REFUSALS = "mapping_refusals.csv"
_UNREVIEWED = "semapv:UnreviewedMatching"
_OWN = "actor"


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a service, by its names for the type, the country and the website.

    At most ``limit`` candidates a party are kept, those with a confidence of ``least`` or more.
    """

    scheme: str = ""
    type: str = ""
    country: str = ""
    website: str = ""
    limit: int = 3
    least: float = 0.5


def find_candidates(
    schema: Schema,
    service: Service,
    wanted: Wanted,
    progress: Progress = silent,
    *,
    is_fresh: bool = False,
) -> list[dict[str, str]]:
    """Return the candidates of a service, by party and then the best first.

    Raises:
        MisuseError: if the scheme of its identifiers is not known.
        WebError: if the service gives no whole answer.
        TableError: if the tables cannot be read.
    """
    scheme = _scheme_of(service, wanted.scheme)
    matcher = Matcher()
    taken = _mapped(schema, scheme)
    parties = [each for each in matcher.things if each.kind == "party" and _id(each) not in taken]
    queries = {party.iri: _query(party, wanted) for party in parties}
    answers = Answers(service, cache_folder("reconcile"), progress, is_fresh)
    found = answers.found(queries.values())
    decided = decided_pairs(
        row for name in (TABLES[0], REFUSALS) for row in read_rows(schema[name])
    )
    rules = _Rules(answers, wanted, matcher, scheme, decided)
    likely = {party.iri: rules.likely(party, found[queries[party.iri]]) for party in parties}
    rules.learn(each for some in likely.values() for each in some)
    return [
        row for party in sorted(parties, key=_id) for row in rules.rows(party, likely[party.iri])
    ]


class _Rules:
    """How what a service found becomes a row."""

    def __init__(
        self,
        answers: Answers,
        wanted: Wanted,
        matcher: Matcher,
        scheme: str,
        decided: Container[tuple[str, str]],
    ) -> None:
        self._answers = answers
        self._wanted = wanted
        self._matcher = matcher
        self._scheme = scheme
        self._decided = decided
        self._values: dict[str, list[str]] = {}

    def likely(self, party: Thing, found: Sequence[Found]) -> list[Found]:
        """Return what has an identifier of the scheme, is not the party itself and not decided."""
        subject = f"{_OWN}:{_id(party)}"
        first: dict[str, Found] = {}
        for each in found:
            identifier = self._identifier(each)
            if identifier not in ("", subject) and (subject, identifier) not in self._decided:
                first.setdefault(identifier, each)
        return list(first.values())

    def learn(self, found: Iterable[Found]) -> None:
        """Ask for the country and the website of what was found, if they have names."""
        names = [name for name in (self._wanted.country, self._wanted.website) if name]
        if names:
            self._values = self._answers.values((each.id for each in found), names)

    def rows(self, party: Thing, found: Iterable[Found]) -> list[dict[str, str]]:
        """Return the rows of a party, the best first."""
        rows = [self._row(party, each) for each in found]
        kept = [row for row in rows if float(row["confidence"]) >= self._wanted.least]
        kept.sort(key=lambda row: (-float(row["confidence"]), row["object_id"]))
        return kept[: self._wanted.limit]

    def _row(self, party: Thing, found: Found) -> dict[str, str]:
        country, website = self._said(found)
        agreed: Agreement = self._matcher.compare(party, found.name, country, website)
        said = [("country", country), ("website", website), ("", found.description)]
        comment = "; ".join(f"{key} {text}".strip() for key, text in said if text)
        return {
            "subject_id": f"{_OWN}:{_id(party)}",
            "subject_label": party.name,
            "predicate_id": "skos:closeMatch" if self._scheme == _OWN else EXACT,
            "object_id": self._identifier(found),
            "object_label": found.name,
            "mapping_justification": _UNREVIEWED,
            "mapping_tool": "pariscall reconcile",
            "confidence": f"{agreed.confidence:.2f}",
            "curation_rule_text": agreed.rule,
            "comment": comment,
        }

    def _said(self, found: Found) -> tuple[str, str]:
        values = iter(self._values.get(found.id, ()))
        country = next(values, "") if self._wanted.country else ""
        return country, next(values, "") if self._wanted.website else ""

    def _identifier(self, found: Found) -> str:
        """Return the identifier with the prefix of its scheme, or nothing if it cannot be one."""
        namespace = PREFIXES[self._scheme]
        whole = found.id if "://" in found.id else self._answers.service.space + found.id
        local = whole.removeprefix(namespace)
        if local == whole and self._wanted.scheme:  # somebody said what its addresses end with
            local = found.id.rpartition("/")[2]
        return "" if SCHEMES[self._scheme].problem(local) else f"{self._scheme}:{local}"


def _scheme_of(service: Service, named: str) -> str:
    if named:
        return named
    by_length = sorted(SCHEMES, key=lambda scheme: -len(PREFIXES[scheme]))
    for scheme in by_length:
        is_ours = scheme == _OWN and PREFIXES[scheme].startswith(service.space)
        if is_ours or service.space.startswith(PREFIXES[scheme]):
            return scheme
    raise MisuseError(
        f"the service has identifiers of {service.space}, which is no scheme of the mappings. "
        f"Say with --scheme what they are: {', '.join(SCHEMES)}."
    )


def _mapped(schema: Schema, scheme: str) -> set[str]:
    rows = read_rows(schema[TABLES[0]])
    return {row["party"] for row in rows if row["object_id"].partition(":")[0] == scheme}


def decided_pairs(rows: Iterable[Mapping[str, str] | Row]) -> set[tuple[str, str]]:
    """Return the pairs of accepted or refused rows; those of two parties in both directions."""
    pairs = {(f"{_OWN}:{row['party']}", row["object_id"]) for row in rows}
    return pairs | {(other, one) for one, other in pairs}


def _query(party: Thing, wanted: Wanted) -> Query:
    known = [(wanted.country, party.country_name), (wanted.website, party.website)]
    properties = tuple((key, value) for key, value in known if key and value)
    return Query(party.name, wanted.type, 2 * wanted.limit, properties)


def _id(party: Thing) -> str:
    return party.iri.rpartition("/")[2]
