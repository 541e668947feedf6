"""The rows that the harvest concludes for one supporter, table by table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..project import current
from ..rdf.namespaces import MSC
from ..tables.rows import NamedCells
from .decisions import SUCCESSION
from .fields import COLUMNS
from .periods import Change, Commit, ListingPeriod, Moment, Remark

_REGISTRY = current().registry
CALL, REGISTRY = current().call, _REGISTRY.name
FIRST_SEEN, LAST_SEEN = "first-seen", "last-seen"
SIGNATURE, LISTING, DELISTING = "signature", "listing", "delisting"

# What each type of change changes.
CHANGED = {"name-change": "name", "reclassification": "category", "country-change": "country"}
_BULK_NOTE = {f"note_{language}": note for language, note in _REGISTRY.bulk_note.items()}

Record = dict[str, str]


class Evidence(NamedTuple):
    """A date on which a source shows that a party supports the call, and on what basis.

    Of two pieces of evidence for one date, the one with the stronger basis comes first:
    ``declared`` before ``first-seen`` before ``reported``.
    """

    day: str
    basis: str
    source: str

    @property
    def is_signature(self) -> bool:
        """Whether the date is that of the signature, declared by the registry or the party."""
        return self.basis == "declared"


class Supporter(NamedTuple):
    """A party that is or was on a registry: its times there, and what others say of it."""

    party: str
    periods: Sequence[ListingPeriod]
    reported: Mapping[int, Sequence[Evidence]]  # by number of the period
    registry: str = REGISTRY
    call: str = CALL

    @property
    def latest(self) -> ListingPeriod:
        """The last time on the registry."""
        return self.periods[-1]

    @property
    def is_listed(self) -> bool:
        """Whether the registry lists the party now."""
        return self.latest.ended is None

    def evidence(self, period: ListingPeriod) -> list[Evidence]:
        """Return what shows that the party supports the call, the earliest day first."""
        found = [
            Evidence(period.listed.latest, FIRST_SEEN, self.snapshot(period.listed.commit)),
            *self.reported.get(period.n, ()),
        ]
        if signed := period.entry.values.get("signed"):
            found.append(Evidence(signed, "declared", self.snapshot(period.last)))
        return sorted(found)

    def snapshot(self, commit: Commit) -> str:
        """Return the source that the registry is at a commit."""
        return snapshot(commit, self.registry)


def reported_evidence(support: NamedCells, claim: NamedCells) -> Evidence | None:
    """Return what an accepted claim shows of an endorsement; the registry's own claims aside."""
    if claim["assessment"] != "accepted" or support["basis"] == FIRST_SEEN:
        return None
    day = claim["claimed_date"] or claim["date"] or claim["latest"]
    return Evidence(day, support["basis"], support["source"])


def snapshot(commit: Commit, registry: str = REGISTRY) -> str:
    """Return the source that a registry is at a commit."""
    return f"{registry}-registry/{commit.sha[:7]}"


def source_record(commit: Commit) -> Record:
    """Return the source that the registry is at a commit."""
    return {
        "source": snapshot(commit),
        "title": _REGISTRY.title.replace("{day}", commit.day),
        "publisher": _REGISTRY.publisher,
        "type": "official-registry",
        "issued": commit.day,
        "url": _REGISTRY.commit_page.replace("{commit}", commit.sha),
        "registry": REGISTRY,
        "commit": commit.sha,
    }


def party_record(supporter: Supporter, countries: Mapping[str, NamedCells]) -> Record:
    """Return the row of a party; a state has the names of its country."""
    entry = supporter.latest.entry
    record = {
        "party": supporter.party,
        "nature": entry.values.get("nature", ""),
        "country": entry.country,
        "member_of": entry.values.get("member_of", ""),
        "website": entry.values.get("website", ""),
    }
    if entry.is_state and (country := countries.get(entry.country)):
        return record | {"name_en": country["name_en"], "name_fr": country["name_fr"]}
    return record | {"name": entry.values["name"]}


def endorsement_records(supporter: Supporter) -> Iterator[Record]:
    """Yield an endorsement for each time on the registry, with the first date that is known."""
    for period in supporter.periods:
        first = supporter.evidence(period)[0]
        record = _endorsement(supporter, period) | {
            "status": "active",
            "category": period.entry.values["category"],
            "since": first.day,
            "since_basis": first.basis,
        }
        if period.ended:
            record |= {
                "status": "superseded" if period.successor else "delisted",
                "until": period.ended.latest,
                "until_basis": LAST_SEEN,
                "superseded_by": period.successor,
            }
        yield record


