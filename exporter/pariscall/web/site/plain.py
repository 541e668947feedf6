"""Plain JSON for programs that know no RDF: the resource of a document, under the terms of our context.

It has what the JSON-LD has. What the document describes besides, such as mappings, is in ``parts``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...publish.dumps.compaction import Json
from ...publish.dumps.jsonld import to_json
from ...rdf.namespaces import COUNTRY, iri_of

SUFFIX = ".json"
PARTS = "parts"


def subject(document: str) -> str:
    """Return the IRI of the resource that a document of the site is about."""
    code = document.removeprefix("country/")
    return iri_of(document) if code == document else COUNTRY + code


def plain(document: str, objects: Sequence[dict[str, Json]]) -> bytes:
    """Write the objects of a document as one: that of its resource, and the others in it."""
    about = f'"{subject(document)}"'
    own = next(each for each in objects if each["id"] == about)
    parts = [each for each in objects if each is not own]
    return f"{to_json({**own, PARTS: [*parts]} if parts else own)}\n".encode()
