"""Mappings: each is about the party of its row, and leads to an identifier that can be one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...errors import did_you_mean
from ...tables.mappings import EXACT, TABLES
from ...tables.rows import Read, Row
from ...tables.schemes import SCHEMES
from .disagreement import Disagreement, disagreement


def mapping_problems(read: Read) -> Iterator[Disagreement]:
    """Report mappings that contradict themselves or each other, and identifiers that are none."""
    found = {table: list(read(table)) for table in TABLES}
    named = {name for rows in found.values() for row in rows for name in _named(row)}
    parties = {row["party"]: row for row in read("parties.csv") if row["party"] in named}
    for mappings in found.values():
        exact: dict[tuple[str, str], Row] = {}
        for mapping in mappings:
            yield from _subject_problems(mapping)
            yield from _object_problems(mapping, parties)
            yield from _label_problems(mapping, _party_of(mapping, parties))
            if mapping["predicate_id"] == EXACT:
                key = mapping["subject_id"], _scheme(mapping)
                other = exact.setdefault(key, mapping)
                if other is not mapping:
                    problem = (
                        f"{key[0]} has the exact match {other['object_id']} too, at "
                        f"{other.location}. One body has one: keep one of them."
                    )
                    yield disagreement(mapping, "object_id", problem)


def _named(mapping: Row) -> Iterator[str]:
    """Yield the parties that a mapping is about, or leads to."""
    if "party" in mapping.table.index:
        yield mapping["party"]
    yield mapping["object_id"].partition(":")[2]


def _subject_problems(mapping: Row) -> Iterator[Disagreement]:
    prefix, key = ("actor", "party") if "party" in mapping.table.index else ("country", "country")
    expected = f"{prefix}:{mapping[key]}"
    if mapping["subject_id"] != expected:
        problem = f"the row is about {mapping['subject_id']} and {expected}. Correct one of them."
        yield disagreement(mapping, "subject_id", problem)


def _object_problems(mapping: Row, parties: Mapping[str, Row]) -> Iterator[Disagreement]:
    prefix, _, identifier = mapping["object_id"].partition(":")
    scheme = SCHEMES.get(prefix)
    if scheme is None:
        problem = f"no scheme has the prefix {prefix}.{did_you_mean(prefix, SCHEMES)}"
        yield disagreement(mapping, "object_id", f"{problem} It is one of {', '.join(SCHEMES)}.")
    elif found := scheme.problem(identifier):
        yield disagreement(mapping, "object_id", f"{identifier} {found}. Correct it.")
    elif prefix == "actor" and (identifier not in parties or mapping["party"] == identifier):
        problem = f"{identifier} is no other party of parties.csv. Correct it."
        yield disagreement(mapping, "object_id", problem)


def _label_problems(mapping: Row, party: Row | None) -> Iterator[Disagreement]:
    """Report a label that is not the name of the party."""
    if party is None:
        return
    names = [party["name"] or party["name_en"]]
    if mapping["subject_label"] not in names:
        problem = f"the label is {mapping['subject_label']!r}, the name {names[0]!r}. Correct it."
        yield disagreement(mapping, "subject_label", problem)


def _party_of(mapping: Row, parties: Mapping[str, Row]) -> Row | None:
    return parties.get(mapping["party"]) if "party" in mapping.table.index else None


def _scheme(mapping: Row) -> str:
    return mapping["object_id"].partition(":")[0]
