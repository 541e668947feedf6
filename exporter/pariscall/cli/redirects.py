"""The command ``pariscall redirects``."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from .options import WebFolder, output_file_option
from .screen import echo

_HOSTS = """\b
Hosts:
  w3id             .htaccess for the permanent address, the base of the project
  apache           .htaccess for the folder of the site on Apache
  nginx            lines that the server block of the site includes
  netlify          _redirects for Netlify, Cloudflare Pages and similar hosts
  netlify-headers  _headers for the same hosts

\b
Example:
  pariscall redirects w3id --site https://example.org/calls/ -o .htaccess
"""


@click.command(epilog=_HOSTS)
@click.argument(
    "host", type=click.Choice(["w3id", "apache", "nginx", "netlify", "netlify-headers"])
)
@click.option("--site", type=WebFolder(), help="URL of the site, for w3id and nginx.")
@output_file_option
def redirects(host: str, site: str | None, out: Path | None) -> None:
    """Write web-server redirect rules (IRI to page or RDF) for HOST.

    The IRI of a resource redirects (303) to its page, Turtle, JSON-LD or N-Triples, whichever is
    requested; other media types are answered with 406. Netlify and Cloudflare Pages cannot
    negotiate: there each IRI redirects to the page.
    """
    from ..io.atomic import write_file
    from ..web.routes import static_hosts
    from ..web.routes.apache import htaccess, w3id
    from ..web.routes.nginx import nginx

    if host == "w3id" and site is None:
        raise click.UsageError("Name the URL of the site with --site.")
    text = {
        "w3id": lambda: w3id(site or ""),
        "apache": htaccess,
        "nginx": lambda: nginx(urlsplit(site).path if site else "/"),
        "netlify": static_hosts.redirects,
        "netlify-headers": static_hosts.headers,
    }[host]()
    if out:
        write_file(out, text.encode())
    else:
        echo(text, nl=False, is_data=True)
