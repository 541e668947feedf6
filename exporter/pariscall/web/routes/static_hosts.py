"""The rules that a site brings along, for whichever host of static files it is put on.

An Apache reads ``.htaccess``; others, such as Netlify and Cloudflare Pages, know less.

They know no Accept header, so a thing leads to its page, which names its other formats. They give
out ``actor/abb.html`` as ``actor/abb`` by themselves; what they are told is where a part leads, and
the types of files.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .apache import htaccess
from .github_pages import script
from .preferences import PAGE, SUFFIXES
from .routes import RESOURCE_ROUTES

_VARIABLE = re.compile(r"\{(\w+)\}")


def redirects() -> str:
    """Write the file ``_redirects`` (https://docs.netlify.com/routing/redirects/)."""
    return "".join(
        f"/{_spell(route.path)} /{_spell(route.document)} 303\n"
        for route in RESOURCE_ROUTES
        if route.is_part
    )


def headers() -> str:
    """Write the file ``_headers`` (https://developers.cloudflare.com/pages/configuration/headers/)."""
    types = "".join(
        f"/*{suffix}\n  Content-Type: {media_type}; charset=utf-8\n"
        for media_type, suffix in SUFFIXES.items()
        if suffix != PAGE
    )
    return f"/*\n  Access-Control-Allow-Origin: *\n  X-Content-Type-Options: nosniff\n{types}"


def _spell(template: str) -> str:
    """Spell the places of a template as these hosts do."""
    return _VARIABLE.sub(r":\1", template)


# The files of the site that hold rules. GitHub Pages leaves out names that begin with an underscore,
# unless it finds .nojekyll.
HOSTING: dict[str, Callable[[], str]] = {
    ".htaccess": htaccess,
    ".nojekyll": str,
    "_headers": headers,
    "_redirects": redirects,
    "assets/addresses.js": script,
}
