"""Mappings: what a party or a country is in other registries, as SSSOM says it.

The tables of mappings follow https://mapping-commons.github.io/sssom/. Their identifiers are prefixed
names, which no template of CSVW expands; what those stand for is added here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import NamedNode

from ..rdf.namespaces import COUNTRY, DATASET, PREFIXES
from ..rdf.prefixes import KNOWN_PREFIXES
from .document import Description, Document
from .rows import Row

TABLES = ("mappings.sssom.tsv", "country_mappings.sssom.tsv")
GRAPH = NamedNode(f"{DATASET.value}#mappings")
EXACT = "skos:exactMatch"
# The schemes in which a body has at most one identifier: names of columns and prefixes.
IDENTIFIERS = {"wikidata": "wd", "ror": "ror", "lei": "lei", "isni": "isni"}
PREDICATES = frozenset(
    f"<{PREFIXES['skos']}{name}>" for name in ("exactMatch", "closeMatch", "broadMatch")
)
_MAPPING = f"<{PREFIXES['sssom']}Mapping>"
_JUSTIFICATION = f"<{PREFIXES['sssom']}mapping_justification>"
_SAME_AS = f"<{PREFIXES['schema']}sameAs>"
_SOURCE, _PROPERTY, _TARGET = (
    f"<{PREFIXES['owl']}annotated{part}>" for part in ("Source", "Property", "Target")
)


def subject_of(row: Row) -> str:
    """Return the party or country that a mapping is about."""
    if "country" in row.table.index:
        return str(NamedNode(COUNTRY + row["country"]))
    return str(NamedNode(PREFIXES["actor"] + row["party"]))


def is_mapping(description: Description) -> bool:
    """Return whether a description is that of a mapping, not of what is mapped."""
    return _MAPPING in description.types


def is_exact(row: Row) -> bool:
    """Return whether both sides of a mapping are the same, and a reader of the row has said so."""
    return row["predicate_id"] == EXACT and row["reviewer_label"] != ""


def identifiers_of(rows: Iterable[Row]) -> dict[str, str]:
    """Return what a party is exactly in the registries of bodies, by ``IDENTIFIERS``; or empty."""
    found = {}
    for row in rows:
        if row.table.name == TABLES[0] and row["predicate_id"] == EXACT:
            scheme, _, identifier = row["object_id"].partition(":")
            found[scheme] = identifier
    return {name: found.get(scheme, "") for name, scheme in IDENTIFIERS.items()}


def relate(document: Document) -> None:
    """Add to a document what the prefixed names of its mappings stand for.

    The party gets the match itself, and ``schema:sameAs`` if it is exact and was reviewed.
    """
    for mapping in [each for each in document.descriptions.values() if is_mapping(each)]:
        row, subject = mapping.row, subject_of(mapping.row)
        predicate, target = _expanded(row["predicate_id"]), _expanded(row["object_id"])
        mapping.add(_SOURCE, subject)
        mapping.add(_PROPERTY, predicate)
        mapping.add(_TARGET, target)
        mapping.add(_JUSTIFICATION, _expanded(row["mapping_justification"]))
        party = document.describe(subject, row)
        party.add(predicate, target)
        if is_exact(row):
            party.add(_SAME_AS, target)


def mappings_of(documents: Iterable[Document]) -> Iterator[Description]:
    """Yield what documents say of mappings and matches, which is a graph of its own."""
    for document in documents:
        for description in document.descriptions.values():
            matches = [said for said in description.properties if said[0] in PREDICATES]
            if is_mapping(description):
                yield description
            elif matches:
                yield Description(description.subject, description.row, properties=matches)


def without_mappings(document: Document) -> Iterator[Description]:
    """Yield what a document says of everything else."""
    for description in document.descriptions.values():
        if not is_mapping(description):
            others = [said for said in description.properties if said[0] not in PREDICATES]
            yield Description(description.subject, description.row, description.types, others)


@lru_cache(maxsize=4096)
def _expanded(name: str) -> str:
    return str(NamedNode(KNOWN_PREFIXES.expand(name)))
