"""Attributes that a source gives: accepted if they are ours, and only then."""

from __future__ import annotations

from collections.abc import Iterator

from ...rdf.namespaces import BASE, COUNTRY, MSC, PREFIXES
from ...tables.rows import Read, Row

_DEFINITION = PREFIXES["skos"] + "definition"
_COUNTRY = MSC + "country"


def attribute_problems(read: Read) -> Iterator[str]:
    """Find attributes that are about another thing than they say, or wrongly assessed."""
    claims = list(read("attributes.csv"))
    ours = _ours(read, {claim["about"] for claim in claims})
    for claim in claims:
        about, name = claim["about"], claim["claim"]
        kind, _, thing = about.partition("/")
        if kind == "call" and thing.partition("/")[0] != claim["call"]:
            yield f"{claim.location}: {about} is not of {claim['call']}. Correct one of them."
        if kind == "actor" and not name.startswith(f"{thing}-"):
            yield f"{claim.location}: {name} is about {thing}. Name it {thing}-..."
        yield from _assessment_problems(claim, ours.get((about, claim["property"])))


def _assessment_problems(claim: Row, value: str | None) -> Iterator[str]:
    if value is None:
        return
    is_ours = value in (claim["resource"], claim["text_en"])
    if is_ours != (claim["assessment"] == "accepted"):
        yield (
            f"{claim.location}: the value is {claim['assessment']}, and ours is {value!r}. Accept "
            "what is ours, and nothing else."
        )


def _ours(read: Read, about: set[str]) -> dict[tuple[str, str], str]:
    """Give what the tables have themselves, where there is one value: thing and property to value."""
    ours = {}
    for row in read("principles.csv"):
        thing = f"call/{row['call']}/principle/{row['principle']}"
        ours[thing, _DEFINITION] = row["wording_en"]
    for row in read("calls.csv"):
        ours[f"call/{row['call']}", f"{MSC}initiator"] = f"{BASE}actor/{row['initiator']}"
        ours[f"call/{row['call']}", f"{MSC}launchedAt"] = f"{BASE}event/{row['launched_at']}"
    for row in read("parties.csv"):
        if f"actor/{row['party']}" in about:
            ours[f"actor/{row['party']}", _COUNTRY] = COUNTRY + row["country"]
    return ours
