"""The rows that one supporter gives rise to, in each of our tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .history import Change, Moment, Period, Statement
from .repository import Commit

CALL = REGISTRY = "paris-call"
_PUBLISHER = "French Ministry for Europe and Foreign Affairs"
_COMMIT_PAGE = "https://github.com/ambanum/pariscall.international/commit/"
_FROM_AND_TO = {
    "name-change": ("from_name", "to_name"),
    "reclassification": ("from_category", "to_category"),
    "country-change": ("from_country", "to_country"),
}
_BULK_NOTE = {
    "note_en": "This day stood on every entry of one import and was taken off again in November "
    "2019; it is no day of signature.",
    "note_fr": "Ce jour figurait sur toutes les entrées d’un même import et en a été retiré en "
    "novembre 2019 ; ce n’est pas un jour de signature.",
}

Record = dict[str, str]


@dataclass(frozen=True, order=True)
class Evidence:
    """A day on which a source shows that a party supports the call, and on what basis.

    Of two pieces of evidence for one day, the one with the stronger basis comes first:
    ``declared`` before ``first-seen`` before ``reported``.
    """

    day: str
    basis: str
    source: str

    @property
    def is_signature(self) -> bool:
        """Whether the day is that of the signature, by the word of the registry or the party."""
        return self.basis == "declared"


@dataclass(frozen=True)
class Supporter:
    """A party that is or was on the registry: its times there, and what others say of it."""

    party: str
    periods: list[Period]
    reported: Mapping[int, list[Evidence]]  # by number of the period

    @property
    def latest(self) -> Period:
        """The last time on the registry."""
        return self.periods[-1]

    @property
    def is_listed(self) -> bool:
        """Whether the registry lists the party now."""
        return self.latest.ended is None

    def evidence(self, period: Period) -> list[Evidence]:
        """Order what shows that the party supports the call, the earliest day first."""
        found = [
            Evidence(period.listed.latest, "first-seen", snapshot(period.listed.commit)),
            *self.reported.get(period.n, []),
        ]
        if signed := period.entry.values.get("signed"):
            found.append(Evidence(signed, "declared", snapshot(period.last)))
        return sorted(found)


def snapshot(commit: Commit) -> str:
    """Name the registry as it was at a commit, as a source."""
    return f"{REGISTRY}-registry/{commit.sha[:7]}"


def source_record(commit: Commit) -> Record:
    """Describe the registry as it was at a commit."""
    return {
        "source": snapshot(commit),
        "title": f"Registry of the Paris Call on {commit.day}",
        "publisher": _PUBLISHER,
        "type": "official-registry",
        "issued": commit.day,
        "url": _COMMIT_PAGE + commit.sha,
        "registry": REGISTRY,
        "commit": commit.sha,
    }


def party_record(supporter: Supporter, countries: Mapping[str, Record]) -> Record:
    """Describe a party; states go by the names of the country table."""
    entry = supporter.latest.entry
    record = {
        "party": supporter.party,
        "nature": entry.values.get("nature", ""),
        "country": entry.country,
        "member_of": entry.values.get("member_of", ""),
        "website": entry.values.get("website", ""),
    }
    if entry.is_state:
        country = countries[entry.country]
        return record | {"name_en": country["name_en"], "name_fr": country["name_fr"]}
    return record | {"name": entry.values["name"]}


def endorsement_records(supporter: Supporter) -> Iterator[Record]:
    """Conclude, for each time on the registry, since when the party is known to support the call."""
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
                "until_basis": "last-seen",
                "superseded_by": period.successor,
            }
        yield record


def event_records(supporter: Supporter, launch: str) -> Iterator[Record]:
    """Date what happened to each endorsement: the signature, and what the registry shows."""
    for period in supporter.periods:
        endorsement = _endorsement(supporter, period)
        evidence = supporter.evidence(period)
        if period.n == 1 or any(found.is_signature for found in evidence):
            yield endorsement | _signature(evidence, launch)
        yield endorsement | _event("listing", period.listed, "first-seen")
        for change in period.changes:
            yield endorsement | _change(change)
        if period.ended:
            kind = "succession" if period.successor else "delisting"
            yield endorsement | _event(kind, period.ended, "last-seen")


def entry_record(supporter: Supporter, harvested: Commit) -> Record:
    """Keep what the registry publishes about the party, or last published, as it stands there."""
    period = supporter.latest
    last = harvested if supporter.is_listed else period.last
    published = period.entry.published
    return {
        "party": supporter.party,
        "registry": REGISTRY,
        "call": CALL,
        "supports": str(period.n),
        "file": period.entry.file,
        "name": published.get("name", ""),
        "category": published.get("category", ""),
        "nature": published.get("nature", ""),
        "country": published.get("nationality", ""),
        "website": published.get("website", ""),
        "signed": period.entry.values.get("signed", ""),
        "first_seen": supporter.periods[0].listed.latest,
        "last_seen": last.day,
        "date": last.day,
        "source": snapshot(last),
    }


def former_claims(supporter: Supporter) -> Iterator[tuple[Record, Record]]:
    """Claim that the registry listed a party that left and came back, and what that supports."""
    for period in supporter.periods[:-1]:
        claim = _claim(supporter.party, supporter.party, period.last) | {
            "confidence": "high",
            "assessment": "accepted",
        }
        yield (
            claim,
            _endorsement(supporter, period)
            | {"source": claim["source"], "claim": claim["claim"], "basis": "first-seen"},
        )


def bulk_date_record(statement: Statement) -> Record:
    """Keep a day of signature that was written on every entry at once, as a disputed claim."""
    return (
        _claim(statement.name, statement.party, statement.commit)
        | {"claimed_date": statement.value, "assessment": "disputed"}
        | _BULK_NOTE
    )


def alliance_record(statement: Statement) -> Record:
    """Keep that the registry says a party to support another call."""
    return _claim(f"{statement.name}-{statement.value}", statement.party, statement.commit) | {
        "call": statement.value,
        "confidence": "high",
        "assessment": "unassessed",
    }


def place_record(statement: Statement) -> Record:
    """Keep a word that stood for the country of a party and names no country."""
    return {
        "source": snapshot(statement.commit),
        "claim": f"{statement.name}-country",
        "call": CALL,
        "about": f"actor/{statement.party}",
        "property": "https://w3id.org/mscall/ns#country",
        "text": statement.value,
        "date": statement.commit.day,
        "assessment": "unassessed",
    }


def _endorsement(supporter: Supporter, period: Period) -> Record:
    return {"party": supporter.party, "call": CALL, "n": str(period.n)}


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
    """Date a signature: on the day that a source states, else by the first day that is known."""
    event = {"event": "signature", "type": "signature"}
    stated = next((found for found in evidence if found.is_signature), None)
    if stated:
        return event | {"date": stated.day, "basis": "declared", "evidence": stated.source}
    first = evidence[0]
    return event | _days(launch, first.day) | {"basis": "inferred", "evidence": first.source}


def _event(kind: str, moment: Moment, basis: str) -> Record:
    days = _days(moment.earliest, moment.latest)
    return {
        "event": f"{kind}-{moment.commit.sha[:7]}",
        "type": kind,
        **days,
        "basis": basis if days["date"] else "inferred",
        "evidence": snapshot(moment.commit),
    }


def _change(change: Change) -> Record:
    record = _event(change.type, change.moment, "first-seen")
    if change.type in _FROM_AND_TO:
        before, after = _FROM_AND_TO[change.type]
        record |= {before: change.before, after: change.after}
    return record


def _days(earliest: str, latest: str) -> Record:
    """Give the day if it is known, else the window."""
    if earliest == latest:
        return {"date": latest, "earliest": "", "latest": ""}
    return {"date": "", "earliest": earliest, "latest": latest}
