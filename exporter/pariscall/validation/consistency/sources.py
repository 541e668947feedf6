"""Sources, and the claims that cite them: a claim is of the time of its source, and says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from ...tables.rows import Read, Row
from .disagreement import Disagreement, disagreement
from .periods import SourcePeriod, is_misnamed, period_of

# What the registry says about other calls, which nobody has assessed.
_OF_OTHER_CALLS = {"polarity": "affirms", "confidence": "high", "assessment": "unassessed"}
# A claim on one call supports no endorsement of another.
_SUPPORTED = ("source", "claim", "party", "call")
_COUNTED = {
    "state": "states",
    "public-authority": "public-authorities",
    "": "total",
}


def source_problems(read: Read) -> Iterator[Disagreement]:
    """Report sources that differ from their name, and claims that do not fit their source."""
    sources = {row["source"]: row for row in read("sources.csv")}
    launches = {row["call"]: row["launched"] for row in read("calls.csv")}
    titles = _titles(sources.values())
    for source in sources.values():
        yield from _source_problems(source, titles.get(source["registry"], ""))
    for name in ("claims.csv", "counts.csv", "attributes.csv"):
        for claim in read(name):
            yield from _day_problems(claim, sources[claim["source"]], launches[claim["call"]])
    for count in read("counts.csv"):
        yield from _count_problems(count)
    yield from _claim_problems(read)


def _titles(sources: Iterable[Row]) -> dict[str, str]:
    """Return the title that most states of each registry have, without their dates."""
    found: dict[str, Counter[str]] = {}
    for source in sources:
        if source["commit"]:
            title = source["title"].removesuffix(f" on {source['issued']}")
            found.setdefault(source["registry"], Counter())[title] += 1
    return {registry: counted.most_common(1)[0][0] for registry, counted in found.items()}


def _source_problems(source: Row, registry: str) -> Iterator[Disagreement]:
    name, issued, commit = source["source"], source["issued"], source["commit"]
    if is_misnamed(source):
        yield disagreement(source, "issued", _misnamed(name, issued))
    if not commit:
        if registry and source["title"].startswith(registry):
            yield disagreement(
                source, "commit", "a state of the registry needs a commit. Fill it in."
            )
        return
    title = f"{registry} on {issued}"
    if source["title"] != title:
        problem = f"the title is {source['title']!r}. It must be {title!r}."
        yield disagreement(source, "title", problem)
    if not commit.startswith(name.rpartition("/")[2]):
        problem = f"{name} does not end with the beginning of its commit {commit}. Correct one."
        yield disagreement(source, "source", problem)
    if not source["url"].endswith(f"/{commit}"):
        problem = f"the url does not end with the commit {commit}. Correct one of them."
        yield disagreement(source, "url", problem)


def _misnamed(name: str, issued: str) -> str:
    if issued:
        return f"{name} ends in another date than {issued}, its 'issued'. Correct one of them."
    return (
        f"the source name {name} ends in a date but 'issued' is empty. Fill in 'issued' or rename "
        "the source."
    )


def _day_problems(claim: Row, source: Row, launch: str) -> Iterator[Disagreement]:
    """Report a claim that is not of the time of its source, since the launch."""
    first, last = claim["date"] or claim["earliest"], claim["date"] or claim["latest"]
    earliest = "date" if claim["date"] else "earliest"
    if launch and first < launch:
        problem = f"{first} is before the launch of the call on {launch}. Correct the date."
        yield disagreement(claim, earliest, problem)
    period = period_of(source)
    if period is None:
        return
    period = period.since(launch)
    is_within = period.first <= first and last <= period.last
    if claim.table.name == "counts.csv" and (claim["date"] or first < period.first):
        fits = last <= period.last  # a source may tell of an earlier count, or of one day
    elif claim["note_en"]:  # which may say why a narrower time is known, but not on one side only
        fits = is_within and (first == period.first) == (last == period.last)
    else:
        fits = period == SourcePeriod(first, last)
    if not fits:
        column = earliest if first != period.first else "latest"
        yield disagreement(
            claim,
            "date" if claim["date"] else column,
            f"the claim is of {first} to {last}, its source of {period.first} to {period.last}. "
            "Correct one of them.",
        )


def _count_problems(count: Row) -> Iterator[Disagreement]:
    """Report a count that is not named after what is counted."""
    counted = [count["category"], *filter(None, [count["category_2"]])]
    name = "-and-".join(_COUNTED.get(category, category) for category in counted)
    if "/" in count["source"]:
        yield disagreement(
            count, "source", "a state of the registry counts nothing. Correct the source."
        )
    if not count["claim"].startswith(name):
        problem = f"{count['claim']} counts {name}. Rename it, or correct the category."
        yield disagreement(count, "claim", problem)


def _claim_problems(read: Read) -> Iterator[Disagreement]:
    days = {row["public_event"]: row for row in read("public_events.csv")}
    supports = {tuple(row[name] for name in _SUPPORTED) for row in read("supports.csv")}
    bulk = {
        row["commit"]: row["value"]
        for row in read("decisions.csv")
        if row["decision"] == "bulk-date"
    }
    own = {row["dataset"] for row in read("datasets.csv")}
    claims = list(read("claims.csv"))
    number = Counter((row["source"], row["party"], row["call"]) for row in claims)
    for claim in claims:
        alone = number[claim["source"], claim["party"], claim["call"]] == 1
        if alone:
            yield from _name_problems(claim, own)
        yield from _bulk_problems(claim, bulk, own)
        yield from _occasion_problems(claim, days)
        if claim["claimed_date"] > (claim["date"] or claim["latest"]):
            problem = (
                f"{claim['claimed_date']} is later than the claim itself. Correct one of them."
            )
            yield disagreement(claim, "claimed_date", problem)
        is_accepted = claim["assessment"] == "accepted" and claim["polarity"] == "affirms"
        if is_accepted and tuple(claim[name] for name in _SUPPORTED) not in supports:
            problem = "the claim is accepted and supports nothing. Add it to supports.csv."
            yield disagreement(claim, "assessment", problem)


def _name_problems(claim: Row, own: Collection[str]) -> Iterator[Disagreement]:
    """Report a claim that is not named after its party and, if that is not our own, its call."""
    party, call, name = claim["party"], claim["call"], claim["claim"]
    expected = party if call in own else f"{party}-{call}"
    if name != expected and name.rstrip("0123456789") != f"{expected}-":
        yield disagreement(claim, "claim", f"{name} is a claim about {party}. Name it {expected}.")


def _bulk_problems(
    claim: Row, bulk: Mapping[str, str], own: Collection[str]
) -> Iterator[Disagreement]:
    """Report a claim of a bulk date that does not follow from the decision about that date."""
    value = bulk.get(claim["source"].rpartition("/")[2])
    if claim["call"] not in own:
        if "/" in claim["source"]:
            yield from _must_be(claim, _OF_OTHER_CALLS, "the registry affirms other calls")
        return
    if value is None:
        return
    expected = {"claimed_date": value, "assessment": "disputed", "polarity": "affirms"}
    yield from _must_be(claim, expected, f"{value} was on every entry of that day")


def _must_be(claim: Row, expected: Mapping[str, str], why: str) -> Iterator[Disagreement]:
    """Report each cell of a claim that is not as expected."""
    for column, value in expected.items():
        if claim[column] != value:
            problem = f"{column} is {claim[column]!r}, but {why}. Set it to {value!r}."
            yield disagreement(claim, column, problem)


def _occasion_problems(claim: Row, public_events: Mapping[str, Row]) -> Iterator[Disagreement]:
    day, occasion = claim["claimed_date"], claim["occasion"]
    if day and occasion:
        public_event = public_events[occasion]
        first = public_event["start"] or public_event["earliest"]
        last = public_event["end"] or public_event["latest"]
        if not first <= day <= last:
            problem = f"{occasion} was not on {day}. Correct one of them."
            yield disagreement(claim, "claimed_date", problem)
