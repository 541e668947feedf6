"""The command ``pariscall reconcile``."""

from __future__ import annotations

import re
from pathlib import Path

import click

from .options import example
from .review import review
from .screen import echo

_SCHEMES = click.Choice(["wd", "ror", "lei", "isni", "geonames", "corporatebody", "actor"])


def _take_address(_context: click.Context, _option: click.Parameter, url: str | None) -> str | None:
    if url and not re.fullmatch(r"https?://[^\s/?#\"<>\\@]+(/[^\s#\"<>\\]*)?", url):
        raise click.BadParameter(f"{url!r} is not a web address.")
    return url


@click.group(
    invoke_without_command=True,
    epilog=example(
        "pariscall reconcile --service https://wikidata.reconci.link/en/api --country P17 --website P856",
        "pariscall reconcile review candidates.sssom.tsv --source wikidata-2026-11-27",
    ),
)
@click.option(
    "--service",
    metavar="URL",
    callback=_take_address,
    help="Address of a service that speaks the Reconciliation Service API 0.2.",
)
@click.option(
    "--scheme",
    type=_SCHEMES,
    help="What the identifiers of the service are.  [default: what its manifest says]",
)
@click.option("--type", "kind", default="", metavar="ID", help="Type to ask for, as Q43229.")
@click.option("--country", default="", metavar="ID", help="Its property of the country, as P17.")
@click.option("--website", default="", metavar="ID", help="Its property of the website, as P856.")
@click.option(
    "--limit",
    type=click.IntRange(1, 20),
    default=3,
    show_default=True,
    help="Candidates for a party at most.",
)
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="Confidence that a candidate has at least.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0, 60),
    default=1,
    show_default=True,
    help="Seconds between two requests.",
)
@click.option("--fresh", is_flag=True, help="Ask again for what was answered before.")
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    default=Path("candidates.sssom.tsv"),
    show_default=True,
    help="File to write.",
)
@click.pass_context
def reconcile(  # noqa: PLR0913 one for each option
    context: click.Context,
    *,
    service: str | None,
    scheme: str | None,
    kind: str,
    country: str,
    website: str,
    limit: int,
    least: float,
    pause: float,
    fresh: bool,
    out: Path,
) -> None:
    """Find what the parties without an identifier may be elsewhere.

    Asks a service for the name of each party that has no identifier of its scheme, and writes the candidates as
    SSSOM that nobody has reviewed (semapv:UnreviewedMatching), with a confidence by name, country and
    website. What was refused before is left out. Answers are kept in the cache: after an error, the same command
    goes on where it was. 'pariscall reconcile review' decides.
    """
    if context.invoked_subcommand:
        return
    if not service:
        raise click.UsageError("Name the service with --service.")
    from ..errors import relative
    from ..io.atomic import write_file
    from ..query.reconciling.candidate_file import write_candidates
    from ..query.reconciling.candidates import Wanted, find_candidates
    from ..query.reconciling.service import Service
    from ..tables.csvw import TABLES, read_schema

    def say(line: str) -> None:
        echo(line, err=True)

    schema = read_schema(TABLES)
    asked = Service(service, pause, progress=say)
    try:
        wanted = Wanted(scheme or "", kind, country, website, limit, least)
        rows = find_candidates(schema, asked, wanted, say, is_fresh=fresh)
    finally:
        asked.close()
    write_file(out, write_candidates(rows).encode())
    parties = len({row["subject_id"] for row in rows})
    echo(f"{len(rows):,} candidates for {parties:,} parties, written to {relative(out)}")


reconcile.add_command(review)
