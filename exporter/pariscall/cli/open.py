"""The command ``pariscall open``."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors import MisuseError, relative
from .find import parties_on
from .options import example
from .screen import echo


@click.command(
    "open", epilog=example("pariscall open", "pariscall open microsoft --lang fr --print")
)
@click.argument("name", required=False)
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Site on this disk, as 'pariscall site' writes it.  [default: build/site, if it exists, or "
    "else the site.address of the project]",
)
@click.option("--lang", help="Language of the page.  [default: the first one of the site]")
@click.option("--print", "is_printed", is_flag=True, help="Print the address only.")
def open_page(name: str | None, site: Path | None, lang: str | None, *, is_printed: bool) -> None:
    """Open the page of a party, or the first page, in the browser.

    NAME is as in 'pariscall show'.
    """
    import webbrowser

    from ..query.finding import find_party
    from ..rdf.namespaces import BASE
    from ..web.routes.pages import locate
    from ..web.routes.preferences import PAGE_SUFFIXES

    suffix = PAGE_SUFFIXES.get(lang or next(iter(PAGE_SUFFIXES)))
    if suffix is None:
        known = ", ".join(PAGE_SUFFIXES)
        raise MisuseError(f"the site has no language {lang!r}. Choose from {known}.")
    page = "index"
    if name:
        found = locate(f"{BASE}actor/{find_party(parties_on(None), name).id}")
        page = found.document if found else page
    address = _address(site, page + suffix)
    echo(address)
    if not is_printed and not webbrowser.open(address):
        raise MisuseError("no browser could be opened. Open the address above, or use --print.")


def _address(site: Path | None, page: str) -> str:
    """Return the address of a page: a file of the folder, or below the address of the project."""
    from ..project import current

    folder = site or Path("build/site")
    if (folder / page).is_file():
        return (folder / page).resolve().as_uri()
    if site or not current().site.address:
        problem = f"{relative(folder)} has no page {page}"
        raise MisuseError(f"{problem}. Write the site with 'pariscall site -o {folder}'.")
    return f"{current().site.address}{page}"
