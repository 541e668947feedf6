"""The command ``pariscall fmt``."""

from __future__ import annotations

from pathlib import Path

import click

from .folders import with_its_project
from .options import example
from .screen import echo

_FOUND = 1


@click.command(epilog=example("pariscall fmt", "pariscall fmt --check data"))
@click.argument(
    "folder",
    type=click.Path(path_type=Path),
    required=False,
    callback=lambda _context, _parameter, folder: with_its_project(folder),
    is_eager=True,
)
@click.option(
    "--check", is_flag=True, help="Change nothing; exit with 1 if something would change."
)
@click.pass_context
def fmt(context: click.Context, folder: Path | None, *, check: bool) -> None:
    """Put the tables of a project into their one right form.

    FOLDER is a project or a folder of tables; without it, they are those of the project. Rows come in
    the order of their keys, and equal rows become one. Cells whose column has a form lose the space
    around them; dates become YYYY-MM-DD, and codes get their case. Texts are left as they are. In a
    list of signatories, countries become codes too, and rows come in the order of their
    identifiers. Each change is printed, with the line that the cell had before; all tables are
    written, or none.
    """
    from ..errors import MisuseError, relative
    from ..tables.csvw import TABLES, list_of_signatories, read_schema
    from ..tables.repair import repair_tables

    tables = folder or TABLES
    if not tables.is_dir():
        raise MisuseError(f"{relative(tables)}: there is no such folder. Name a project.")
    signatories = list_of_signatories(tables)
    changes = repair_tables(read_schema(tables), signatories, is_check=check)
    for change in changes:
        echo(change)
    noun = "change" if len(changes) == 1 else "changes"
    echo(f"{len(changes):,} {noun}{' to make' if check else ''}", err=True)
    if check and changes:
        context.exit(_FOUND)
