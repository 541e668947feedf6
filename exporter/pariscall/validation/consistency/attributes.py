"""Attributes that a source gives: accepted if, and only if, our tables have the same value."""

from __future__ import annotations

from collections.abc import Iterator

from ...rdf.namespaces import BASE, COUNTRY, MSC, PREFIXES
from ...tables.rows import Read, Row
from .disagreement import Disagreement, disagreement

_DEFINITION = PREFIXES["skos"] + "definition"
_COUNTRY = MSC + "country"
_WEBSITE = PREFIXES["foaf"] + "homepage"


def attribute_problems(read: Read) -> Iterator[Disagreement]:
    """Report attributes with another subject than their name says, or with a wrong assessment."""
    claims = list(read("attributes.csv"))
    ours = _ours(read, {claim["about"] for claim in claims})
    for claim in claims:
        about, name = claim["about"], claim["claim"]
        kind, _, thing = about.partition("/")
        if kind == "call" and thing.partition("/")[0] != claim["call"]:
            problem = f"{about} does not belong to {claim['call']}. Correct one of them."
            yield disagreement(claim, "about", problem)
        if kind == "actor" and not name.startswith(f"{thing}-"):
            problem = f"{name} is about {thing}. Begin its name with {thing}-."
            yield disagreement(claim, "claim", problem)
        yield from _assessment_problems(claim, ours.get((about, claim["property"])))


def _assessment_problems(claim: Row, value: str | None) -> Iterator[Disagreement]:
    if value is None:
        return
    assessment = claim["assessment"]
    is_ours = value in (claim["resource"], claim["text_en"])
    if is_ours == (assessment == "accepted"):
        return
    if is_ours:
        problem = f"is {assessment!r} but its value is ours. Set it to 'accepted'."
    else:
        problem = (
            f"is 'accepted' but its value differs from ours ({value!r}). Set it to 'disputed', or "
            "correct our value."
        )
    yield disagreement(claim, "assessment", f"this claim {problem}")


def _ours(read: Read, about: set[str]) -> dict[tuple[str, str], str]:
    """Return the single values that the tables have: subject and property to value."""
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
            if row["website"]:
                ours[f"actor/{row['party']}", _WEBSITE] = row["website"]
    return ours
