"""The one table of routes: each kind of IRI that we mint, and the document that describes it.

A resource redirects (303, https://www.w3.org/TR/cooluris/, 4.2) to a document, which exists in each
format. What belongs to a party, such as its endorsements, is a part of the party's document. Python,
Apache, nginx and browsers all understand the regular expressions made from the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ...rdf.namespaces import path_of

_NAME = "[a-z0-9-]+"
_FORMS = {
    "version": r"[0-9]+(?:\.[0-9]+)+",
    "n": "[0-9]+",
    "path": "[a-z0-9/-]+",
    "file": "[A-Za-z0-9_./-]+",
    "country": "[A-Z0-9]{3}",
    "object": "[a-z]+:[A-Za-z0-9/-]+",
}
_VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Route:
    """A kind of IRI: its paths below the base, and the document that describes it.

    Both are templates. A path without a document is the path of a file.
    """

    name: str
    path: str
    document: str = ""

    @property
    def is_file(self) -> bool:
        """Whether the path is the path of a file."""
        return not self.document

    @property
    def is_part(self) -> bool:
        """Whether the document describes another resource, of which this is a part."""
        return bool(self.path) and self.document not in ("", self.path)

    def expression(self, group: str = "(") -> str:
        """Return the regular expression of the paths; of a part, its group is the owner."""

        def form(place: re.Match[str]) -> str:
            found = _FORMS.get(place[1], _NAME)
            return f"{group}{found})" if self.is_part and place[0] in self.document else found

        return _VARIABLE.sub(form, self.path.replace(".", r"\."))

    def target(self, whole: str, party: str, index: str = "index") -> str:
        """Return the document in the syntax of a host, given its references to the match."""
        if not self.path:
            return index
        return _VARIABLE.sub(lambda _: party, self.document) if self.is_part else whole


def _resource(name: str, path: str) -> Route:
    return Route(name, path, path or "index")


ROUTES = (
    _resource("project", ""),
    _resource("ontology", "ns"),
    _resource("version of the ontology", "ns/{version}"),
    _resource("alignments", "ns/align"),
    _resource("shapes", "shapes"),
    _resource("version of the shapes", "shapes/{version}"),
    _resource("code list", "code/{list}"),
    _resource("party", "actor/{party}"),
    _resource("call", "call/{call}"),
    _resource("principle", "call/{call}/principle/{principle}"),
    _resource("public_event", "event/{public_event}"),
    _resource("source", "source/{path}"),
    _resource("claim", "claim/{path}"),
    _resource("registry", "registry/{registry}"),
    _resource("grouping", "grouping/{grouping}"),
    _resource("group", "group/{group}"),
    _resource("activity", "activity/{call}/{principle}"),
    _resource("agent", "agent/{agent}"),
    _resource("dataset", "dataset/{dataset}"),
    _resource("release", "dataset/{dataset}/{version}"),
    Route("endorsement", "endorsement/{call}/{party}/{n}", "actor/{party}"),
    Route("event", "endorsement/{call}/{party}/{n}/event/{event}", "actor/{party}"),
    Route("entry", "registry/{registry}/entry/{party}", "actor/{party}"),
    Route("mapping of a country", "mapping/country/{country}/{object}", "country/{country}"),
    Route("mapping", "mapping/{party}/{object}", "actor/{party}"),
    Route("participation", "group/{group}/participant/{n}", "group/{group}"),
    Route("meeting", "group/{group}/meeting/{day}", "group/{group}"),
    Route("membership", "grouping/{grouping}/member/{country}/{period}", "grouping/{grouping}"),
    Route("context", "context/{context}.jsonld"),
    Route("file of a release", "dataset/{dataset}/{version}/{file}"),
)
RESOURCE_ROUTES = [route for route in ROUTES if not route.is_file]
FILE_ROUTES = [route for route in ROUTES if route.is_file]


@dataclass(frozen=True)
class Target:
    """The target of an IRI: a document, a part of one with this fragment, or a file."""

    route: Route
    document: str
    fragment: str = ""


def find_route(path: str) -> Target | None:
    """Return the target of a path below the base, by its form alone."""
    for route, expression in _expressions().get(path.partition("/")[0], ()):
        found = expression.fullmatch(path)
        if found:
            party = found[1] if route.is_part else ""
            return Target(route, route.target(path, party), path if route.is_part else "")
    return None


@cache
def _expressions() -> dict[str, list[tuple[Route, re.Pattern[str]]]]:
    """Return the expressions of the routes by the first part of their paths, which has no variable."""
    found: dict[str, list[tuple[Route, re.Pattern[str]]]] = {}
    for route in ROUTES:
        first = route.path.partition("/")[0]
        found.setdefault(first, []).append((route, re.compile(route.expression())))
    return found


def find_document(iri: str) -> str | None:
    """Return the document that describes one of our IRIs, including terms such as ``ns#Call``."""
    path = path_of(iri)
    if path is None:
        return None
    target = find_route(path.partition("#")[0])
    return target.document if target else None
