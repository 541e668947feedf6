"""The commands ``pariscall release`` and ``pariscall verify``."""

from __future__ import annotations

from pathlib import Path

import click

from .options import tables_option


@click.command()
@click.argument("version")
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    default=Path("build/releases"),
    show_default=True,
    help="Folder of releases, in which the release gets a folder of its own.",
)
@click.option(
    "--sign",
    "key",
    type=click.Path(path_type=Path),
    metavar="KEY",
    help="SSH key to sign the release with, by ssh-keygen.",
)
@tables_option
def release(version: str, out: Path, key: Path | None, folder: Path | None) -> None:
    """Write everything that is published, whole and described, as VERSION.

    VERSION is a day, as in 2026.11.22, with a further number if a day has several. The release
    holds the dumps, plain and packed, the vocabularies, reports, a manifest, descriptions for
    catalogues and tools (DCAT, VoID, schema.org, Data Package, RO-Crate, CITATION.cff) and
    SHA256SUMS. The same tables and version give the same bytes; SOURCE_DATE_EPOCH sets the day
    of issue. A release that is there is never changed.
    """
    from .. import bundle
    from ..release.assembly import release as make

    manifest = make(
        version,
        out,
        folder or bundle.TABLES,
        tell=lambda text: click.echo(text, err=True),
        key=key,
    )
    size = sum(file.size for file in manifest.files)
    click.echo(
        f"{out / version}: {manifest.statistics.triples:,} triples, "
        f"{len(manifest.files):,} files, {size:,} bytes"
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--verify-signature",
    "signers",
    type=click.Path(path_type=Path),
    metavar="SIGNERS",
    help="File of allowed signers (ssh-keygen), one of whom must have signed the release.",
)
@click.pass_context
def verify(ctx: click.Context, folder: Path, signers: Path | None) -> None:
    """Check that the release in FOLDER is whole, and that all that is said of it is true.

    Checksums and sizes, missing and further files, packed files, the number of triples, the same
    graph in each format, and every description against the manifest. Each problem is a line;
    exits with 1 if there is any.
    """
    from ..release.verify import verify as find_problems

    problems = find_problems(folder, signers)
    for problem in problems:
        click.echo(problem)
    if problems:
        click.echo(f"{folder}: not as it was released, {len(problems):,} problems", err=True)
        ctx.exit(1)
    click.echo(f"{folder}: whole, the same in every format, and truly described", err=True)
