"""The command ``pariscall export``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from .options import as_of_option, output_folder_option, tables_option


@click.command()
@output_folder_option("build/dumps", "Folder to write the dumps to.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="[ttl|jsonld|nt|trig|csv|spreadsheet|atom]",
    help="Write this format only; may be given several times.  [default: all]",
)
@as_of_option
@tables_option
def export(out: Path, formats: tuple[str, ...], as_of: date | None, folder: Path | None) -> None:
    """Check the data and write the dumps.

    The data come as Turtle, JSON-LD, N-Triples and TriG, all holding the same graph, as a flat
    CSV of the signatories, exact and once more so that no spreadsheet takes a cell for a
    formula, and as a feed of events; the ontology, the code lists, the JSON-LD context and the
    shapes stand beside them in vocabulary/. Violations of the publishing gate stop the
    export. Files appear when all are whole; until then those of an earlier run stay.
    """
    from .. import bundle
    from ..publish.export import export as run

    def tell(progress: str) -> None:
        click.echo(progress, err=True)

    summary = run(out, formats, folder or bundle.TABLES, tell, as_of)
    click.echo(
        f"{summary.signatories:,} signatories, {summary.endorsements:,} endorsements, "
        f"{summary.triples:,} triples, {summary.findings:,} findings, {summary.files} files, "
        f"{summary.seconds:.1f} seconds"
    )
