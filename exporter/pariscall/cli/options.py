"""Options that mean the same in every command."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

tables_option = click.option(
    "--tables",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of tables with their csv-metadata.json, in place of the bundled ones.",
)

output_file_option = click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    help="File to write to.  [default: the screen]",
)

data_option = click.option(
    "--data",
    "files",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Take this RDF file in place of the bundled graph; may be given several times.",
)

as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda _context, _option, day: day and day.date(),
    metavar="DATE",
    help="What the registry listed on this day (YYYY-MM-DD).  [default: the last day known]",
)


def output_folder_option(default: str, text: str) -> Callable[[F], F]:
    """Make the option that names the folder to write to, which is made if it is not there."""
    return click.option(
        "-o",
        "--output",
        "out",
        type=click.Path(path_type=Path),
        default=Path(default),
        show_default=True,
        help=text,
    )


def refuse_two_graphs(files: tuple[Path, ...], as_of: date | None) -> None:
    """Refuse --data together with --as-of, since each of them names the graph.

    Raises:
        click.UsageError: if both are given.
    """
    if files and as_of:
        raise click.UsageError("Name either --data or --as-of, not both.")


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
