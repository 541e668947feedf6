"""The command ``pariscall site``."""

from __future__ import annotations

from pathlib import Path

import click

from .options import cache_option, example, output_folder_option, tables_option
from .screen import echo


@click.command(epilog=example("pariscall site -o build/site"))
@output_folder_option(
    "build/site", "Folder to write the site to; the site of an earlier run is replaced."
)
@click.option(
    "--release",
    "chosen",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="Release to offer for download; may be given several times.",
)
@click.option(
    "--releases",
    "releases",
    type=click.Path(path_type=Path),
    default=Path("build/releases"),
    show_default=True,
    metavar="FOLDER",
    help="Folder whose releases are all offered, if it exists.",
)
@click.option(
    "--docs",
    "documentation",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder of built documentation ('make docs') to include.  [default: none]",
)
@cache_option
@tables_option
def site(  # noqa: PLR0913 one for each option
    out: Path,
    chosen: tuple[Path, ...],
    releases: Path,
    documentation: Path | None,
    folder: Path | None,
    *,
    use_cache: bool,
) -> None:
    """Write a static website in English and French.

    Each IRI has a page, and the same as Turtle, JSON-LD and N-Triples next to it. All links are
    relative, so the folder works wherever it is served, and nothing is loaded from other hosts. A
    violation of the publishing gate stops the command. The new site replaces that of an earlier
    run only when it is complete.
    """
    from ..io.numbers import counted
    from ..publish.release.version import releases_in
    from ..tables.csvw import TABLES
    from ..web.site.assembly import build

    def progress(line: str) -> None:
        echo(line, err=True)

    offered = [*chosen, *releases_in(releases)]
    summary = build(out, folder or TABLES, offered, progress, documentation, use_cache=use_cache)
    number = counted(len(offered), "release", "releases")
    echo(
        f"{out}: {summary.pages:,} pages on {summary.documents:,} documents, {number}, "
        f"{summary.files:,} files, {summary.seconds:.1f} seconds"
    )
