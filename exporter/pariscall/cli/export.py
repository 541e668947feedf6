"""The command ``pariscall export``."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import printable
from ..publish.choices import DUMPS, DUMPS_ON_DEMAND, PARTITIONS
from .options import (
    as_of_option,
    cache_option,
    example,
    jobs_option,
    mappings_option,
    output_folder_option,
    projects_argument,
    refuse_with_several,
    refuse_without_several,
    scheduler_option,
    summary_options,
    tables_option,
)

if TYPE_CHECKING:
    from ..project import Project
    from .reporter import Reporter


@click.command(
    epilog=example(
        "pariscall export -o build/dumps --format ttl --format csv",
        "pariscall export paris-call ../charter --mappings same.sssom.tsv",
        "pariscall export --quiet --json",
        "pariscall export --partitioned -o build/parts --format nt --format parquet",
        "pariscall export --partitioned --tables s3://bucket/tables -o s3://bucket/parts",
    )
)
@projects_argument
@output_folder_option(
    "build/dumps",
    "Folder to write the dumps to; with --partitioned, also an address in an object store, such as "
    "s3://BUCKET/FOLDER (pip install 'pariscall[s3]').",
    can_be_address=True,
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar=f"[{'|'.join([*DUMPS, *DUMPS_ON_DEMAND])}]",
    help=f"Write this format only; may be given several times.  [default: {' '.join(DUMPS)}]",
)
@click.option(
    "--partitioned",
    is_flag=True,
    help=f"Write parts of a fixed size with a manifest, as {' or '.join(PARTITIONS)} (--format).  "
    f"[default: {PARTITIONS[0]}]",
)
@as_of_option
@cache_option
@mappings_option
@tables_option
@jobs_option
@scheduler_option
@summary_options
def export(  # noqa: PLR0913 one for each option
    *,
    projects: tuple[Project, ...],
    out: Path | str,
    formats: tuple[str, ...],
    partitioned: bool,
    as_of: date | None,
    mappings: tuple[Path, ...],
    folder: Path | None,
    use_cache: bool,
    jobs: int | None,
    scheduler: str | None,
    reporter: Reporter,
) -> None:
    """Check the data and write the dumps.

    The dumps are the same graph as Turtle, JSON-LD, N-Triples and TriG, a flat CSV of the
    signatories, a copy of it that is safe for spreadsheets, and a feed of events. If asked for,
    also RDF/XML, an Excel workbook (pip install 'pariscall[files]'), a SQLite database and its
    mapping to RDF (R2RML), the network of parties and calls as GraphML, the countries as GeoJSON,
    the mappings to other registries, and the dictionary of the tables; all of them with --format
    all. The folder vocabulary/ holds the ontology, the code lists, the JSON-LD context and the
    shapes. A violation of the publishing gate stops the export; tables that passed it once are not
    judged again. New files replace those of an earlier run only when all are complete.

    With --partitioned, a folder of its own gets the data as many files of a fixed size, compressed
    N-Triples for bulk loaders (nt/part-*.nt.gz) or each table as a Parquet dataset (pip install
    pyarrow), and a manifest of them all, which pariscall verify checks. The bytes are the same for any
    number of processes and on a cluster. A run that is killed is resumed by the next one. The folder, like
    that of --tables, can be in an object store.

    A PROJECT is a folder with a file mscall.toml; paris-call is the bundled one. Several are
    written to a folder each, with one dataset of all beside them (calls.trig), its catalogue
    (catalog.ttl), and which of their parties are one (same-parties.sssom.tsv).
    """
    from ..tables.csvw import TABLES

    refuse_with_several(projects, tables=folder, scheduler=scheduler, partitioned=partitioned)
    refuse_without_several(projects, mappings)
    for name in set(formats) & set(PARTITIONS) - set(DUMPS) if not partitioned else ():
        raise click.UsageError(f"--format {name} is written in parts. Say --partitioned too.")
    if isinstance(out, str) and not partitioned:
        raise click.UsageError(
            f"{printable(out)}: only parts are written to an address. Say --partitioned, or name a folder "
            "of this machine."
        )
    here = Path(out)  # of what is not partitioned
    if len(projects) > 1:
        from ..publish.several import export_several

        whole = export_several(
            here,
            projects,
            formats,
            as_of=as_of,
            mappings=mappings,
            progress=reporter.progress,
            use_cache=use_cache,
            jobs=jobs,
        )
        reporter.finish(
            here,
            whole,
            f"{whole.projects} projects, {whole.calls} calls, {whole.parties:,} parties "
            f"({whole.shared:,} in several projects), {whole.files} files, "
            f"{whole.seconds:.1f} seconds",
        )
        return
    if partitioned:
        from ..publish.partitions.export import export_partitioned

        run = partial(export_partitioned, out)
    else:
        from ..publish.export import export as export_dumps

        run = partial(export_dumps, here)
    summary = run(
        formats,
        folder or TABLES,
        reporter.progress,
        as_of,
        use_cache=use_cache,
        jobs=jobs,
        scheduler=scheduler,
    )
    reporter.finish(
        out,
        summary,
        f"{summary.signatories:,} signatories, {summary.endorsements:,} endorsements, "
        f"{summary.triples:,} triples, {summary.findings:,} findings, {summary.files} files, "
        f"{summary.seconds:.1f} seconds",
    )
