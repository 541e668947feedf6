"""Redirect rules for nginx, to include in the ``server`` block of a site."""

from __future__ import annotations

from .preferences import PAGE, SUFFIXES, TRANSLATIONS, naming_first, preferences
from .routes import RESOURCE_ROUTES, Route

_HEADERS = """\
  add_header Access-Control-Allow-Origin "*" always;
  add_header Vary "Accept, Accept-Language" always;
"""


def nginx(folder: str = "/") -> str:
    """Return the lines that the ``server`` block of a site includes.

    Args:
        folder: the path of the site on its host, with a slash at both ends.
    """
    types = "".join(
        f"location ~ \\{suffix}$ {{\n"
        f'  types {{ }}\n  default_type "{media_type}; charset=utf-8";\n{_HEADERS}}}\n'
        for media_type, suffix in SUFFIXES.items()
    )
    resources = "".join(_resource(route, folder) for route in RESOURCE_ROUTES)
    return (
        "# The requested format: the last match.\n"
        f"{_formats()}\n# Resources redirect to the documents that describe them.\n{resources}{types}"
    )


def _formats() -> str:
    choices = "".join(
        f'if ($http_accept ~ "{expression}") {{ set $mscall_suffix "{suffix}"; }}\n'
        for expression, suffix in reversed(preferences())
    )
    translations = "".join(
        f'if ($mscall_page ~ "^\\{PAGE}{naming_first(lang).removeprefix("^")}") '
        f'{{ set $mscall_suffix "{suffix}"; }}\n'
        for lang, suffix in TRANSLATIONS.items()
    )
    return (
        f'set $mscall_suffix "";\n{choices}'
        f'set $mscall_page "$mscall_suffix$http_accept_language";\n{translations}'
    )


def _resource(route: Route, folder: str) -> str:
    target = f"{folder}{route.target('$resource', '$party')}$mscall_suffix"
    part = "#$resource" if route.is_part else ""
    return (
        f'location ~ "^{folder}(?<resource>{route.expression("(?<party>")})$" {{\n'
        '  if ($mscall_suffix = "") { return 406; }\n'
        f'{_HEADERS}  return 303 "$scheme://$http_host{target}{part}";\n'
        "}\n"
    )
