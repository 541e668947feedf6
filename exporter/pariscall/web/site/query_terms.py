"""The terms that the editor of the query page completes: classes and properties, with their names."""

from __future__ import annotations

import re

from ...rdf.namespaces import MSC
from ...rdf.prefixes import KNOWN_PREFIXES
from .messages import words
from .page import Content

# What needs no escape, https://www.w3.org/TR/sparql11-query/#rPN_LOCAL
_NAME = re.compile(r"[\w-]+:[\w-]+(?:\.[\w-]+)*")


def terms(content: Content, lang: str) -> list[tuple[str, str]]:
    """Return our terms and those of others that the graph uses, as a query writes them, each with its name."""
    own = {each.iri for each in content.resources if each.iri.startswith(MSC) and each.is_named}
    used = {*content.statistics.classes, *content.statistics.properties, *own}
    written = {_written(iri): content.resources[iri] for iri in used}
    return [
        (text, each.name(lang).value if each.is_named else words(lang).get(text, ""))
        for text, each in sorted(written.items())
    ]


def _written(iri: str) -> str:
    name = KNOWN_PREFIXES.compact(iri)
    return name if _NAME.fullmatch(name) else f"<{iri}>"
