"""The command ``pariscall ledger``."""

from __future__ import annotations

from pathlib import Path

import click

from .options import example, tables_option
from .screen import echo


@click.command(epilog=example("pariscall ledger --dumps build/dumps"))
@click.option(
    "--dumps",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Also count the endorsements in the dumps of this folder.",
)
@tables_option
def ledger(dumps: Path | None, folder: Path | None) -> None:
    """Account for every record, from the registry to the dumps.

    Each total is listed with the parts that explain it; small parts name their parties. The exit
    code is 1 if a total is not explained. 'pariscall export' computes the same ledger, stops if it
    does not balance, and writes it next to the dumps.
    """
    from .. import bundle
    from ..errors import MisuseError, relative
    from ..publish.dumps import OUTPUTS
    from ..publish.ledger import check_balances, count_endorsements, draw_up
    from ..tables.graph import Graph

    files = {output: dumps / output.file for output in OUTPUTS} if dumps else {}
    there = {output: path for output, path in files.items() if path.is_file()}
    if dumps and not there:
        raise MisuseError(
            f"{relative(dumps)}: there is no dump. Write them with 'pariscall export'."
        )
    account = draw_up(Graph(folder or bundle.TABLES))
    balances = account.balances(count_endorsements(there))
    for balance in balances:
        echo(f"{balance.number:>7,} {balance.quantity}")
        for part in balance.parts:
            named = f": {', '.join(part.parties)}" if part.parties else ""
            echo(
                f"{'=' if part is balance.parts[0] else '+':>9} {part.number:,} {part.name}{named}"
            )
    check_balances(balances)
