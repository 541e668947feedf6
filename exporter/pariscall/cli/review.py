"""The command ``pariscall reconcile review``."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import DAY, example, tables_option
from .screen import echo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..query.reconciling.review import Review

_ANSWERS = {"a": "accept", "r": "refuse", "d": "defer", "q": "quit"}


def _take_licence(_context: click.Context, _option: click.Parameter, licence: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.+-]+", licence):
        raise click.BadParameter(f"{licence!r} is no identifier of SPDX. Write it like CC0-1.0.")
    return licence


@click.command(
    epilog=example(
        "pariscall reconcile review candidates.sssom.tsv --source wikidata-2026-11-27",
        "pariscall reconcile review candidates.sssom.tsv --html review.html",
        "pariscall reconcile review candidates.sssom.tsv --source wikidata-2026-11-27 --apply decisions.tsv",
    )
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--source",
    default="",
    metavar="KEY",
    help="Source of what is accepted, a key of sources.csv.  [needed but for --html]",
)
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    metavar="PAGE",
    help="Write a page to decide on in a browser, and ask nothing here.",
)
@click.option(
    "--apply",
    "decided",
    type=click.Path(path_type=Path),
    metavar="DECISIONS",
    help="Take the decisions that such a page saved, and ask nothing here.",
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
def review(  # noqa: PLR0913 one for each option
    *,
    file: Path,
    source: str,
    page: Path | None,
    decided: Path | None,
    licence: str,
    day: datetime | None,
    folder: Path | None,
) -> None:
    """Decide on candidates, one after the other.

    Shows each candidate of FILE that is not decided yet. Accepted ones become rows of mappings.sssom.tsv; where only
    the name agrees, say what else does. Refused ones become rows of mapping_refusals.csv with a
    reason, and are not proposed again. Deferred ones come again the next time. What was decided is written at the
    end, and when you quit or the input ends.

    With --html, a page of its own shows the candidates beside the parties; it needs no server, and saves a file of
    decisions that --apply takes.
    """
    from ..query.reconciling.candidate_file import read_candidates
    from ..query.reconciling.review import Review
    from ..tables.csvw import read_schema
    from .harvest import to_rewrite

    if page and decided:
        raise click.UsageError("Write a page with --html or take decisions with --apply, not both.")
    rows = list(read_candidates(file))
    if not (source or page):
        raise click.UsageError("Name the source of what is accepted with --source.")
    schema = read_schema(to_rewrite(folder))
    decisions = Review(schema, source, licence, (day or datetime.now().astimezone()).date())
    if page:
        _write_page(page, list(decisions.undecided(rows)))
        return
    before = _take(decisions, decided, rows) if decided else _ask(decisions, rows)
    decisions.write()
    told = f"{decisions.accepted:,} accepted, {decisions.refused:,} refused"
    echo(f"{told}, {decisions.deferred:,} deferred{before}")


def _write_page(page: Path, rows: Sequence[Mapping[str, str]]) -> None:
    from ..errors import relative
    from ..io.atomic import write_file
    from ..query.reconciling.review_page import write_page

    write_file(page, write_page(rows).encode())
    echo(f"{len(rows):,} candidates, written to {relative(page)}")


def _take(decisions: Review, decided: Path, rows: Sequence[Mapping[str, str]]) -> str:
    """Take the decisions of a file, and return what is to be told of those that were there before."""
    from ..query.reconciling.decision_file import read_decisions

    before = decisions.apply(read_decisions(decided), rows)
    return f", {before:,} decided before" if before else ""


def _ask(decisions: Review, rows: Sequence[Mapping[str, str]]) -> str:
    try:
        for row in decisions.undecided(rows):
            answer = _decide(decisions, row)
            if answer == "q":
                break
            decisions.deferred += answer == "d"
    except click.Abort:  # the input ended, or Control-C
        echo("", err=True)
    return ""


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
