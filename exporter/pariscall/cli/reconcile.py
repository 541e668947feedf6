"""The commands ``pariscall reconcile`` and ``pariscall reconcile review``."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import DAY, example, tables_option
from .screen import echo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..query.reconciling.review import Review

_ANSWERS = {"a": "accept", "r": "refuse", "d": "defer", "q": "quit"}
_SCHEMES = click.Choice(["wd", "ror", "lei", "isni", "geonames", "actor"])


def _take_address(_context: click.Context, _option: click.Parameter, url: str | None) -> str | None:
    if url and not re.fullmatch(r"https?://[^\s/?#\"<>\\@]+(/[^\s#\"<>\\]*)?", url):
        raise click.BadParameter(f"{url!r} is not a web address.")
    return url


def _take_licence(_context: click.Context, _option: click.Parameter, licence: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.+-]+", licence):
        raise click.BadParameter(f"{licence!r} is no identifier of SPDX. Write it like CC0-1.0.")
    return licence


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


@reconcile.command(
    epilog=example(
        "pariscall reconcile review candidates.sssom.tsv --source wikidata-2026-11-27",
    )
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--source",
    required=True,
    metavar="KEY",
    help="Source of what is accepted, a key of sources.csv.",
)
@click.option(
    "--license",
    "licence",
    default="CC0-1.0",
    show_default=True,
    metavar="SPDX",
    callback=_take_licence,
    help="Licence of what is accepted.",
)
@click.option(
    "--date", "day", type=DAY, metavar="DATE", help="Day of the review.  [default: today]"
)
@tables_option
def review(
    file: Path, source: str, licence: str, day: datetime | None, folder: Path | None
) -> None:
    """Decide on candidates, one after the other.

    Shows each candidate of FILE that is not decided yet. Accepted ones become rows of mappings.sssom.tsv; where only
    the name agrees, say what else does. Refused ones become rows of mapping_refusals.csv with a
    reason, and are not proposed again. Deferred ones come again the next time. What was decided is written at the
    end, and when you quit or the input ends.
    """
    from ..query.reconciling.candidate_file import read_candidates
    from ..query.reconciling.review import Review
    from ..tables.csvw import read_schema
    from .harvest import to_rewrite

    schema = read_schema(to_rewrite(folder))
    rows = list(read_candidates(file))
    decisions = Review(schema, source, licence, (day or datetime.now().astimezone()).date())
    deferred = 0
    try:
        for row in decisions.undecided(rows):
            answer = _decide(decisions, row)
            if answer == "q":
                break
            deferred += answer == "d"
    except click.Abort:  # the input ended, or Control-C
        echo("", err=True)
    decisions.write()
    done = f"{decisions.accepted:,} accepted, {decisions.refused:,} refused"
    echo(f"{done}, {deferred:,} deferred")


def _decide(decisions: Review, row: Mapping[str, str]) -> str:
    from ..query.reconciling.review import USUAL_REASON, needs_more

    echo(
        f"\n{row['subject_label']} ({row['subject_id']})\n  {row['object_id']}  "
        f"{row['object_label']}\n  {row['comment'] or 'nothing more is said'}\n  "
        f"{row['curation_rule_text']}, {row['confidence']}",
        err=True,
    )
    question = ", ".join(f"[{key}]{name[1:]}" for key, name in _ANSWERS.items())
    answer: str = click.prompt(
        question, type=click.Choice(list(_ANSWERS)), show_choices=False, default="d", err=True
    )
    if answer == "a":
        agreed = ""
        while needs_more(row) and not agreed.strip():
            agreed = click.prompt("What agrees besides the name", err=True)
        decisions.accept(row, agreed)
    elif answer == "r":
        decisions.refuse(row, click.prompt("Why", default=USUAL_REASON, err=True))
    return answer
