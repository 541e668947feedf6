"""Where each thing stands on the site: the document of its IRI, or a part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...rdf.namespaces import BASE, COUNTRY
from .routes import Route, find_route

_COUNTRY = Route("country", "country/{country}", "country/{country}")
_CODE = re.compile("[A-Z0-9]{3}")


@dataclass(frozen=True)
class PageAddress:
    """A document of the site, named without suffix, or the part of it with this id."""

    route: Route
    document: str
    fragment: str = ""


def locate(iri: str) -> PageAddress | None:
    """Tell where an IRI leads on the site; one of another project leads off it.

    Countries are named by the EU Publications Office, and described here.
    """
    if iri.startswith(COUNTRY):
        code = iri.removeprefix(COUNTRY)
        return PageAddress(_COUNTRY, f"country/{code}") if _CODE.fullmatch(code) else None
    if not iri.startswith(BASE):
        return None
    path, _, fragment = iri.removeprefix(BASE).partition("#")
    found_route = find_route(path)
    if found_route is None:
        return None
    return PageAddress(found_route.route, found_route.document, found_route.fragment or fragment)
