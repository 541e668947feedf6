"""The page of each IRI on the site: a document, or a part of one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...rdf.namespaces import COUNTRY, path_of
from .routes import Route, find_route

_COUNTRY = Route("country", "country/{country}", "country/{country}")
_CODE = re.compile("[A-Z0-9]{3}")


@dataclass(frozen=True)
class PageAddress:
    """A document of the site, without its suffix, or the part of it with this id."""

    route: Route
    document: str
    fragment: str = ""


def locate(iri: str) -> PageAddress | None:
    """Return the page of an IRI, or None if the IRI is not described on the site.

    Countries have IRIs of the EU Publications Office and are described here.
    """
    if iri.startswith(COUNTRY):
        code = iri.removeprefix(COUNTRY)
        return PageAddress(_COUNTRY, f"country/{code}") if _CODE.fullmatch(code) else None
    below = path_of(iri)
    if below is None:
        return None
    path, _, fragment = below.partition("#")
    target = find_route(path)
    if target is None:
        return None
    return PageAddress(target.route, target.document, target.fragment or fragment)
