"""Options that mean the same in every command."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

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


class WebFolder(click.ParamType[str]):
    """The address of a folder on the web, which gets the slash at its end if it has none."""

    name = "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse what is not an address to which a path can be appended."""
        if not re.fullmatch(r"https?://[^\s/?#\"<>\\@]+(/[^\s?#\"<>\\]*)?", value):
            self.fail(
                f"{value!r} is not a web address, as https://example.org/data/ is.", param, ctx
            )
        return f"{value.rstrip('/')}/"
