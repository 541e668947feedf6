"""What the cells of a list mean: the codes of countries, categories and kinds of organisation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pyoxigraph import Literal, NamedNode

from ... import bundle
from ...rdf.namespaces import PREFIXES, VOCABULARY
from ...rdf.vocabulary import vocabulary
from ...tables.csvw import read_schema
from ...tables.rows import read_rows
from ...tables.signatories import country_codes
from ...tables.text import slug

_LABELS = {PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "notation")}
# What lists call the categories, as slugs, besides their codes and labels.
_CATEGORIES = {
    "state": ("states", "country", "government", "governments", "etats", "gouvernement", "nation"),
    "public-authority": (
        *("public-authorities", "public-sector", "local-authority", "local-government", "city"),
        *("collectivite", "autorite-publique", "autorites-publiques", "secteur-public"),
    ),
    "private-sector": (
        *("private", "company", "companies", "business", "businesses", "industry", "entreprise"),
        *("entreprises", "prive", "corporate", "corporation", "private-company"),
    ),
    "civil-society": (
        *("ngo", "ong", "civil-society-organisation", "civil-society-organization", "association"),
        *("academia", "academic", "university", "universite", "societe-civile", "non-profit"),
    ),
}


@cache
def countries() -> Mapping[str, str]:
    """Return the codes of countries by their codes and names, as slugs."""
    return country_codes(read_rows(read_schema(bundle.TABLES)["countries.csv"]))


@cache
def categories() -> Mapping[str, str]:
    """Return the codes of categories by what lists call them, as slugs."""
    more = {name: code for code, names in _CATEGORIES.items() for name in names}
    return more | _codes("category")


@cache
def kinds() -> Mapping[str, str]:
    """Return the codes of kinds of organisation by their labels in English and French, as slugs."""
    return _codes("nature")


def _codes(code_list: str) -> dict[str, str]:
    namespace = f"{VOCABULARY}code/{code_list}#"
    return {
        slug(quad.object.value): quad.subject.value.removeprefix(namespace)
        for quad in vocabulary()
        if quad.predicate.value in _LABELS
        and isinstance(quad.object, Literal)
        and isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(namespace)
    }
