"""The schemas of the API: properties as our context has them, in the words of the ontology."""

from __future__ import annotations

from typing import Any

from ...publish.dumps.signatory import DESCRIPTIONS, columns
from ...publish.release.checksums import SUMS
from ...rdf.jsonld import bundled_context
from ...rdf.prefixes import Prefixes
from ...tables.csvw import Schema
from .page import Content
from .plain import PARTS
from .resources import Resources, Text

_ENTITY = {"$ref": "#/components/schemas/Entity"}
_TEXT = {"type": "string"}
_DATE = {"type": "string", "format": "date"}
_FORMATS = {
    "date": _DATE,
    "boolean": {"type": "boolean"},
    "anyURI": {"type": "string", "format": "uri"},
}
_DATATYPES = {"xsd:date": _DATE, "xsd:integer": {"type": "integer"}}

Described = dict[str, Any]


def schemas(content: Content, schema: Schema) -> Described:
    """Return the schemas by name: rows of the signatories, resources, values, and feeds."""
    return {
        "SignatoryRow": _row(schema),
        "Entity": _entity(content.resources),
        "Value": {
            "description": "A value without a term of its own; one of JSON-LD if it is no plain text.",
            "anyOf": [_TEXT, {"type": "integer"}, {"type": "object"}],
        },
        "Feed": _feed(),
        **({"Releases": _releases()} if content.releases else {}),
    }


def _row(schema: Schema) -> Described:
    described = {}
    for column in columns(schema):
        kind = _FORMATS.get(column.datatype, _TEXT)
        types = kind["type"] if column.required else [kind["type"], "null"]
        described[column.name] = {
            **kind,
            "type": types,
            "description": DESCRIPTIONS[column.name],
        }
    return {"type": "object", "properties": described, "required": list(described)}


def _entity(resources: Resources) -> Described:
    context = bundled_context()
    namespaces = {
        name: iri
        for name, iri in context.items()
        if isinstance(iri, str) and iri.endswith(("#", "/"))
    }
    prefixes = Prefixes(namespaces)
    properties: Described = {
        "id": {"type": "string", "description": "The IRI of the resource."},
        "type": {**_one_or_more(_TEXT), "description": "Its classes."},
        PARTS: {
            "type": "array",
            "items": _ENTITY,
            "description": "What else the document describes, such as mappings.",
        },
    }
    for name, definition in context.items():
        iri = definition["@id"] if isinstance(definition, dict) else definition
        is_property = isinstance(iri, str) and iri.rpartition(":")[2][:1].islower()
        if name not in namespaces and not name.startswith("@") and is_property:
            said = _definition(resources, prefixes.expand(iri))
            properties[name] = {**_values(definition), **({"description": said} if said else {})}
    return {
        "type": "object",
        "description": "A resource and what belongs to it. A property without a term of its own has a prefixed name.",
        "properties": properties,
        "required": ["id"],
        "additionalProperties": _one_or_more({"$ref": "#/components/schemas/Value"}),
    }


def _values(definition: str | Described) -> Described:
    """Return the schema of the values of a term."""
    if isinstance(definition, str):
        return _one_or_more(_TEXT)
    container, kind = definition.get("@container"), definition.get("@type")
    if container == "@language":
        return {"type": "object", "additionalProperties": _one_or_more(_TEXT)}
    value = {"anyOf": [_TEXT, _ENTITY]} if kind == "@id" else _DATATYPES.get(str(kind), _TEXT)
    return {"type": "array", "items": value} if container == "@set" else _one_or_more(value)


def _one_or_more(value: Described) -> Described:
    return {"anyOf": [value, {"type": "array", "items": value}]}


def _definition(resources: Resources, iri: str) -> str:
    values = resources[iri].values_in("skos:definition", "en")
    return next((value.value for value in values if isinstance(value, Text)), "")


def _feed() -> Described:
    item = {
        "type": "object",
        "properties": {
            **dict.fromkeys(("id", "url", "external_url", "title", "content_text"), _TEXT),
            "date_published": {"type": "string", "format": "date-time"},
            "tags": {"type": "array", "items": _TEXT},
        },
        "required": ["id", "content_text"],
    }
    return {
        "type": "object",
        "description": "https://www.jsonfeed.org/version/1.1/",
        "properties": {
            **dict.fromkeys(("version", "title", "home_page_url", "feed_url", "language"), _TEXT),
            "items": {"type": "array", "items": item},
        },
        "required": ["version", "title", "items"],
    }


def _releases() -> Described:
    release = {
        "version": {**_TEXT, "description": "Its version, the name of its folder."},
        "issued": {**_DATE, "description": "The day on which it was made."},
        "modified": {**_DATE, "description": "The day of the newest state of the data."},
        "triples": {"type": "integer", "description": "The number of triples of its graph."},
        "size": {"type": "integer", "description": "The bytes of all its files."},
        SUMS: {**_TEXT, "pattern": "^[0-9a-f]{64}$", "description": f"The SHA-256 of {SUMS}."},
    }
    item = {"type": "object", "properties": release, "required": list(release)}
    return {
        "type": "object",
        "properties": {"releases": {"type": "array", "items": item}},
        "required": ["releases"],
    }
