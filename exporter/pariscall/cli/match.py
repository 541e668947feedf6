"""The command ``pariscall match``."""

from __future__ import annotations

from pathlib import Path

import click

from .options import example
from .screen import echo


@click.command(
    epilog=example(
        "pariscall match members.csv > candidates.csv",
        "pariscall match members.csv --name Organisation --country Land --best",
    )
)
@click.argument("file", metavar="LIST", type=click.Path(path_type=Path))
@click.option("--name", default="name", show_default=True, help="Column of the names.")
@click.option("--country", default="country", show_default=True, help="Column of the countries.")
@click.option("--website", default="website", show_default=True, help="Column of the websites.")
@click.option(
    "--limit",
    type=click.IntRange(1, 50),
    default=3,
    show_default=True,
    help="Candidates for a row at most.",
)
@click.option("--best", is_flag=True, help="Print sure matches only, at most one a row.")
def match(  # noqa: PLR0913 one for each option
    file: Path, name: str, country: str, website: str, limit: int, *, best: bool
) -> None:
    """Find the parties that a list of your own means.

    LIST is CSV, an .xlsx workbook or an .ods sheet. Prints a CSV with its rows and, for each candidate, its IRI, its name, a score from 0 to
    100 and whether it is surely meant; a row without a candidate has empty cells. A country (a code or a
    name) and a website make the score better or worse; their columns may be missing. OpenRefine asks
    the same at /reconcile of 'pariscall serve'.
    """
    from ..query.match_list import match_list

    echo(match_list(file, (name, country, website), 1 if best else limit, is_sure=best), nl=False)
