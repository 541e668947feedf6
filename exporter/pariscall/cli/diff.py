"""The commands ``pariscall diff`` and ``pariscall patch``."""

from __future__ import annotations

from pathlib import Path

import click

from ..publish.choices import DIFFS
from .options import (
    data_format_option,
    example,
    network_option,
    output_file_option,
    tables_option,
)
from .screen import echo


@click.command(
    epilog=example(
        "pariscall diff 2020-02-01 2020-03-01",
        "pariscall diff build/releases/2026.11.01 build/releases/2026.11.22 --format patch",
    )
)
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(DIFFS),
    default="markdown",
    show_default=True,
    help="A changelog to read, the same as JSON, or an RDF Patch.",
)
@output_file_option
@data_format_option
@network_option
@tables_option
def diff(  # noqa: PLR0913 one for each option
    old: str,
    new: str,
    *,
    format_name: str,
    out: Path | None,
    data_format: str | None,
    allow_network: bool,
    folder: Path | None,
) -> None:
    """Show what changed between two dates, releases or files.

    OLD and NEW are dates (YYYY-MM-DD), release folders or RDF files, - for standard input. The changelog lists who
    joined, left, was renamed, reclassified, moved or corrected. The RDF Patch holds the triples
    to delete and to add; it is empty if nothing changed.
    """
    from ..io.atomic import write_file
    from ..publish.diff.diff import diff as compare
    from ..rdf.reader import InputOptions
    from ..tables.csvw import TABLES

    options = InputOptions(data_format, allow_network)
    text = compare(old, new, folder or TABLES, options).to(format_name)
    if out:
        write_file(out, text.encode())
    else:
        echo(text, nl=False, is_data=True)


@click.command(epilog=example("pariscall patch before.nt february.rdfp -o after.nt"))
@click.argument("state", type=click.Path(path_type=Path))
@click.argument("patch_file", metavar="PATCH", type=click.Path(path_type=Path))
@click.option(
    "-R",
    "--reverse",
    is_flag=True,
    help="Undo the patch: go back from the state after to the state before.",
)
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    required=True,
    help="File to write the sorted N-Triples to.",
)
def patch(state: Path, patch_file: Path, out: Path, *, reverse: bool) -> None:
    """Apply an RDF Patch to an RDF file.

    PATCH is an RDF Patch that 'pariscall diff' wrote. It fits one STATE only and is refused on
    any other.
    """
    from ..io.atomic import write_file
    from ..publish.diff.patch import read_patch
    from ..publish.diff.snapshot import read_snapshot, to_text
    from ..rdf.reader import read_text

    found = read_patch(read_text(patch_file), str(patch_file))
    lines = (found.reversed() if reverse else found).apply(read_snapshot(str(state)).lines)
    write_file(out, to_text(lines).encode())
    echo(f"{out}: {len(lines):,} triples")
