"""The rules for hosts that know none, such as GitHub Pages: a script of the page for what is missing."""

from __future__ import annotations

import json

from .preferences import PAGE, PAGE_FR
from .routes import RESOURCE_ROUTES

_SCRIPT = """\
// Leads from the path of a thing to the page that describes it, on hosts that answer with 404.html.
"use strict";
const things = %(things)s;
const found = things
  .map(([expression, document]) => {
    const match = location.pathname.match(new RegExp(`^(.*?/)(${expression})$`));
    return match && { folder: match[1], thing: match[2], party: match[3], document };
  })
  .filter(Boolean)
  .sort((one, other) => one.folder.length - other.folder.length)[0];
if (found) {
  const suffix = navigator.language.startsWith("fr") ? "%(french)s" : "%(page)s";
  const page = found.party
    ? `${found.document.replace("$1", found.party)}${suffix}#${found.thing}`
    : found.thing + suffix;
  location.replace(found.folder + page);
}
"""


def script() -> str:
    """Write the script, which takes the shortest folder below which the path is that of a thing."""
    resources = [
        [route.expression(), route.target("", "$1")] for route in RESOURCE_ROUTES if route.path
    ]
    written = json.dumps(resources, indent=2)
    return _SCRIPT % {"things": written, "page": PAGE, "french": PAGE_FR}
