"""The files of the site as an API: rows of the signatories as JSON, and a description in OpenAPI 3.1.

The description is https://spec.openapis.org/oas/v3.1.1, and what its schemas say of a property is
what our context and the ontology say of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ... import __version__
from ...project import current, in_language
from ...publish.dumps.signatory import NAMES
from ...tables.csvw import Schema
from .api_paths import operations
from .api_schemas import schemas
from .page import Content

DESCRIPTION = "openapi.json"
SIGNATORIES = "signatories.json"
_BOOLEANS = {"true": True, "false": False}


def files(content: Content, schema: Schema) -> Iterator[tuple[str, bytes]]:
    """Yield the files by name, for a graph and the schema of its tables."""
    rows = [{name: _value(name, row.cells[name]) for name in NAMES} for row in content.listings]
    yield SIGNATORIES, _json(rows)
    yield DESCRIPTION, _json(_description(content, schema))


def _description(content: Content, schema: Schema) -> dict[str, object]:
    licence = content.dataset.resources("dcterms:license")[0]
    project = current()
    return {
        "openapi": "3.1.1",
        "info": {
            "title": in_language(project.name, "en"),
            "summary": in_language(project.summary, "en"),
            "description": "Files in plain JSON, one for each resource. The address of a file is the IRI of"
            f" its resource with {project.base} replaced by the address of this site, and .json after it;"
            " a country has its code below country/.",
            "version": __version__,
            "license": {"name": licence.code, "url": licence.iri},
        },
        "servers": [{"url": project.site.address or "./"}],
        "paths": operations(content, SIGNATORIES),
        "components": {"schemas": schemas(content, schema)},
    }


def _value(name: str, cell: str) -> str | bool | None:
    return _BOOLEANS.get(cell) if name == "eu_member" else cell or None


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
