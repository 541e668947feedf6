"""Who supports a call, as the graph has it: the few questions that several pages ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .resources import Thing

_ACTIVE = "active"


def status_of(endorsement: Thing) -> Thing | None:
    """Give the status of an endorsement."""
    return next(iter(endorsement.things("msc:status")), None)


def is_active(endorsement: Thing) -> bool:
    """Tell whether an endorsement is in force."""
    status = status_of(endorsement)
    return status is not None and status.code == _ACTIVE


def standing(party: Thing) -> Thing | None:
    """Give the endorsement that says where a party stands now: one in force, or else the last."""
    endorsements = sorted(party.things("msc:hasEndorsement"), key=lambda e: (is_active(e), e.iri))
    return endorsements[-1] if endorsements else None


def is_supporter(party: Thing) -> bool:
    """Tell whether an endorsement of a party is in force."""
    endorsement = standing(party)
    return endorsement is not None and is_active(endorsement)


def category_of(party: Thing) -> Thing | None:
    """Give the category in which a party stands, or last stood."""
    endorsement = standing(party)
    return next(iter(endorsement.things("msc:category")), None) if endorsement else None


def by_category(parties: Iterable[Thing]) -> list[tuple[Thing, list[Thing]]]:
    """Group parties by their category, the largest group first."""
    groups: dict[Thing, list[Thing]] = {}
    for party in parties:
        category = category_of(party)
        if category:
            groups.setdefault(category, []).append(party)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0].iri))


def by_code(things: Iterable[Thing], predicate: str) -> list[tuple[Thing, int]]:
    """Count things by the code that a predicate gives them, the most frequent first."""
    codes = Counter(code for thing in things for code in thing.things(predicate))
    return sorted(codes.items(), key=lambda item: (-item[1], item[0].iri))


def period(record: Thing) -> tuple[str, str]:
    """Give the first and the last day that a record can belong to; nothing if none is known."""
    day = record.day("msc:date")
    return (
        record.day("msc:earliest") or record.day("schema:startDate") or day,
        record.day("msc:latest") or record.day("schema:endDate") or day,
    )


def in_time(records: Iterable[Thing]) -> list[Thing]:
    """Sort dated records by the last day that they can belong to, then by the first."""
    return sorted(records, key=lambda record: (*reversed(period(record)), record.iri))
