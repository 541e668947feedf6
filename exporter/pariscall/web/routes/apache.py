"""Redirect rules for Apache: for the permanent address, and for a site in any folder."""

from __future__ import annotations

from ...rdf.namespaces import BASE
from .preferences import PAGE, SUFFIXES, TRANSLATIONS, naming_first, preferences
from .routes import FILE_ROUTES, RESOURCE_ROUTES, Route

_HEAD = f"""\
# Where the IRIs below {BASE} lead: resources to the documents that describe them.
Options -MultiViews
RewriteEngine On
<IfModule mod_headers.c>
  Header always set Access-Control-Allow-Origin "*"
  Header always set Vary "Accept, Accept-Language"
</IfModule>
"""
# A resource can have the name of a folder: that of a call also holds its principles.
_IN_A_SITE = r"""DirectorySlash Off
RewriteOptions AllowNoSlash

# Existing files are served as they are.
RewriteCond %{REQUEST_FILENAME} -f
RewriteRule ^ - [L]

# The folder of these rules, wherever it is.
RewriteCond %{REQUEST_URI}::$0 "^(.*?)([^:]*)::\2$"
RewriteRule ^.*$ - [E=folder:%1]
"""


def w3id(site: str) -> str:
    """Return the ``.htaccess`` of the permanent address (https://github.com/perma-id/w3id.org).

    Args:
        site: the URL of the site, with a slash at its end.
    """
    suffixes = "|".join(suffix.removeprefix(".") for suffix in SUFFIXES.values())
    files = [*(route.expression() for route in FILE_ROUTES), rf"[A-Za-z0-9_./-]+\.(?:{suffixes})"]
    rules = "".join(f"RewriteRule ^({file})$ {site}$1 [R=302,L]\n" for file in files)
    return f"{_HEAD}\n# Files redirect to themselves.\n{rules}{_formats()}{_resources(site)}"


def htaccess() -> str:
    """Return the ``.htaccess`` of a site, for any folder of an Apache."""
    types = "".join(f"AddType {media_type} {suffix}\n" for media_type, suffix in SUFFIXES.items())
    types += "AddCharset utf-8 .html .ttl\n"
    return f"{_HEAD}{types}{_IN_A_SITE}{_formats()}{_resources('%{ENV:folder}')}"


def _formats() -> str:
    choices = "".join(
        "RewriteCond %{ENV:suffix} ^$\n"
        f'RewriteCond %{{HTTP:Accept}} "{expression}"\n'
        f"RewriteRule ^ - [E=suffix:{suffix}]\n"
        for expression, suffix in preferences()
    )
    translations = "".join(
        f"RewriteCond %{{ENV:suffix}} ={PAGE}\n"
        f'RewriteCond %{{HTTP:Accept-Language}} "{naming_first(lang)}"\n'
        f"RewriteRule ^ - [E=suffix:{suffix}]\n"
        for lang, suffix in TRANSLATIONS.items()
    )
    return (
        f"\n# The requested format: the first match.\n{choices}"
        "RewriteCond %{ENV:suffix} ^$\n"
        f"RewriteRule ^ - [R=406,L]\n{translations}"
    )


def _resources(site: str) -> str:
    rules = "".join(_resource(route, site) for route in RESOURCE_ROUTES)
    return f"\n# Resources redirect to the documents that describe them.\n{rules}"


def _resource(route: Route, site: str) -> str:
    target = f"{site}{route.target('$0', '$1')}%{{ENV:suffix}}"
    part, flags = ("#$0", "R=303,NE,L") if route.is_part else ("", "R=303,L")
    return f"RewriteRule ^{route.expression()}$ {target}{part} [{flags}]\n"
