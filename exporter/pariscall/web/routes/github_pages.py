"""Redirects on hosts without rules, such as GitHub Pages: a script of the page 404.html."""

from __future__ import annotations

import json

from .preferences import PAGE, TRANSLATIONS
from .routes import RESOURCE_ROUTES

_SCRIPT = """\
// Redirects the path of a resource to its page, on hosts that answer with 404.html.
"use strict";
const resources = %(resources)s;
const found = resources
  .map(([expression, document]) => {
    const match = location.pathname.match(new RegExp(`^(.*?/)(${expression})$`));
    return match && { folder: match[1], resource: match[2], party: match[3], document };
  })
  .filter(Boolean)
  .sort((one, other) => one.folder.length - other.folder.length)[0];
if (found) {
  const suffix = %(suffix)s;
  const page = found.party
    ? `${found.document.replace("$1", found.party)}${suffix}#${found.resource}`
    : found.resource + suffix;
  location.replace(found.folder + page);
}
"""


def script() -> str:
    """Return the script; it tries the shortest folder below which the path names a resource."""
    resources = [
        [route.expression(), route.target("", "$1")] for route in RESOURCE_ROUTES if route.path
    ]
    written = json.dumps(resources, indent=2)
    translated = "".join(
        f'navigator.language.startsWith("{lang}") ? "{suffix}" : '
        for lang, suffix in TRANSLATIONS.items()
    )
    return _SCRIPT % {"resources": written, "suffix": f'{translated}"{PAGE}"'}
