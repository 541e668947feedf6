"""The command ``pariscall addresses``."""

from __future__ import annotations

from pathlib import Path

import click

from .options import WebFolder


@click.command()
@click.argument("host", type=click.Choice(["w3id"]))
@click.option("--site", type=WebFolder(), required=True, help="Where the documents are published.")
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    help="File to write to.  [default: the screen]",
)
def addresses(host: str, site: str, out: Path | None) -> None:  # noqa: ARG001 there is one so far
    """Write the rules by which a web HOST leads from our IRIs to the documents of a site.

    With w3id it is the .htaccess for the folder of the permanent address, https://w3id.org/mscall/:
    a thing leads by 303 to the page, or the Turtle, JSON-LD or N-Triples, that is asked for.
    """
    from ..addresses.w3id import w3id
    from ..files import write_file

    text = w3id(site)
    if out:
        write_file(out, text.encode())
    else:
        click.echo(text, nl=False)
