"""The command ``pariscall update``."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

import click

from .lists import confirm, list_options, pairs, read_list
from .options import example
from .screen import echo

Pair = tuple[str, str]


@click.command(epilog=example("pariscall update parties-2026-06-01.xlsx"))
@click.argument("source", metavar="LIST")
@click.option(
    "--renamed",
    multiple=True,
    metavar="OLD=NEW",
    help="One party under a new name; may be given several times.",
)
@click.option(
    "--distinct",
    multiple=True,
    metavar="OLD=NEW",
    help="Two parties, though their names are alike; may be given several times.",
)
@click.option("--accept-loss", is_flag=True, help="Accept that more than a third left.")
@list_options
def update(
    source: str,
    *,
    renamed: tuple[str, ...],
    distinct: tuple[str, ...],
    accept_loss: bool,
    is_sure: bool,
    **options: Any,
) -> None:
    """Record who came and who left, from a newer list.

    LIST is a file (.csv, .xlsx or .ods) or a URL. The date of the list is the evidence: who is on it
    came after the list before, and who is not on it left between the two. A name that may be new
    for an old one must be decided. A list that is empty, another page, or lacks more than a third
    of the signatories has vanished: nothing is written.
    """
    from ..errors import MisuseError
    from ..harvest.fetch import is_url
    from ..harvest.lists.changes import Comparison
    from ..harvest.lists.recording import Recorder
    from ..tables.csvw import SIGNATORIES, TABLES, list_of_signatories, read_schema
    from ..tables.listing import read_listing

    path = list_of_signatories(TABLES)
    if path is None:
        raise MisuseError(f"the project has no {SIGNATORIES}. 'pariscall init' starts one with it.")
    schema = read_schema(TABLES)
    listing = read_listing(schema, path)
    reading = read_list(source, options)
    day = options["date"] or (reading.grid.date and datetime.fromisoformat(reading.grid.date))
    if not day:
        raise click.UsageError("The list says no date. Say --date.")
    same, others = pairs("--renamed", renamed), pairs("--distinct", distinct)
    found = Comparison(listing, reading, same, others)
    if not accept_loss:
        found.check_is_the_list()
    if likely := found.likely_renames():
        more, different = _decided(likely)
        found = Comparison(listing, reading, [*same, *more], [*others, *different])
    changes = list(found.changes())
    address = source if is_url(source) else ""
    recorder = Recorder(schema, listing, day.strftime("%Y-%m-%d"), address)
    if changes or not recorder.is_known:
        recorder.check_is_newer()
    for change in changes:
        echo(str(change))
    if recorder.is_known:
        echo(f"{found.before:,} signatories: nothing changed")
        return
    confirm("Write this to the project?", is_sure=is_sure)
    files = recorder.write(changes)
    counts = ", ".join(
        f"{number} {kind}"
        for kind in ("came", "back", "left", "renamed", "changed")
        if (number := sum(change.kind == kind for change in changes))
    )
    echo(f"{found.before:,} signatories before: {counts or 'nothing changed'}; {', '.join(files)}")


def _decided(likely: list[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Ask which pairs are one party; if nobody can answer, report them all.

    Raises:
        MisuseError: if nobody can answer.
    """
    from ..errors import MisuseError

    if not sys.stdin.isatty():
        raise MisuseError(
            *(
                f"{old!r} is gone and {new!r} came: one party, or two? Say --renamed "
                f"'{old}={new}' or --distinct '{old}={new}'."
                for old, new in likely
            ),
            "Nothing was written.",
        )
    renamed: list[Pair] = []
    distinct: list[Pair] = []
    for old, new in likely:
        taken = {name for pair in renamed for name in pair}
        if old in taken or new in taken:
            continue
        is_one = click.confirm(f"Is {new!r} the new name of {old!r}?", err=True)
        (renamed if is_one else distinct).append((old, new))
    return renamed, distinct
