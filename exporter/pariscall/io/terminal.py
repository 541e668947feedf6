"""Text that is safe to show on a terminal and in the log of a CI runner, whoever wrote it."""

from __future__ import annotations

import re

from ..errors import UNPRINTABLE, printable

_BREAKS = re.compile(r"(\r?\n|\t)")
# A runner of GitHub obeys lines that begin with ::, after blanks and colours, and ##[ anywhere; that
# of Azure ##vso[, TeamCity ##teamcity[.
_COMMAND = re.compile(r"(?m)^((?:[^\S\n]|\x1b\[[0-9;]*m)*):(?=:)|#(?=#\w*\[)")


def visible(text: str) -> str:
    r"""Return a text with its control characters written out, as in ``\u001B``.

    Line feeds and tabs stay as they are. A terminal obeys the others: they set its title, clear
    it, or write to the clipboard.
    """
    if not UNPRINTABLE.search(text):
        return text
    return "".join(
        part if _BREAKS.fullmatch(part) else printable(part) for part in _BREAKS.split(text)
    )


def without_commands(text: str) -> str:
    r"""Return a text in which a CI runner finds no command: ``::`` and ``##[`` become ``\u003A:`` and ``\u0023#[``."""
    return _COMMAND.sub(
        lambda found: f"{found[1]}\\u003A" if found[1] is not None else "\\u0023", text
    )
