"""The paths of the API: a kind of resource has one for each number of parts of its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..routes.pages import locate
from .feeds import JSON_FEED
from .page import Content
from .plain import SUFFIX, subject
from .releases import index_path

_VARIABLE = re.compile(r"\{(\w+)\}")
_CODE = {"country": "^[A-Z0-9]{3}$"}
_NAME = "^[a-z0-9-]+$"
_JSON = "application/json"
_SUMMARIES = {
    "activity": "What was done for a principle",
    "agent": "A publisher of the data",
    "call": "A call, its principles and its registry",
    "claim": "What a source says",
    "country": "A country",
    "dataset": "The data as a whole",
    "group": "A working group, who took part, and its meetings",
    "grouping": "A grouping of states, and its members",
    "party": "A party: what it supports, since when, and on what evidence",
    "principle": "A principle of a call",
    "public_event": "A public event",
    "registry": "A registry of signatories",
    "source": "A source",
}

Described = dict[str, Any]


def operations(content: Content, signatories: str) -> Described:
    """Return the paths of the site's JSON, each with its one operation."""
    rows = {"type": "array", "items": {"$ref": "#/components/schemas/SignatoryRow"}}
    summary = "All endorsements, one a row, with the columns of the CSV"
    paths = {f"/{signatories}": {"get": _get("signatories", summary, rows)}}
    for template, (kind, example) in sorted(_templates(content).items()):
        names = _VARIABLE.findall(template)
        identifier = "_".join([kind, *names[1:]])
        entity = {"$ref": "#/components/schemas/Entity"}
        paths[template] = {
            "get": _get(
                identifier, _SUMMARIES[kind], entity, dict(zip(names, example, strict=True))
            )
        }
    return {**paths, **_feeds(content), **_releases(content)}


def _templates(content: Content) -> dict[str, tuple[str, list[str]]]:
    """Return the kind of resource of each template, and the values of the first one's variables."""
    found: dict[str, tuple[str, list[str]]] = {}
    for document in content.documents:
        address = locate(subject(document))
        if address and address.route.name in _SUMMARIES:
            route = address.route
            template, values = _matched(route.document, document)
            found.setdefault(f"/{template}{SUFFIX}", (route.name, values))
    return found


def _matched(template: str, document: str) -> tuple[str, list[str]]:
    """Match a document with the template of its route; a path of several parts has as many variables."""
    parts, known = document.split("/"), template.split("/")
    known += [f"{{part_{at}}}" for at in range(len(known), len(parts))]
    values = [part for part, name in zip(parts, known, strict=True) if _VARIABLE.fullmatch(name)]
    return "/".join(known), values


def _feeds(content: Content) -> Described:
    schema = {"$ref": "#/components/schemas/Feed"}
    paths: Described = {}
    for page, feed in content.feeds.items():
        kind, _, code = page.partition("/")
        path = f"/{kind}/{{{kind}}}/events{SUFFIX}" if page else f"/{feed.files[JSON_FEED]}"
        if path not in paths:
            of = f" of a {kind}" if page else ""
            values = {kind: code} if page else {}
            operation = _get(f"events_{kind}" if page else "events", f"News{of}", schema, values)
            paths[path] = {"get": operation}
    return paths


def _releases(content: Content) -> Described:
    if not content.releases:
        return {}
    schema = {"$ref": "#/components/schemas/Releases"}
    summary = "The releases, the newest first, each with the checksum of its list of checksums"
    return {f"/{index_path(content.releases)}": {"get": _get("releases", summary, schema)}}


def _get(
    identifier: str, summary: str, schema: Described, variables: Mapping[str, str] | None = None
) -> Described:
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": _CODE.get(name, _NAME)},
            "example": value,
        }
        for name, value in (variables or {}).items()
    ]
    answers: Described = {
        "200": {"description": summary, "content": {_JSON: {"schema": schema}}},
        **({"404": {"description": "There is no such resource."}} if parameters else {}),
    }
    return {
        "operationId": identifier,
        "summary": summary,
        **({"parameters": parameters} if parameters else {}),
        "responses": answers,
    }
