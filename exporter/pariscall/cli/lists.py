"""What ``init`` and ``update`` share: how a list is read, what was understood, and a question."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .options import DAY
from .screen import echo

if TYPE_CHECKING:
    from ..harvest.lists.reading import Choices, Reading
    from ..io.progress import Progress

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--date",
        type=DAY,
        metavar="DATE",
        help="Date of the list.  [default: that in its name, or that of the file or the answer]",
    ),
    click.option("--sheet", metavar="NAME", help="Sheet of a workbook that has several."),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="COLUMN=NAME",
        help="Which column is which, such as name=Organisation; may be given several times.",
    ),
    click.option(
        "--category",
        "categories",
        multiple=True,
        metavar="TEXT=CODE",
        help="What a category means, such as Academia=civil-society.",
    ),
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        metavar="TEXT=CODE",
        help="What a kind of organisation means, such as Ltd=company.",
    ),
    click.option(
        "--dates",
        type=click.Choice(["day-first", "month-first"]),
        help="How dates such as 03/04/2026 are meant.",
    ),
    click.option("--yes", "is_sure", is_flag=True, help="Write without asking."),
)


def list_options(command: F) -> F:
    """Add the options that say how a list is to be read."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _say(line: str) -> None:
    echo(line, err=True)


def read_list(source: str, options: dict[str, Any], progress: Progress = _say) -> Reading:
    """Read a list as the options say, and show what was understood.

    Raises:
        WebError, TableError, MisuseError: as ``read_grid`` and ``read_signatories``.
    """
    from ..harvest.lists.reading import read_signatories
    from ..harvest.lists.source import read_grid

    grid, form = read_grid(source, options["sheet"])
    reading = read_signatories(grid, form, _choices(options))
    progress(f"{grid.name}: {len(reading.records):,} signatories")
    understood = list(reading.understood())
    widths = [max(len(cells[at]) for cells in understood) for at in (0, 1)]
    for name, column, summary in understood:
        line = f"  {name:<{widths[0]}}  {column:<{widths[1]}}  {summary}"
        progress(line.rstrip())
    if reading.completed:
        progress(f"  https:// was put before {reading.completed:,} websites without it")
    return reading


def _choices(options: dict[str, Any]) -> Choices:
    from ..harvest.lists.reading import Choices

    coded = {"category": options["categories"], "kind": options["kinds"]}
    return Choices(
        columns=dict(pairs("--column", options["columns"])),
        codes={
            (column, text): code
            for column, given in coded.items()
            for text, code in pairs(f"--{column}", given)
        },
        dates=options["dates"],
    )


def pairs(option: str, given: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what is before and after the equals sign in each value of an option.

    Raises:
        click.UsageError: if a value has none.
    """
    for value in given:
        if "=" not in value:
            raise click.UsageError(f"{option} {value!r} has no '='. Write it as in --help.")
    divided = [value.partition("=") for value in given]
    return [(before.strip(), after.strip()) for before, _, after in divided]


def confirm(question: str, *, is_sure: bool) -> None:
    """Ask whether to go on, unless that was said before.

    Raises:
        click.UsageError: if nobody can answer.
        click.Abort: if the answer is no.
    """
    if is_sure:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("Nothing was written. Say --yes to write what was understood.")
    click.confirm(question, abort=True, err=True)
