"""The command ``pariscall site``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from .options import (
    cache_option,
    example,
    mappings_option,
    output_folder_option,
    projects_argument,
    refuse_with_several,
    refuse_without_several,
    summary_options,
    tables_option,
)

if TYPE_CHECKING:
    from ..project import Project
    from .reporter import Reporter


@click.command(
    epilog=example(
        "pariscall site -o build/site",
        "pariscall site paris-call ../charter",
        "pariscall site --verbose",
    )
)
@projects_argument
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
@mappings_option
@tables_option
@summary_options
@click.pass_context
def site(  # noqa: PLR0913 one for each option
    context: click.Context,
    *,
    projects: tuple[Project, ...],
    mappings: tuple[Path, ...],
    out: Path,
    chosen: tuple[Path, ...],
    releases: Path,
    documentation: Path | None,
    folder: Path | None,
    use_cache: bool,
    reporter: Reporter,
) -> None:
    """Write a static website in English and French.

    Each IRI has a page, and the same as Turtle, JSON-LD and N-Triples next to it. All links are
    relative, so the folder works wherever it is served, and nothing is loaded from other hosts. A
    violation of the publishing gate stops the command. The new site replaces that of an earlier
    run only when it is complete.

    A PROJECT is a folder with a file mscall.toml; paris-call is the bundled one. Of several, each has
    its website in a folder of its slug, with the releases in its own build/releases. The first page
    above them shows how many parties two calls share, and which parties are in several projects.
    """
    from ..io.numbers import counted
    from ..publish.release.version import releases_in
    from ..tables.csvw import TABLES
    from ..web.site.assembly import build

    refuse_without_several(projects, mappings)
    if len(projects) > 1:
        is_chosen = context.get_parameter_source("releases") is not ParameterSource.DEFAULT
        refuse_with_several(
            projects, tables=folder, release=chosen, releases=is_chosen, docs=documentation
        )
        from ..web.site.several import build_several

        whole = build_several(out, projects, mappings, reporter.progress, use_cache=use_cache)
        reporter.finish(
            out,
            whole,
            f"{out}: {whole.projects} projects, {whole.calls} calls, {whole.shared:,} parties in "
            f"several projects, {whole.files:,} files, {whole.seconds:.1f} seconds",
        )
        return
    offered = [*chosen, *releases_in(releases)]
    summary = build(
        out, folder or TABLES, offered, reporter.progress, documentation, use_cache=use_cache
    )
    number = counted(len(offered), "release", "releases")
    reporter.finish(
        out,
        summary,
        f"{out}: {summary.pages:,} pages on {summary.documents:,} documents, {number}, "
        f"{summary.files:,} files, {summary.seconds:.1f} seconds",
    )
