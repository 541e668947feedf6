"""The rules of the permanent address: an ``.htaccess`` for https://w3id.org, which is an Apache."""

from __future__ import annotations

from .kinds import KINDS, Kind
from .preferences import FRENCH, PAGE, PAGE_FR, SUFFIXES, preferences

_HEAD = """\
# https://w3id.org/mscall/ : who endorses the calls for security in cyberspace, as linked data.
# Written by `pariscall addresses w3id --site {site}`.
Options -MultiViews
RewriteEngine On
<IfModule mod_headers.c>
  Header always set Access-Control-Allow-Origin "*"
  Header always set Vary "Accept, Accept-Language"
</IfModule>

# Files lead to themselves.
"""


def w3id(site: str) -> str:
    """Write the rules that lead from the permanent address to a site.

    Args:
        site: the address of the site, with the slash at its end.
    """
    lines = [_HEAD.format(site=site)]
    suffixes = "|".join(suffix.removeprefix(".") for suffix in SUFFIXES.values())
    files = [kind.path for kind in KINDS if kind.file]
    files.append(rf"[A-Za-z0-9_./-]+\.(?:{suffixes})")
    lines += [f"RewriteRule ^({path})$ {site}$1 [R=302,L]\n" for path in files]
    lines.append("\n# The format that is asked for: the first that matches.\n")
    for expression, suffix in preferences():
        lines.append("RewriteCond %{ENV:suffix} ^$\n")
        lines.append(f'RewriteCond %{{HTTP:Accept}} "{expression}"\n')
        lines.append(f"RewriteRule ^ - [E=suffix:{suffix}]\n")
    lines.append("RewriteCond %{ENV:suffix} ^$\nRewriteRule ^ - [R=406,L]\n")
    lines.append(f"RewriteCond %{{ENV:suffix}} ={PAGE}\n")
    lines.append(f'RewriteCond %{{HTTP:Accept-Language}} "{FRENCH}"\n')
    lines.append(f"RewriteRule ^ - [E=suffix:{PAGE_FR}]\n")
    lines.append("\n# Things lead to the documents that describe them.\n")
    lines += [_redirect(kind, site) for kind in KINDS if not kind.file]
    return "".join(lines)


def _redirect(kind: Kind, site: str) -> str:
    document = "actor/$1" if kind.party else "$0" if kind.path else "index"
    target = f"{site}{document}%{{ENV:suffix}}"
    if not kind.party:
        return f"RewriteRule {kind.pattern} {target} [R=303,L]\n"
    return f"RewriteRule {kind.pattern} {target}#$0 [R=303,NE,L]\n"
