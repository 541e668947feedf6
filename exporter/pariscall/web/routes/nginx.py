"""The rules for nginx, to be included in the ``server`` block of a site."""

from __future__ import annotations

from .preferences import FRENCH, PAGE, PAGE_FR, SUFFIXES, preferences
from .routes import THINGS, Kind

_HEADERS = """\
  add_header Access-Control-Allow-Origin "*" always;
  add_header Vary "Accept, Accept-Language" always;
"""


def nginx(folder: str = "/") -> str:
    """Write what the ``server`` block of a site includes.

    Args:
        folder: the path of the site on its host, with a slash at both ends.
    """
    types = "".join(
        f"location ~ \\{suffix}$ {{\n"
        f'  types {{ }}\n  default_type "{media_type}; charset=utf-8";\n{_HEADERS}}}\n'
        for media_type, suffix in SUFFIXES.items()
    )
    things = "".join(_thing(kind, folder) for kind in THINGS)
    return (
        "# The format that is asked for: the last that matches.\n"
        f"{_formats()}\n# Things lead to the documents that describe them.\n{things}{types}"
    )


def _formats() -> str:
    french = FRENCH.removeprefix("^")
    choices = "".join(
        f'if ($http_accept ~ "{expression}") {{ set $mscall_suffix "{suffix}"; }}\n'
        for expression, suffix in reversed(preferences())
    )
    return (
        f'set $mscall_suffix "";\n{choices}'
        'set $mscall_page "$mscall_suffix$http_accept_language";\n'
        f'if ($mscall_page ~ "^\\{PAGE}{french}") {{ set $mscall_suffix "{PAGE_FR}"; }}\n'
    )


def _thing(kind: Kind, folder: str) -> str:
    target = f"{folder}{kind.target('$thing', '$party')}$mscall_suffix"
    part = "#$thing" if kind.is_part else ""
    return (
        f'location ~ "^{folder}(?<thing>{kind.expression("(?<party>")})$" {{\n'
        '  if ($mscall_suffix = "") { return 406; }\n'
        f'{_HEADERS}  return 303 "$scheme://$http_host{target}{part}";\n'
        "}\n"
    )
