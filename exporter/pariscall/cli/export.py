"""The command ``pariscall export``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..publish.choices import DUMPS, DUMPS_ON_DEMAND
from .options import as_of_option, cache_option, example, output_folder_option, tables_option
from .screen import echo


@click.command(epilog=example("pariscall export -o build/dumps --format ttl --format csv"))
@output_folder_option("build/dumps", "Folder to write the dumps to.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar=f"[{'|'.join([*DUMPS, *DUMPS_ON_DEMAND])}]",
    help=f"Write this format only; may be given several times.  [default: {' '.join(DUMPS)}]",
)
@as_of_option
@cache_option
@tables_option
def export(
    out: Path,
    formats: tuple[str, ...],
    as_of: date | None,
    folder: Path | None,
    *,
    use_cache: bool,
) -> None:
    """Check the data and write the dumps.

    The dumps are the same graph as Turtle, JSON-LD, N-Triples and TriG, a flat CSV of the
    signatories, a copy of it that is safe for spreadsheets, and a feed of events. If asked for,
    also RDF/XML, an Excel workbook (pip install 'pariscall[files]'), a SQLite database, and the
    network of parties and calls as GraphML; all of them with --format all. The folder
    vocabulary/ holds the ontology, the code lists, the JSON-LD context and the shapes. A violation
    of the publishing gate stops the export; tables that passed it once are not judged again. New files replace those of an earlier run only when
    all are complete.
    """
    from ..publish.export import export as run
    from ..tables.csvw import TABLES

    def progress(line: str) -> None:
        echo(line, err=True)

    summary = run(out, formats, folder or TABLES, progress, as_of, use_cache=use_cache)
    echo(
        f"{summary.signatories:,} signatories, {summary.endorsements:,} endorsements, "
        f"{summary.triples:,} triples, {summary.findings:,} findings, {summary.files} files, "
        f"{summary.seconds:.1f} seconds"
    )
