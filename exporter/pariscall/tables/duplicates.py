"""Pairs of parties that may be one body: found by name and website, for a person to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from urllib.parse import urlsplit

from .likeness import acronyms_of, initials_of, words_of
from .rows import Row

Pair = tuple[str, str]


def find_pairs(parties: Iterable[Row]) -> list[Pair]:
    """Return the pairs of parties, in order, whose names or websites are alike.

    Names are alike if their words are equal or, in one country, if one is short for the other or begins
    it. Websites are alike if they are on one host. States, which have names in languages, are left out.
    """
    named = [party for party in parties if party["name"]]
    buckets: dict[tuple[str, ...], set[str]] = {}
    for party in named:
        for key in _keys(party):
            buckets.setdefault(key, set()).add(party["party"])
    by_name = {party["party"]: party for party in named}
    pairs = {pair for found in buckets.values() for pair in combinations(sorted(found), 2)}
    return sorted(pair for pair in pairs if _are_alike(by_name[pair[0]], by_name[pair[1]]))


def _keys(party: Row) -> Iterator[tuple[str, ...]]:
    """Yield what a party has in common with those that may be it."""
    words = words_of(party["name"])
    yield "begins", words[0] if words else ""
    yield "is", "".join(words)
    for short in {initials_of(party["name"]), *acronyms_of(party["name"])} - {""}:
        yield "is", short
    if host := _host(party):
        yield "at", host


def _are_alike(one: Row, other: Row) -> bool:
    words, others = words_of(one["name"]), words_of(other["name"])
    if "".join(words) == "".join(others) or (_host(one) and _host(one) == _host(other)):
        return True
    shorter, longer = sorted((words, others), key=len)
    begins = longer[: len(shorter)] == shorter and len("".join(shorter)) > 2
    return one["country"] == other["country"] and (begins or _is_short(one, other))


def _is_short(one: Row, other: Row) -> bool:
    pairs = ((one, other), (other, one))
    return any(
        "".join(words_of(short["name"])) in {initials_of(name), *acronyms_of(name)} - {""}
        for short, name in ((short, full["name"]) for short, full in pairs)
    )


def _host(party: Row) -> str:
    return (urlsplit(party["website"]).hostname or "").removeprefix("www.")
