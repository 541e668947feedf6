"""The command ``pariscall update``."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from .lists import confirm, list_options, pairs, read_list
from .options import example, summary_options
from .screen import echo

if TYPE_CHECKING:
    from ..harvest.lists.changes import Change
    from .reporter import Reporter

Pair = tuple[str, str]
_KINDS = ("came", "back", "left", "renamed", "changed")


@dataclass(frozen=True)
class UpdateSummary:
    """What a newer list changed: the numbers of each kind, and the files that were written."""

    day: str
    before: int
    came: int
    back: int
    left: int
    renamed: int
    changed: int
    files: list[str]
    seconds: float


@click.command(
    epilog=example(
        "pariscall update parties-2026-06-01.xlsx",
        "pariscall update parties-2026-06-01.xlsx --yes --quiet --json",
    )
)
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
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="[NAME=]COLUMN",
    help="Take over new values of a column (kind, website), of all or of one signatory; may be "
    "given several times.",
)
@click.option(
    "--keep",
    "kept",
    multiple=True,
    metavar="[NAME=]COLUMN",
    help="Keep the values of the project in a column (country, category, kind, website), of all or "
    "of one signatory; may be given several times.",
)
@click.option("--accept-loss", is_flag=True, help="Accept that more than a third left.")
@list_options
@summary_options
def update(  # noqa: PLR0913 one for each option
    source: str,
    *,
    renamed: tuple[str, ...],
    distinct: tuple[str, ...],
    accepted: tuple[str, ...],
    kept: tuple[str, ...],
    accept_loss: bool,
    is_sure: bool,
    reporter: Reporter,
    **options: Any,
) -> None:
    """Record who came and who left, from a newer list.

    LIST is a file (.csv, .xlsx or .ods) or a URL. The date of the list is the evidence: who is on it
    came after the list before, and who is not on it left between the two. A name that may be new
    for an old one must be decided. Another category or country is an event between the two dates;
    another kind or website must be accepted or kept; another day of signature is told, and that of
    the project stays. A list that is empty, another page, or lacks more than a third of the
    signatories has vanished: nothing is written.
    """
    from ..errors import MisuseError
    from ..harvest.fetch import is_url
    from ..harvest.lists.changes import Comparison, Decisions
    from ..harvest.lists.recording import Recorder
    from ..tables.csvw import SIGNATORIES, TABLES, list_of_signatories, read_schema
    from ..tables.listing import read_listing

    path = list_of_signatories(TABLES)
    if path is None:
        raise MisuseError(f"the project has no {SIGNATORIES}. 'pariscall init' starts one with it.")
    schema = read_schema(TABLES)
    listing = read_listing(schema, path)
    reading = read_list(source, options, reporter.progress)
    day = options["date"] or (reading.grid.date and datetime.fromisoformat(reading.grid.date))
    if not day:
        raise click.UsageError("The list says no date. Say --date.")
    decisions = Decisions(
        pairs("--renamed", renamed),
        pairs("--distinct", distinct),
        [_cell(each) for each in accepted],
        [_cell(each) for each in kept],
    )
    found = Comparison(listing, reading, decisions)
    if not accept_loss:
        found.check_is_the_list()
    if likely := found.likely_renames():
        same, others = _decided(likely)
        decisions = replace(
            decisions,
            renamed=[*decisions.renamed, *same],
            distinct=[*decisions.distinct, *others],
        )
        found = Comparison(listing, reading, decisions)
    if undecided := found.undecided():
        more = _not_accepted(undecided)
        found = Comparison(listing, reading, replace(decisions, kept=[*decisions.kept, *more]))
    # The changes are the result in words; beside an object they are progress.
    tell = reporter.progress if reporter.as_json else echo
    for line in found.other_days():
        tell(f"{line} (that of the project stays)")
    changes = list(found.changes())
    address = source if is_url(source) else ""
    recorder = Recorder(schema, listing, day.strftime("%Y-%m-%d"), address)
    if changes or not recorder.is_known:
        recorder.check_is_newer()
    for change in changes:
        tell(str(change))
    files = []
    if not recorder.is_known:
        confirm("Write this to the project?", is_sure=is_sure)
        files = recorder.write(changes)
    numbers = {kind: sum(change.kind == kind for change in changes) for kind in _KINDS}
    counts = ", ".join(f"{number} {kind}" for kind, number in numbers.items() if number)
    reporter.finish(
        source,
        UpdateSummary(
            day=day.strftime("%Y-%m-%d"),
            before=found.before,
            files=files,
            seconds=reporter.seconds,
            **numbers,
        ),
        f"{found.before:,} signatories before: {counts or 'nothing changed'}; {', '.join(files)}"
        if files
        else f"{found.before:,} signatories: nothing changed",
    )


def _cell(given: str) -> tuple[str, str]:
    """Return the signatory and the column of ``NAME=COLUMN``, or of ``COLUMN`` for all."""
    name, _, column = given.rpartition("=")
    return name.strip(), column.strip()


def _not_accepted(undecided: list[Change]) -> list[tuple[str, str]]:
    """Ask which new values are taken over, and return the cells of the others.

    Raises:
        MisuseError: if nobody can answer.
    """
    from ..errors import MisuseError

    cells = [(change, *cell) for change in undecided for cell in change.cells.items()]
    if not sys.stdin.isatty():
        raise MisuseError(
            *(
                f"{_name(change)!r}: the {column} is {change.former(column)!r}, and {value!r} on the "
                f"list. Say --accept '{_name(change)}={column}' or --keep '{_name(change)}={column}'."
                for change, column, value in cells
            ),
            "Nothing was written.",
        )
    return [
        (_name(change), column)
        for change, column, value in cells
        if not click.confirm(
            f"{_name(change)}: take the {column} {value!r} for {change.former(column)!r}?", err=True
        )
    ]


def _name(change: Change) -> str:
    """Return the name that the project has for a signatory."""
    return change.signatory["name"] if change.signatory else ""


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
