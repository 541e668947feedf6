"""The rule files that every site contains, for any static host.

Apache reads ``.htaccess``. Netlify and Cloudflare Pages read ``_redirects`` and ``_headers``; they
do not read the Accept header, so a resource leads to its page, which links its other formats. They
serve ``actor/abb.html`` as ``actor/abb`` without a rule; the rules add the parts and the media types.
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
    """Return the file ``_redirects`` (https://docs.netlify.com/routing/redirects/)."""
    return "".join(
        f"/{_placeholders(route.path)} /{_placeholders(route.document)} 303\n"
        for route in RESOURCE_ROUTES
        if route.is_part
    )


def headers() -> str:
    """Return the file ``_headers`` (https://developers.cloudflare.com/pages/configuration/headers/)."""
    types = "".join(
        f"/*{suffix}\n  Content-Type: {media_type}; charset=utf-8\n"
        for media_type, suffix in SUFFIXES.items()
        if suffix != PAGE
    )
    return f"/*\n  Access-Control-Allow-Origin: *\n  X-Content-Type-Options: nosniff\n{types}"


def _placeholders(template: str) -> str:
    """Return a template in the syntax of these hosts."""
    return _VARIABLE.sub(r":\1", template)


# The rule files of the site. GitHub Pages skips names that begin with an underscore unless there is
# a file .nojekyll.
HOSTING: dict[str, Callable[[], str]] = {
    ".htaccess": htaccess,
    ".nojekyll": str,
    "_headers": headers,
    "_redirects": redirects,
    "assets/addresses.js": script,
}
