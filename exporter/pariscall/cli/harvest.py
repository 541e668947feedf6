"""The command ``pariscall harvest``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import DAY, example, summary_options
from .screen import echo

if TYPE_CHECKING:
    from ..harvest.update import Difference
    from .reporter import Reporter


@dataclass(frozen=True)
class HarvestSummary:
    """What a harvest of the registry found, and the commit that it read."""

    commit: str
    day: str
    supporters: int
    new: int
    seconds: float


@dataclass(frozen=True)
class Comparison:
    """What the list of the website says otherwise than the tables, and whether it was written."""

    listed: int
    new: int
    gone: int
    changed: int
    differences: list[Difference]
    written: bool
    seconds: float


@click.group(epilog=example("pariscall harvest registry registry.bundle"))
def harvest() -> None:
    """Rewrite the tables from the official registry."""


_tables_option = click.option(
    "--tables",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of tables to rewrite.  [default: data/ of the source checkout]",
)


def to_rewrite(folder: Path | None) -> Path:
    """Return the folder of tables to rewrite: the one named, or that of the project.

    Raises:
        MisuseError: if that would be the bundled one of an installed package, or a copy.
    """
    from .. import bundle
    from ..errors import MisuseError
    from ..tables.copies import address_of
    from ..tables.csvw import TABLES

    if folder and (address := address_of(folder)):
        raise MisuseError(f"{address}: name a folder of this machine to rewrite with --tables.")
    if folder is None and bundle.TABLES == TABLES and not bundle.is_checkout():
        raise MisuseError("name the folder of tables to rewrite with --tables.")
    return folder or TABLES


@harvest.command(
    epilog=example(
        "pariscall harvest registry ../pariscall.international --commit main",
        "pariscall harvest registry registry.bundle --quiet --json",
    )
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--commit", help="Commit or branch to read.  [default: what is checked out]")
@_tables_option
@summary_options
def registry(path: Path, *, commit: str | None, folder: Path | None, reporter: Reporter) -> None:
    """Rewrite the tables from the registry's git history.

    PATH is a clone of the registry's repository, or a git bundle of one. The whole history is
    read: who was listed, renamed, moved or removed, and when. New supporters get a permanent
    identifier in identifiers.csv. Corrected values are in corrections.csv, decisions made by hand
    in decisions.csv. Harvesting the same commit again changes no byte. Twitter, LinkedIn and the
    supporters' own statements are not copied.
    """
    from ..errors import relative
    from ..harvest.registry import harvest_registry
    from ..io.progress import Detail
    from ..tables.checks import check_tables
    from ..tables.csvw import read_schema

    folder = to_rewrite(folder)
    found = harvest_registry(path, folder, commit, reporter.progress)
    check_tables(read_schema(folder))
    reporter.progress(Detail("tables: checked"))
    summary = HarvestSummary(*found.commit, found.supporters, found.new, reporter.seconds)
    reporter.finish(
        folder,
        summary,
        f"{found.supporters:,} supporters at commit {found.commit.sha[:7]} of {found.commit.day}, "
        f"{found.new:,} of them new, written to {relative(folder)}",
    )


@harvest.command(
    "csv",
    epilog=example(
        "pariscall harvest csv https://pariscall.international/supporters.csv",
        "pariscall harvest csv supporters.csv --json",
    ),
)
@click.argument("source")
@click.option("--write", is_flag=True, help="Write the differences to the tables.")
@click.option("--accept-loss", is_flag=True, help="Write them even if many supporters are gone.")
@click.option(
    "--read-on",
    type=DAY,
    metavar="DATE",
    help="Date on which a file was fetched (YYYY-MM-DD).  [default: today]",
)
@_tables_option
@summary_options
def list_of_the_website(  # noqa: PLR0913 one for each option
    source: str,
    *,
    write: bool,
    accept_loss: bool,
    read_on: datetime | None,
    folder: Path | None,
    reporter: Reporter,
) -> None:
    """Compare the website's list with the tables.

    SOURCE is a URL or a file; the list of the Paris Call is at
    https://pariscall.international/supporters.csv. The command prints who is new, gone or
    changed, and writes it to the tables only with --write. A list that cannot be fetched whole
    or understood changes nothing. Neither does a list that lacks more than 5 % of the supporters
    or half of the rows. A renamed supporter is shown as gone and new, unless a row of
    identifiers.csv says who supporters.csv#NAME is.
    """
    from ..errors import relative
    from ..harvest.fetch import is_url, read_source
    from ..harvest.update import count, read_update
    from ..io.cache import cache_folder
    from ..tables.checks import check_tables
    from ..tables.csvw import read_schema

    folder = to_rewrite(folder)
    content = read_source(source, cache_folder("sources"), reporter.progress)
    update = read_update(content, source, folder)
    differences = update.differences()
    for found in () if reporter.as_json else differences:
        detail = f"  {found.detail}" if found.detail else ""
        echo(f"{found.kind:<7}  {found.party}  {found.name}{detail}")
    if not accept_loss:
        update.check_is_plausible()
    if write:
        day = read_on.date() if read_on else datetime.now(UTC).date()
        update.write(source if is_url(source) else "", day.isoformat())
        check_tables(read_schema(folder))
    numbers = count(differences)
    summary = Comparison(
        listed=update.listed,
        **numbers,
        differences=differences,
        written=write,
        seconds=reporter.seconds,
    )
    counts = ", ".join(f"{number:,} {kind}" for kind, number in numbers.items())
    outcome = f"written to {relative(folder)}" if write else "nothing was written (see --write)"
    reporter.finish(
        folder, summary, f"{update.listed:,} supporters listed before: {counts}; {outcome}"
    )
