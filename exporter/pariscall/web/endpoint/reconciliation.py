"""The Reconciliation Service API, with which OpenRefine matches lists with ours.

Implements https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/: manifest,
queries, suggestions, previews and data extension. Of the draft of 1.0, ``POST /reconcile/match`` is answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from html import escape
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from ...project import current, in_language
from ...query.matching import KINDS, Candidate, Matcher, Thing
from ...rdf.namespaces import BASE, MSC
from .problems import ProblemError

_LARGEST = 256 * 1024  # bytes of a request
_MOST = 100  # queries or identifiers in a request
_DEEPEST = 50  # candidates for a query
_NAMES = {"party": "Party", "country": "Country", "call": "Call"}
_PROPERTIES = {
    "country": "Country",
    "website": "Website",
    "category": "Category",
    "status": "Status",
    "since": "Known since",
    "nature": "Kind",
    "wikidata": "Wikidata",
    "ror": "ROR",
    "lei": "LEI",
    "isni": "ISNI",
}
_METHODS = ["GET", "POST"]


class Reconciliation:
    """The routes of the service at a URL; the names are read when they are first asked for."""

    def __init__(self, url: str) -> None:
        self._url = url

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher()

    def routes(self) -> list[Route]:
        """Return the routes of the service."""
        return [
            Route("/reconcile", self.service, methods=_METHODS),
            Route("/reconcile/match", self.match, methods=["POST"]),
            Route("/reconcile/suggest/{what}", self.suggest),
            Route("/reconcile/preview", self.preview),
            Route("/reconcile/properties", self.properties),
        ]

    async def service(self, request: Request) -> Response:
        """Return the manifest, the answers to queries, or the values of properties."""
        values = await _values(request)
        if "queries" in values:
            queries = _object(values["queries"])
            _check_number(queries)
            return JSONResponse(await run_in_threadpool(self._answers, queries))
        if "extend" in values:
            return JSONResponse(await run_in_threadpool(self._extension, _object(values["extend"])))
        return JSONResponse(self._manifest())

    async def match(self, request: Request) -> Response:
        """Return the answers to queries in the form of the draft of 1.0."""
        asked = _object((await _body(request)).decode("utf-8", "replace"))
        queries = asked.get("queries")
        if not isinstance(queries, list):
            raise ProblemError(400, "send JSON as the Reconciliation Service API has it.")
        _check_number(queries)
        known = {str(at): _of_draft(query) for at, query in enumerate(queries)}
        answers = await run_in_threadpool(self._answers, known)
        return JSONResponse(
            {"results": [{"candidates": found["result"]} for found in answers.values()]}
        )

    async def suggest(self, request: Request) -> Response:
        """Return entities, types or properties whose name begins like ``prefix``."""
        prefix = request.query_params.get("prefix", "")
        what = request.path_params["what"]
        if what == "entity":
            found = await run_in_threadpool(lambda: self._matcher.suggest(prefix))
            return JSONResponse({"result": [_described(thing) for thing in found]})
        if what not in ("type", "property"):
            raise ProblemError(404, "nothing is described here.")
        names = _NAMES if what == "type" else _PROPERTIES
        begin = prefix.casefold()
        return JSONResponse(
            {"result": [_named(i, n) for i, n in names.items() if n.casefold().startswith(begin)]}
        )

    async def preview(self, request: Request) -> Response:
        """Return a small page on a thing."""
        thing = await run_in_threadpool(
            lambda: self._matcher.by_id.get(request.query_params.get("id", ""))
        )
        if thing is None:
            raise ProblemError(404, "nothing is described here.")
        lines = [
            f"<dt>{_PROPERTIES[key]}</dt><dd>{escape(value)}</dd>" for key, value in _said(thing)
        ]
        head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>'
        body = f"<h1>{escape(thing.name)}</h1><dl>{''.join(lines)}</dl>"
        policy = {"Content-Security-Policy": "default-src 'none'"}
        return HTMLResponse(f"{head}{escape(thing.name)}</title>{body}</html>", headers=policy)

    async def properties(self, request: Request) -> Response:
        """Return the properties that can be asked for of a type."""
        kind = request.query_params.get("type", "party")
        names = [_named(key, name) for key, name in _PROPERTIES.items()]
        return JSONResponse({"type": kind, "properties": names if kind == "party" else []})

    def _manifest(self) -> Mapping[str, Any]:
        service = {"service_url": self._url}
        return {
            "versions": ["0.1", "0.2"],
            "name": in_language(current().name, "en"),
            "identifierSpace": BASE,
            "schemaSpace": MSC,
            "defaultTypes": [_named(kind, _NAMES[kind]) for kind in KINDS],
            "view": {"url": BASE + "{{id}}"},
            "preview": {
                "url": f"{self._url}/reconcile/preview?id={{{{id}}}}",
                "width": 400,
                "height": 240,
            },
            "suggest": {
                what: {**service, "service_path": f"/reconcile/suggest/{what}"}
                for what in ("entity", "type", "property")
            },
            "extend": {
                "propose_properties": {**service, "service_path": "/reconcile/properties"},
                "property_settings": [],
            },
            "batchSize": _MOST,
        }

    def _answers(self, queries: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: {"result": [_candidate(each) for each in self._found(query)]}
            for key, query in queries.items()
        }

    def _found(self, query: Any) -> list[Candidate]:
        """Return the candidates of a query: its text, type, and what it says of country and website."""
        if not isinstance(query, dict) or not isinstance(query.get("query"), str):
            raise ProblemError(400, "send JSON as the Reconciliation Service API has it.")
        kind = query.get("type") or ""
        kind = kind[0] if isinstance(kind, list) and kind else kind
        limit = query.get("limit") or 5
        if not isinstance(limit, int) or not 0 < limit <= _DEEPEST:
            limit = _DEEPEST
        known = {"country": "", "website": ""} | dict(_conditions(query.get("properties")))
        if kind not in ("", *KINDS):
            return []
        return self._matcher.match(query["query"], kind, known["country"], known["website"], limit)

    def _extension(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        ids, properties = asked.get("ids"), asked.get("properties")
        if not isinstance(ids, list) or not isinstance(properties, list):
            raise ProblemError(400, "send JSON as the Reconciliation Service API has it.")
        _check_number(ids)
        keys = [p["id"] for p in properties if isinstance(p, dict) and p.get("id") in _PROPERTIES]
        rows = {}
        for name in map(str, ids):
            thing = self._matcher.by_id.get(name)
            said = dict(_said(thing)) if thing else {}
            rows[name] = {key: [{"str": said[key]}] if key in said else [] for key in keys}
        return {"meta": [_named(key, _PROPERTIES[key]) for key in keys], "rows": rows}


def _candidate(found: Candidate) -> Mapping[str, Any]:
    return {**_described(found.thing), "score": found.score, "match": found.is_match}


def _described(thing: Thing) -> Mapping[str, Any]:
    kind = [_named(thing.kind, _NAMES[thing.kind])]
    description = thing.country_name if thing.kind == "party" else ""
    return {"id": thing.id, "name": thing.name, "description": description, "type": kind}


def _named(identifier: str, name: str) -> dict[str, str]:
    return {"id": identifier, "name": name}


def _said(thing: Thing) -> Iterable[tuple[str, str]]:
    known = {"country": thing.country_name or thing.country, "website": thing.website}
    return [(key, value) for key in _PROPERTIES if (value := (known | thing.properties).get(key))]


def _conditions(properties: Any) -> Iterable[tuple[str, str]]:
    """Yield what a query says of country and website; a value is a text, or has a name or an id."""
    for each in properties if isinstance(properties, list) else ():
        if isinstance(each, dict) and each.get("pid") in ("country", "website"):
            value = each.get("v")
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, dict):
                value = value.get("name") or str(value.get("id", "")).rpartition("/")[2]
            if isinstance(value, str):
                yield each["pid"], value


def _of_draft(query: Any) -> Any:
    """Return a query of the draft of 1.0 in the form of 0.2."""
    conditions = query.get("conditions") if isinstance(query, dict) else None
    if not isinstance(conditions, list):
        return query
    known = [each for each in conditions if isinstance(each, dict)]
    name = next((c.get("propertyValue") for c in known if c.get("matchType") == "name"), None)
    properties = [
        {"pid": c.get("propertyId"), "v": c.get("propertyValue")}
        for c in known
        if c.get("matchType") == "property"
    ]
    return {**query, "query": name, "properties": properties}


def _check_number(asked: Iterable[Any]) -> None:
    if len(list(asked)) > _MOST:
        raise ProblemError(400, "ask for {limit} names at most.", limit=_MOST)


async def _values(request: Request) -> Mapping[str, str]:
    """Return the parameters of the URL or of the form in the body."""
    if request.method != "POST":
        return dict(request.query_params)
    from urllib.parse import parse_qsl

    body = (await _body(request)).decode("utf-8", "replace")
    return dict(parse_qsl(body, max_num_fields=20))


async def _body(request: Request) -> bytes:
    """Read a body of a bounded size."""
    content = b""
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > _LARGEST:
                raise ProblemError(413, "a request has {limit} bytes at most.", limit=_LARGEST)
    except ClientDisconnect:
        raise ProblemError(400, "the request did not come in.") from None
    return content


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ProblemError(400, "send JSON as the Reconciliation Service API has it.")
    return found
