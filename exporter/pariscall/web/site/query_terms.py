"""The terms that the editor of the query page completes: classes and properties, with their names."""

from __future__ import annotations

import re

from ...rdf.namespaces import MSC
from ...rdf.prefixes import KNOWN_PREFIXES
from .messages import words
from .page import Content
from .resources import Resource

# What needs no escape, https://www.w3.org/TR/sparql11-query/#rPN_LOCAL
_NAME = re.compile(r"[\w-]+:[\w-]+")


def terms(content: Content, lang: str) -> list[tuple[str, str]]:
    """Return our terms and those of others that the graph uses, each with its name.

    A term is a prefixed name or, where no prefix fits, an IRI in angle brackets.
    """
    own = {each.iri for each in content.resources if each.iri.startswith(MSC) and each.is_named}
    used = {*content.statistics.classes, *content.statistics.properties, *own}
    return sorted((_written(iri), _called(content.resources[iri], lang)) for iri in used)


def _written(iri: str) -> str:
    name = KNOWN_PREFIXES.compact(iri)
    return name if _NAME.fullmatch(name) else f"<{iri}>"


def _called(term: Resource, lang: str) -> str:
    if term.is_named:
        return term.name(lang).value
    return words(lang).get(KNOWN_PREFIXES.compact(term.iri), "")