def event_records(supporter: Supporter, launch: str) -> Iterator[Record]:
    """Yield the events of each endorsement: the signature, and what the registry shows."""
    for period in supporter.periods:
        endorsement = _endorsement(supporter, period)
        evidence = supporter.evidence(period)
        if period.n == 1 or any(found.is_signature for found in evidence):
            yield endorsement | _signature(evidence, launch)
        yield endorsement | _event(supporter, LISTING, period.listed, FIRST_SEEN)
        for change in period.changes:
            yield endorsement | _change(supporter, change)
        if period.ended:
            kind = SUCCESSION if period.successor else DELISTING
            yield endorsement | _event(supporter, kind, period.ended, LAST_SEEN)


def entry_record(supporter: Supporter) -> Record:
    """Return what the registry publishes about the party, or last published, word for word.

    The day of signature alone is as it was understood.
    """
    period = supporter.latest
    published = period.entry.published
    return {
        "party": supporter.party,
        "registry": supporter.registry,
        "call": supporter.call,
        "supports": str(period.n),
        "file": period.entry.file,
        **{column: published.get(field, "") for field, column in COLUMNS.items()},
        "signed": period.entry.values.get("signed", ""),
        "first_seen": supporter.periods[0].listed.latest,
        "last_seen": period.last.day,
        "date": period.last.day,
        "source": supporter.snapshot(period.last),
    }


def former_claims(supporter: Supporter) -> Iterator[tuple[Record, Record]]:
    """Yield the claim that the registry listed a party before it came back, and its support."""
    for period in supporter.periods[:-1]:
        claim = _claim(supporter.party, supporter.party, period.last) | {
            "source": supporter.snapshot(period.last),
            "call": supporter.call,
            "confidence": "high",
            "assessment": "accepted",
        }
        yield (
            claim,
            _endorsement(supporter, period)
            | {"source": claim["source"], "claim": claim["claim"], "basis": FIRST_SEEN},
        )


def bulk_date_record(remark: Remark) -> Record:
    """Return the disputed claim of a date of signature that was on every entry at once."""
    return (
        _claim(remark.name, remark.party, remark.commit)
        | {"claimed_date": remark.value, "assessment": "disputed"}
        | _BULK_NOTE
    )


def alliance_record(remark: Remark) -> Record:
    """Return the claim of the registry that a party supports another call."""
    return _claim(f"{remark.name}-{remark.value}", remark.party, remark.commit) | {
        "call": remark.value,
        "confidence": "high",
        "assessment": "unassessed",
    }


def country_record(remark: Remark) -> Record:
    """Return the claim that a word which names no country is the country of a party."""
    return {
        "source": snapshot(remark.commit),
        "claim": f"{remark.name}-country",
        "call": CALL,
        "about": f"actor/{remark.party}",
        "property": MSC + "country",
        "text": remark.value,
        "date": remark.commit.day,
        "assessment": "unassessed",
    }


def _endorsement(supporter: Supporter, period: ListingPeriod) -> Record:
    return {"party": supporter.party, "call": supporter.call, "n": str(period.n)}


def _claim(name: str, party: str, commit: Commit) -> Record:
    return {
        "source": snapshot(commit),
        "claim": name,
        "party": party,
        "call": CALL,
        "polarity": "affirms",
        "date": commit.day,
    }


def _signature(evidence: list[Evidence], launch: str) -> Record:
    """Return a signature, dated by a source that states the date, else by the first known date."""
    event = {"event": SIGNATURE, "type": SIGNATURE}
    stated = next((found for found in evidence if found.is_signature), None)
    if stated:
        return event | {"date": stated.day, "basis": "declared", "evidence": stated.source}
    first = evidence[0]
    return event | _days(launch, first.day) | {"basis": "inferred", "evidence": first.source}


def _event(supporter: Supporter, kind: str, moment: Moment, basis: str) -> Record:
    days = _days(moment.earliest, moment.latest)
    return {
        "event": f"{kind}-{moment.commit.sha[:7]}",
        "type": kind,
        **days,
        "basis": basis if days["date"] else "inferred",
        "evidence": supporter.snapshot(moment.commit),
    }


def _change(supporter: Supporter, change: Change) -> Record:
    record = _event(supporter, change.type, change.moment, FIRST_SEEN)
    if column := CHANGED.get(change.type):
        record |= {f"from_{column}": change.before, f"to_{column}": change.after}
    return record


def _days(earliest: str, latest: str) -> Record:
    """Return the day if it is known, else the window."""
    if earliest == latest:
        return {"date": latest, "earliest": "", "latest": ""}
    return {"date": "", "earliest": earliest, "latest": latest}
