"""Options that mean the same in every command."""

from __future__ import annotations

from pathlib import Path

import click

tables_option = click.option(
    "--tables",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of tables with their csv-metadata.json, in place of the bundled ones.",
)

as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda _context, _option, day: day and day.date(),
    metavar="DATE",
    help="What the registry listed on this day (YYYY-MM-DD).  [default: the last day known]",
)
