"""The codes that the values of a registry are turned into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ..rdf.namespaces import PREFIXES, VOCABULARY
from ..rdf.vocabulary import vocabulary
from ..tables.rows import NamedCells
from ..tables.text import slug

_LABELS = {PREFIXES["skos"] + name for name in ("prefLabel", "altLabel")}


@dataclass(frozen=True)
class Vocabulary:
    """The codes by what registries write for them."""

    categories: frozenset[str]
    natures: Mapping[str, str]  # French label to code
    countries: Mapping[str, str]  # code, or slug of the French name, to code; those still in use
    state_names: Mapping[str, str]  # code of a country to the English name of the state
    calls: frozenset[str]


def read_vocabulary(countries: Iterable[NamedCells], calls: Iterable[NamedCells]) -> Vocabulary:
    """Return the codes of the code lists and of the rows of two tables."""
    in_use = [row for row in countries if not row["ended"]]
    return Vocabulary(
        categories=frozenset(_codes_by_label("category").values()),
        natures=_codes_by_label("nature"),
        countries={slug(row["name_fr"]): row["country"] for row in in_use}
        | {row["country"]: row["country"] for row in in_use},
        state_names={row["country"]: row["name_en"] for row in in_use},
        calls=frozenset(row["call"] for row in calls),
    )


def _codes_by_label(code_list: str) -> dict[str, str]:
    """Return the codes of a list by their French labels."""
    namespace = f"{VOCABULARY}code/{code_list}#"
    return {
        quad.object.value: quad.subject.value.removeprefix(namespace)
        for quad in vocabulary()
        if quad.predicate.value in _LABELS
        and isinstance(quad.object, Literal)
        and quad.object.language == "fr"
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(namespace)
    }
