"""Answers to the Reconciliation Service API, written by a worker: nobody else waits for them.

What a stranger sends is read here as well, so that whatever it does, it does to a worker.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from ...query.matching import KINDS, Candidate, Matcher, Thing
from .refusal import RefusedError

MOST = 100  # queries or identifiers in a request
KIND_NAMES = {"party": "Party", "country": "Country", "call": "Call"}
PROPERTIES = {
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
_JSON, _HTML = "application/json", "text/html; charset=utf-8"
_DEEPEST = 50  # candidates for a query
_USUAL = 5
_NOT_JSON = "send JSON as the Reconciliation Service API has it."


@dataclass(frozen=True)
class ReconcileRequest:
    """What is asked (``queries``, ``match``, ``extend``, ``entity`` or ``preview``), and of what.

    ``text`` is JSON, the beginning of a name or an identifier. ``lang`` is the language of a refusal.
    """

    what: str
    text: str
    lang: str = "en"


class Reconciler:
    """Answers requests about the things that a matcher knows."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._by_id = matcher.by_id

    def answer(self, request: ReconcileRequest) -> tuple[str, bytes]:
        """Return the media type and the content of an answer.

        Raises:
            RefusedError: if it is not asked as the API has it.
        """
        if request.what == "preview":
            return _HTML, self._preview(request.text).encode()
        answers = {
            "queries": self._results,
            "match": self._matches,
            "extend": self._extension,
            "entity": self._suggestions,
        }
        # What is not ASCII is escaped: a key may be half of a pair of surrogates.
        return _JSON, json.dumps(answers[request.what](request.text)).encode()

    def _results(self, text: str) -> Mapping[str, Any]:
        queries = _object(text)
        _check_number(queries)
        return {
            key: {"result": [_candidate(each) for each in self._found(query)]}
            for key, query in queries.items()
        }

    def _matches(self, text: str) -> Mapping[str, Any]:
        """Return the answers to queries in the form of the draft of 1.0."""
        queries = _object(text).get("queries")
        if not isinstance(queries, list):
            raise RefusedError(400, _NOT_JSON)
        _check_number(queries)
        found = [self._found(_of_draft(query)) for query in queries]
        return {"results": [{"candidates": [_candidate(c) for c in each]} for each in found]}

    def _found(self, query: Any) -> list[Candidate]:
        """Return the candidates of a query: its text, type, and what it says of country and website."""
        if not isinstance(query, dict) or not isinstance(query.get("query"), str):
            raise RefusedError(400, _NOT_JSON)
        kind = query.get("type") or ""
        kind = kind[0] if isinstance(kind, list) else kind
        limit = query.get("limit") or _USUAL
        if not isinstance(limit, int) or not 0 < limit <= _DEEPEST:
            limit = _DEEPEST
        known = {"country": "", "website": ""} | dict(_conditions(query.get("properties")))
        if kind not in ("", *KINDS):
            return []
        return self._matcher.match(query["query"], kind, known["country"], known["website"], limit)

    def _extension(self, text: str) -> Mapping[str, Any]:
        asked = _object(text)
        ids, properties = asked.get("ids"), asked.get("properties")
        if not isinstance(ids, list) or not isinstance(properties, list):
            raise RefusedError(400, _NOT_JSON)
        _check_number(ids)
        wanted = [str(each.get("id")) for each in properties if isinstance(each, dict)]
        keys = [key for key in dict.fromkeys(wanted) if key in PROPERTIES]
        rows = {}
        for name in map(str, ids):
            thing = self._by_id.get(name)
            said = dict(_said(thing)) if thing else {}
            rows[name] = {key: [{"str": said[key]}] if key in said else [] for key in keys}
        return {"meta": [named(key, PROPERTIES[key]) for key in keys], "rows": rows}

    def _suggestions(self, prefix: str) -> Mapping[str, Any]:
        return {"result": [_described(thing) for thing in self._matcher.suggest(prefix)]}

    def _preview(self, identifier: str) -> str:
        """Return a small page on a thing."""
        thing = self._by_id.get(identifier)
        if thing is None:
            raise RefusedError(404, "nothing is described here.")
        lines = [
            f"<dt>{PROPERTIES[key]}</dt><dd>{escape(value)}</dd>" for key, value in _said(thing)
        ]
        head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>'
        body = f"<h1>{escape(thing.name)}</h1><dl>{''.join(lines)}</dl>"
        return f"{head}{escape(thing.name)}</title>{body}</html>"


def named(identifier: str, name: str) -> dict[str, str]:
    """Return a type or a property as the API writes it."""
    return {"id": identifier, "name": name}


def _candidate(found: Candidate) -> Mapping[str, Any]:
    return {**_described(found.thing), "score": found.score, "match": found.is_match}


def _described(thing: Thing) -> Mapping[str, Any]:
    kind = [named(thing.kind, KIND_NAMES[thing.kind])]
    description = thing.country_name if thing.kind == "party" else ""
    return {"id": thing.id, "name": thing.name, "description": description, "type": kind}


def _said(thing: Thing) -> Iterable[tuple[str, str]]:
    known = {"country": thing.country_name or thing.country, "website": thing.website}
    return [(key, value) for key in PROPERTIES if (value := (known | thing.properties).get(key))]


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


def _check_number(asked: Mapping[str, Any] | list[Any]) -> None:
    if len(asked) > MOST:
        raise RefusedError(400, "ask for {limit} names at most.", limit=MOST)


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RefusedError(400, _NOT_JSON)
    return found
