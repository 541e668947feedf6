"""The rules for hosts of static files, such as Netlify and Cloudflare Pages.

These know no Accept header, so a thing leads to its page, which names its other formats. They give
out ``actor/abb.html`` as ``actor/abb`` by themselves; what they are told is where a part leads, and
the types of files.
"""

from __future__ import annotations

import re

from .kinds import THINGS
from .preferences import PAGE, SUFFIXES

_PLACE = re.compile(r"\{(\w+)\}")


def redirects() -> str:
    """Write the file ``_redirects`` (https://docs.netlify.com/routing/redirects/)."""
    return "".join(
        f"/{_spell(kind.path)} /{_spell(kind.document)} 303\n" for kind in THINGS if kind.is_part
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
    return _PLACE.sub(r":\1", template)
