"""The commands ``pariscall diff`` and ``pariscall patch``."""

from __future__ import annotations

from pathlib import Path

import click

from .options import output_file_option, tables_option


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("markdown", "json", "patch")),
    default="markdown",
    show_default=True,
    help="A changelog to read, the same as JSON, or an RDF Patch.",
)
@output_file_option
@tables_option
def diff(old: str, new: str, format_name: str, out: Path | None, folder: Path | None) -> None:
    """Tell what changed from OLD to NEW: days (YYYY-MM-DD), release folders or RDF files.

    The changelog says who joined, left, was renamed, reclassified, moved or corrected. The patch
    holds the statements to take away and to add; without a change it is empty.
    """
    from .. import bundle
    from ..io.atomic import write_file
    from ..publish.diff.changelog import to_json, to_markdown
    from ..publish.diff.changes import find_changes
    from ..publish.diff.patch import make_patch
    from ..publish.diff.snapshot import read_state

    tables = folder or bundle.TABLES
    before, after = read_state(old, tables), read_state(new, tables)
    patch = make_patch(before.lines, after.lines)
    if format_name == "patch":
        text = str(patch)
    else:
        write = to_json if format_name == "json" else to_markdown
        text = write(before.name, after.name, find_changes(before.quads, after.quads), patch)
    if out:
        write_file(out, text.encode())
    else:
        click.echo(text, nl=False)


@click.command()
@click.argument("state", type=click.Path(path_type=Path))
@click.argument("patch_file", metavar="PATCH", type=click.Path(path_type=Path))
@click.option(
    "-R", "--reverse", is_flag=True, help="Go back from the state after to the one before."
)
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    required=True,
    help="File to write the N-Triples to, sorted.",
)
def patch(state: Path, patch_file: Path, out: Path, *, reverse: bool) -> None:
    """Apply PATCH, an RDF Patch of ``pariscall diff``, to the RDF file STATE.

    A patch fits one state only: it is refused on any other.
    """
    from ..io.atomic import write_file
    from ..publish.diff.patch import read_patch
    from ..publish.diff.snapshot import read_state, to_text
    from ..rdf.reader import read_text

    found = read_patch(read_text(patch_file), str(patch_file))
    lines = (found.reversed() if reverse else found).apply(read_state(str(state)).lines)
    write_file(out, to_text(lines).encode())
    click.echo(f"{out}: {len(lines):,} triples")
