"""The commands ``pariscall search`` and ``pariscall show``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ..errors import MisuseError
from .options import as_of_option, example
from .screen import echo

if TYPE_CHECKING:
    from ..query.finding import Party


@click.command(epilog=example("pariscall search microsfot", "pariscall search chambre commerce"))
@click.argument("words", nargs=-1, required=True)
@as_of_option
def search(words: tuple[str, ...], as_of: date | None) -> None:
    """Find parties by a part of any of their names.

    All WORDS must be in the names of a party or begin a word there; case and accents have no meaning. A word that
    is in no name is taken for the one that it is most like. If nothing is found, the exit code is 2.
    """
    from ..query import finding
    from ..query.profile import summary

    text = " ".join(words)
    found = finding.search(parties_on(as_of), text)
    if not found:
        raise MisuseError(f"nothing is called like {text!r}.")
    for party in found:
        echo(summary(party))


@click.command(epilog=example("pariscall show microsoft", "pariscall show 'EastWest Institute'"))
@click.argument("name")
@as_of_option
def show(name: str, as_of: date | None) -> None:
    """Show all that is on record of a party.

    NAME is the identifier of the party, one of its names, or a part of them that no other party has.
    Dates between which something happened have a slash between them.
    """
    from ..query.finding import find_party
    from ..query.profile import profile

    echo(profile(find_party(parties_on(as_of), name)), nl=False)


def parties_on(as_of: date | None) -> list[Party]:
    """Return the parties as on a day, today if it is None."""
    from ..query.finding import parties
    from ..query.record_reader import RecordReader

    reader = RecordReader(as_of)
    return parties(reader.signatories(), reader.events(), reader.claims())
