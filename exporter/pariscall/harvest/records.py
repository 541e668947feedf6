"""The rows that one supporter gives rise to, in each of our tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .entry import Entry
from .repository import Commit

CALL = REGISTRY = "paris-call"
_PUBLISHER = "French Ministry for Europe and Foreign Affairs"
_COMMIT_PAGE = "https://github.com/ambanum/pariscall.international/commit/"

Record = dict[str, str]


@dataclass(frozen=True)
class Statement:
    """A day of signature, and the source that states it."""

    day: str
    source: str


@dataclass(frozen=True)
class Supporter:
    """A party on the registry: its entry, when the entry came, and when the party signed."""

    party: str
    entry: Entry
    first_seen: Commit
    signed: Statement | None

    @property
    def since(self) -> tuple[str, str]:
        """The first day on which the support is known, and the basis of that knowledge."""
        seen = self.first_seen.day, "first-seen"
        return min(seen, (self.signed.day, "declared")) if self.signed else seen


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
    values = supporter.entry.values
    record = {
        "party": supporter.party,
        "nature": values.get("nature", ""),
        "country": values.get("country", ""),
        "member_of": values.get("member_of", ""),
        "website": values.get("website", ""),
    }
    if supporter.entry.is_state:
        country = countries[values["country"]]
        return record | {"name_en": country["name_en"], "name_fr": country["name_fr"]}
    return record | {"name": values["name"]}


def endorsement_record(supporter: Supporter) -> Record:
    """Conclude that the party supports the call, since the first day that is known."""
    since, basis = supporter.since
    return {
        **_endorsement(supporter),
        "status": "active",
        "category": supporter.entry.values["category"],
        "since": since,
        "since_basis": basis,
    }


def signature_record(supporter: Supporter, launch: str) -> Record:
    """Date the signature: on the day that a source states, else between two known days."""
    event = {**_endorsement(supporter), "event": "signature", "type": "signature"}
    if supporter.signed:
        return event | {
            "date": supporter.signed.day,
            "basis": "declared",
            "evidence": supporter.signed.source,
        }
    return event | {
        "earliest": launch,
        "latest": supporter.first_seen.day,
        "basis": "inferred",
        "evidence": snapshot(supporter.first_seen),
    }


def entry_record(supporter: Supporter, harvested: Commit) -> Record:
    """Keep what the registry publishes about the party, as it publishes it."""
    published = supporter.entry.published
    return {
        "party": supporter.party,
        "registry": REGISTRY,
        "call": CALL,
        "supports": "1",
        "file": supporter.entry.file,
        "name": published.get("name", ""),
        "category": published.get("category", ""),
        "nature": published.get("nature", ""),
        "country": published.get("nationality", ""),
        "website": published.get("website", ""),
        "signed": supporter.entry.values.get("signed", ""),
        "first_seen": supporter.first_seen.day,
        "date": harvested.day,
        "source": snapshot(harvested),
    }


def _endorsement(supporter: Supporter) -> Record:
    return {"party": supporter.party, "call": CALL, "n": "1"}
