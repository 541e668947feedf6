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
