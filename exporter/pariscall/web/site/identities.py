"""Who parties are in other registries: the page of the mappings, counted by scheme and category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...rdf.namespaces import PREFIXES, VOCABULARY
from ...tables.mappings import IDENTIFIERS
from ...tables.schemes import SCHEMES
from .endorsements import category_of, is_supporter, signatories_of
from .page import Content, Page
from .resources import Resource, in_order

_CATEGORIES = VOCABULARY + "code/category"


@dataclass(frozen=True)
class IdentityRow:
    """How many supporters of each category have an identifier of a scheme, or of any."""

    name: str
    numbers: Sequence[int]

    @property
    def total(self) -> int:
        """How many supporters there are in all categories."""
        return sum(self.numbers)


@dataclass(frozen=True)
class IdentityTable:
    """The categories, and a row for each scheme after that of any."""

    categories: Sequence[Resource]
    rows: Sequence[IdentityRow]


def identities(content: Content, lang: str) -> Iterator[Page]:
    """Yield the pages of the mappings, and of parties that may be one, if there are any."""
    mappings = content.resources.of_class("sssom:Mapping", lang)
    if not mappings:
        return
    supporters = [
        party
        for party in signatories_of(content.resources.of_class("msc:Signatory", lang))
        if is_supporter(party)
    ]
    pairs = [mapping for mapping in mappings if not leads_to_a_registry(mapping)]
    yield Page(
        "duplicates", "duplicates.html", values={"pairs": pairs, "supporters": len(supporters)}
    )
    listed = [
        (SCHEMES[prefix].name, _of_scheme(mappings, prefix, lang))
        for prefix in SCHEMES
        if prefix != "actor"
    ]
    values = {
        "table": _counted(content, supporters),
        "listed": [(name, found) for name, found in listed if found],
    }
    yield Page("identities", "identities.html", values=values)


def leads_to_a_registry(mapping: Resource) -> bool:
    """Return whether a mapping leads to a registry elsewhere, and not to another party of ours."""
    return not _is_of(mapping.resources("owl:annotatedTarget")[0], "actor")


def scheme_of(identifier: Resource) -> str:
    """Return the name of the scheme of an identifier, or the identifier if it is of none."""
    return next((each.name for prefix, each in SCHEMES.items() if _is_of(identifier, prefix)), "")


def _counted(content: Content, supporters: Sequence[Resource]) -> IdentityTable:
    found = {category_of(party) for party in supporters}
    codes = content.resources[_CATEGORIES].incoming("skos:inScheme")
    categories = [category for category in codes if category in found]

    def row(name: str, prefixes: Sequence[str]) -> IdentityRow:
        having = [category_of(party) for party in supporters if _has(party, prefixes)]
        return IdentityRow(name, [having.count(category) for category in categories])

    bodies = list(IDENTIFIERS.values())
    rows = [row("", bodies), *(row(SCHEMES[prefix].name, [prefix]) for prefix in bodies)]
    return IdentityTable(categories, rows)


def _has(party: Resource, prefixes: Sequence[str]) -> bool:
    exact = party.resources("skos:exactMatch")
    return any(_is_of(identifier, prefix) for identifier in exact for prefix in prefixes)


def _of_scheme(mappings: Sequence[Resource], prefix: str, lang: str) -> list[Resource]:
    """Return the mappings of parties that lead to a scheme, in the order of the parties."""
    by_party = {
        mapping.resources("owl:annotatedSource")[0]: mapping
        for mapping in mappings
        if _is_of(mapping.resources("owl:annotatedTarget")[0], prefix)
    }
    parties = [party for party in by_party if "org:Organization" in party.types]
    return [by_party[party] for party in in_order(parties, lang)]


def _is_of(identifier: Resource, prefix: str) -> bool:
    return identifier.iri.startswith(PREFIXES[prefix])
