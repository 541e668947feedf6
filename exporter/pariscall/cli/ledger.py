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
    """Ledger for every record, from the registry to the dumps.

    Each total is listed with the parts that explain it; small parts name their parties. The exit
    code is 1 if a total is not explained. 'pariscall export' computes the same ledger, stops if it
    does not balance, and writes it next to the dumps.
    """
    from ..publish.ledger import balance_tables, check_balances
    from ..tables.csvw import TABLES

    balances = balance_tables(folder or TABLES, dumps)
    for balance in balances:
        echo(f"{balance.number:>7,} {balance.quantity}")
        for part in balance.parts:
            named = f": {', '.join(part.parties)}" if part.parties else ""
            echo(
                f"{'=' if part is balance.parts[0] else '+':>9} {part.number:,} {part.name}{named}"
            )
    check_balances(balances)
