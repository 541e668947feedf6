"""The command ``pariscall validate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import tables_option

if TYPE_CHECKING:
    from ..shacl.finding import Finding, Term
    from ..validation import Report


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--shapes",
    multiple=True,
    metavar="[SET|FILE]",
    help="Shapes to validate against: gate, privacy, dataset, ontology, registry, or a file of "
    "your own; may be given several times.  [default: all but registry]",
)
@click.option(
    "--engine",
    type=click.Choice(("oxigraph", "pyshacl")),
    default="oxigraph",
    show_default=True,
    help="The fast engine, or the reference.",
)
@tables_option
@click.pass_context
def validate(
    ctx: click.Context,
    files: tuple[Path, ...],
    shapes: tuple[str, ...],
    engine: str,
    folder: Path | None,
) -> None:
    """Validate the bundled data, or FILES of RDF, and print each finding.

    The set registry is the report on the registry's own values, which is expected to find
    defects. Files are validated together with the ontology, the code lists and the countries.
    Exits with 0 if the data conform, with 1 if there is a violation.
    """
    from .. import bundle
    from ..export import spell_counts
    from ..validation import FOREIGN, PUBLISHED, validate_files, validate_tables

    if files and folder:
        raise click.UsageError("Name either files or --tables, not both.")
    if files:
        report = validate_files(files, shapes or FOREIGN, engine)
    else:
        report = validate_tables(folder or bundle.TABLES, shapes or PUBLISHED, engine)
    for finding in report.findings:
        click.echo(_spell(finding, report))
    verdict = "conforms" if report.conforms else "does not conform"
    click.echo(
        f"{verdict}: {spell_counts(report)} in {report.statements:,} triples "
        f"(engine: {report.engine})",
        err=True,
    )
    ctx.exit(0 if report.conforms else 1)


def _spell(finding: Finding, report: Report) -> str:
    parts = [finding.severity.lower(), report.place(finding), _name(finding.focus)]
    if finding.path:
        parts.append(_path(finding.path))
    if finding.value is not None and finding.value != finding.focus:
        parts.append(_name(finding.value))
    where = "  ".join(part for part in parts if part)
    return f"{where}  {finding.message()}  [{_name(finding.shape)}]"


def _name(term: Term) -> str:
    from pyoxigraph import NamedNode

    from ..iris import shorten

    return shorten(term.value) if isinstance(term, NamedNode) else str(term)


def _path(path: str) -> str:
    import re

    from ..iris import shorten

    return re.sub(r"<([^>]*)>", lambda match: shorten(match[1]), path)
