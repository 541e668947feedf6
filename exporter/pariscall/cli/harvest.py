"""The command ``pariscall harvest``."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def harvest() -> None:
    """Draw the tables from a registry, as its keepers publish it."""


@harvest.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--commit", help="Commit or branch to read.  [default: what is checked out]")
@click.option(
    "--tables",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of tables to rewrite.  [default: data/ of the source checkout]",
)
def registry(path: Path, commit: str | None, folder: Path | None) -> None:
    """Rewrite the tables from PATH, a clone of the registry or a git bundle of one.

    New supporters get an identifier in ledger.csv, for good; what is changed against the
    registry stands in corrections.csv. Harvesting the same commit again changes no byte.
    Twitter, LinkedIn and the supporters' own statements are not carried over.
    """
    from .. import bundle, tables
    from ..errors import MisuseError, relative
    from ..harvest import harvest_registry
    from ..schema import read_schema

    if folder is None and not bundle.is_checkout():
        raise MisuseError("name the folder of tables to rewrite with --tables.")
    folder = folder or bundle.TABLES
    found = harvest_registry(path, folder, commit)
    tables.check(read_schema(folder))
    click.echo(
        f"{found.supporters:,} supporters at commit {found.commit.sha[:7]} of {found.commit.day}, "
        f"{found.new:,} of them new, written to {relative(folder)}"
    )
