"""The command ``pariscall init``."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from .lists import confirm, list_options, read_list
from .options import DAY, WebFolder, example
from .screen import echo

# What is asked for, if it was not given and somebody can answer.
_ASKED = {
    "title": "Title of the call",
    "base": "Address where the data begin",
    "launch": "Date of the launch (YYYY-MM-DD)",
    "publisher": "Who publishes the list",
    "date": "Date of the list (YYYY-MM-DD)",
}


@click.command(
    epilog=example("pariscall init charter --from parties.xlsx --title 'Harbour Charter'")
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from", "source", metavar="LIST", help="File (.csv, .xlsx or .ods) or URL of the list."
)
@click.option("--title", metavar="TEXT", help="What the call is called, in English.")
@click.option("--title-fr", metavar="TEXT", help="The same in French, or in French only.")
@click.option("--base", type=WebFolder(), help="Where the addresses of the data begin.")
@click.option("--launch", type=DAY, metavar="DATE", help="Date on which the call was launched.")
@click.option("--publisher", metavar="TEXT", help="Who publishes the list.")
@click.option(
    "--licence",
    default="CC-BY-4.0",
    show_default=True,
    metavar="NAME",
    help="Licence of the data, by its name at spdx.org.",
)
@click.option("--website", metavar="URL", help="Page of the call.  [default: --base]")
@click.option(
    "--action",
    default="",
    metavar="OWNER/REPOSITORY@COMMIT",
    help="Validate by our Action, which is in this repository.  [default: by the command]",
)
@list_options
def init(folder: Path, source: str | None, *, is_sure: bool, **options: Any) -> None:
    """Start a project for a call, from a list of its signatories.

    FOLDER gets the project file, signatories.csv, the tables of the call and its source, a README,
    workflows that validate and publish, and a hook for pre-commit. Columns are found by their
    names in English or French, and by what they hold; what was understood is shown before
    anything is written. A cell without one clear sense is a problem with its row and column, and
    nothing is written. Files that are there are never replaced.
    """
    from ..errors import relative
    from ..harvest.fetch import is_url
    from ..harvest.lists.new_project import NewProject, check_signatories, write_project

    reading = read_list(source, options) if source else None
    if reading and reading.grid.date and not options["date"]:
        options["date"] = datetime.fromisoformat(reading.grid.date)
    _complete(options)
    titles = {"en": options["title"], "fr": options["title_fr"]}
    project = NewProject(
        titles={lang: title for lang, title in titles.items() if title},
        base=options["base"],
        launched=_iso(options["launch"]),
        listed=_iso(options["date"]),
        publisher=options["publisher"],
        licence=options["licence"],
        website=options["website"] or options["base"],
        list_address=source if source and is_url(source) else "",
        action=options["action"],
    )
    project.check()
    if reading:
        check_signatories(reading, project.launched, project.listed)
        confirm(f"Write the project to {relative(folder)}?", is_sure=is_sure)
    files = write_project(folder, project, reading.records if reading else [])
    echo(f"{relative(folder)}: {len(files)} files written, of a list of {project.listed}")


def _complete(options: dict[str, Any]) -> None:
    """Ask for what is missing, or report all of it if nobody can answer."""
    missing = [name for name in _ASKED if not options[name]]
    if options["title_fr"]:
        missing = [name for name in missing if name != "title"]
    if missing and not sys.stdin.isatty():
        names = ", ".join(f"--{name}" for name in missing)
        raise click.UsageError(f"Say also {names}.")
    for name in missing:
        kind = {"base": WebFolder(), "launch": DAY, "date": DAY}.get(name)
        options[name] = click.prompt(_ASKED[name], type=kind, err=True)


def _iso(day: date) -> str:
    return day.strftime("%Y-%m-%d")
