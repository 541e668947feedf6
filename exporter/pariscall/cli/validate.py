"""The command ``pariscall validate``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import NothingValidatedError, PariscallError, ShapesError, UnreadableError
from ..validation.choices import ENGINES, FAIL_ON, LANGUAGES, REPORTS
from .options import (
    DAY,
    cache_option,
    data_format_option,
    jobs_option,
    memory_option,
    network_option,
    progress_options,
    scheduler_option,
    tables_option,
    timeout_option,
)
from .screen import echo
from .validation_request import Request, Wanted, judge

if TYPE_CHECKING:
    from ..io.progress import Progress
    from ..validation.report import Report
    from .reporter import Reporter


def _read_reports(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> list[Wanted]:
    """Read ``FORMAT`` and ``FORMAT=FILE``; without a report for the screen, text goes there."""
    wanted: list[Wanted] = []
    for value in values:
        name, _, file = value.partition("=")
        if name not in REPORTS:
            raise click.BadParameter(f"{name!r} is not one of {', '.join(REPORTS)}.")
        wanted.append((name, Path(file) if file else None))
    shown = [name for name, file in wanted if file is None]
    if len(shown) > 1:
        raise click.BadParameter(f"{' and '.join(shown)} cannot both be printed. Say FORMAT=FILE.")
    return wanted if shown else [("text", None), *wanted]


_EXIT_CODES = """\b
Examples:
  pariscall validate
  pariscall validate --quiet --report sarif
  pariscall validate call.ttl --shapes gate --shapes own.ttl --report sarif=call.sarif

\b
Exit codes:
  0  the data conform
  1  they do not, or the baseline no longer fits
  2  the command was misused
  3  the data or the baseline cannot be read
  4  a report cannot be written
  5  the shapes are broken, or ask for what no engine does
  6  nothing was validated: a file or a target is empty
"""


@click.command(epilog=_EXIT_CODES)
@click.argument("files", nargs=-1)
@click.option(
    "--shapes",
    multiple=True,
    metavar="[SET|FILE]",
    help="Shapes to validate against: gate, privacy, dataset, ontology, registry, or a file of "
    "your own; may be given several times.  [default: all but registry]",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="oxigraph",
    show_default=True,
    help="The fast engine, or the reference engine.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar=f"[{'|'.join(REPORTS)}][=FILE]",
    callback=_read_reports,
    help="Format of a report, to a file or to the screen; may be given several times.  "
    "[default: text]",
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of messages and reports.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="violation",
    show_default=True,
    help="Lowest severity that makes the validation fail.",
)
@click.option(
    "--allow-empty",
    multiple=True,
    metavar="SHAPE",
    help="Shape of your own, or set, that need not find a node to look at: IRI, short name, or "
    "a pattern with *; may be given several times.",
)
@click.option(
    "--allow-ill-typed",
    is_flag=True,
    help="Do not report literals that are not values of their datatypes, such as "
    '"2020-13-01"^^xsd:date, where no shape asks.  [default: a violation, shapes#well-typed]',
)
@click.option(
    "--require-imports",
    is_flag=True,
    help="Fail if the shapes import (owl:imports) what is not named with --shapes.  "
    "[default: an info, because imports are not followed]",
)
@click.option(
    "--allow-not-run",
    is_flag=True,
    help="Go on although the shapes have constraints that no engine here runs.  "
    "[default: an error, exit code 5]",
)
@click.option(
    "--coverage",
    is_flag=True,
    help="Report how many nodes each shape checks, and what no shape checks.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Table of accepted findings, each with a reason and a last date.",
)
@click.option(
    "--update-baseline",
    is_flag=True,
    help="Rewrite the baseline so that it accepts what fails now, with --reason and --expires.",
)
@click.option("--reason", metavar="TEXT", help="Why new rows of the baseline accept what they do.")
@click.option(
    "--expires",
    type=DAY,
    metavar="DATE",
    help="Last date on which new rows of the baseline hold (YYYY-MM-DD).",
)
@data_format_option
@network_option
@click.option(
    "--allow-unmapped",
    is_flag=True,
    help="Accept JSON-LD keys and identifiers that mean nothing, instead of reporting them.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="First rewrite what has one right form in the tables, and list each change: spaces, "
    "dates, numbers, the case of codes, the order of rows.",
)
@timeout_option
@memory_option
@tables_option
@jobs_option
@scheduler_option
@cache_option
@progress_options
@click.pass_context
def validate(ctx: click.Context, /, reporter: Reporter, **asked: Any) -> None:
    """Validate the data, or your own RDF, with SHACL shapes.

    Each finding is reported with its file, line and column. FILES are RDF files, folders of them,
    patterns, addresses, or - for standard input; they may be compressed. They are validated as
    one graph, together with the ontology, the code lists and the countries; shapes of your own judge
    data that use no term of the ontology alone. The set 'registry' reports on the registry's own
    values and is expected to find defects.
    """
    request = Request(**asked)
    request.check()
    try:
        report = judge(request, reporter.progress)
    except (UnreadableError, ShapesError, NothingValidatedError) as error:
        _write_refusal(error, request, reporter.progress)
        raise
    _write(report, request, reporter.progress)
    ctx.exit(report.exit_code)


def _write(report: Report, request: Request, progress: Progress) -> None:
    """Write a report in every format that was asked for, the one on the screen last."""
    from ..io.atomic import write_file
    from ..io.progress import Detail
    from ..validation.reports import REPORTS
    from ..validation.reports.messages import format_verdict

    for name, file in sorted(request.reports, key=lambda wanted: wanted[1] is None):
        text = REPORTS[name](report, request.lang)
        if file:
            write_file(file, click.unstyle(text).encode())
            progress(Detail(f"report: {name} in {file}"))
        else:
            echo(text, nl=False, styled=name == "text", is_data=name != "text")
    if ("text", None) not in request.reports and report.refusal is None:
        progress(format_verdict(report, request.lang))


def _write_refusal(error: PariscallError, request: Request, progress: Progress) -> None:
    """Tell tools too that nothing could be judged; people read the message of the error."""
    from ..validation.report import refused

    for_tools = [wanted for wanted in request.reports if wanted != ("text", None)]
    _write(refused(error, _inputs(request)), replace(request, reports=for_tools), progress)


def _inputs(request: Request) -> list[str]:
    """Return the inputs as messages name them, the data first."""
    from ..rdf.sources import shown_name
    from ..tables.csvw import METADATA, TABLES

    tables = str((request.folder or TABLES) / METADATA)
    return [shown_name(name) for name in (*(request.files or [tables]), *request.shapes)]
