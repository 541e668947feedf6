"""The command ``pariscall addresses``."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from .options import WebFolder, output_file_option

_HOSTS = """\b
Hosts:
  w3id       .htaccess for the permanent address, https://w3id.org/mscall/
  apache     .htaccess for the folder of the site on an Apache
  nginx      what the server block of the site includes
  redirects  _redirects for Netlify, Cloudflare Pages and others like them
  headers    _headers for the same
"""


@click.command(epilog=_HOSTS)
@click.argument("host", type=click.Choice(["w3id", "apache", "nginx", "redirects", "headers"]))
@click.option("--site", type=WebFolder(), help="Where the documents are, for w3id and nginx.")
@output_file_option
def addresses(host: str, site: str | None, out: Path | None) -> None:
    """Write the rules by which a web HOST leads from our IRIs to the documents of a site.

    A thing leads by 303 to the page, or the Turtle, JSON-LD or N-Triples, that is asked for, and to
    406 if it is none of these. Netlify and Cloudflare cannot choose: there it leads to the page.
    """
    from ..io.atomic import write_file
    from ..web.routes.apache import htaccess, w3id
    from ..web.routes.nginx import nginx
    from ..web.routes.static_hosts import headers, redirects

    if host == "w3id" and site is None:
        raise click.UsageError("Say with --site where the documents are.")
    text = {
        "w3id": lambda: w3id(site or ""),
        "apache": htaccess,
        "nginx": lambda: nginx(urlsplit(site).path if site else "/"),
        "redirects": redirects,
        "headers": headers,
    }[host]()
    if out:
        write_file(out, text.encode())
    else:
        click.echo(text, nl=False)
