"""Every error that a user can meet, and the exit code that goes with it.

    PariscallError
    ├── MisuseError           2  something was asked for that does not exist; also a ValueError
    ├── UnreadableError       3  an input cannot be read
    │   ├── ProjectError      a project file is invalid
    │   ├── TableError        a table of ours breaks its description
    │   ├── RdfError          an RDF file is not the RDF it claims to be
    │   │   └── EmptyError    an RDF file holds no triple
    │   ├── QueryError        a query is not SPARQL, or not one we run
    │   ├── ReleaseError      a folder is not a release
    │   ├── PatchError        a patch cannot be read, or does not fit
    │   ├── RegistryError     a registry cannot be harvested
    │   └── WebError          a server gives no whole answer
    ├── GateError             1  the data violate the publishing gate
    ├── LedgerError           1  a record is not accounted for
    ├── StoreMismatchError    1  a store does not hold what was released
    ├── OutputError           4  a file cannot be written
    │   ├── StoreError        a triple store does not take a graph, or does not give it back
    │   └── EngineError       the processes or the cluster that were to do the work did not
    ├── ShapesError           5  shapes are broken, or ask for what no engine does
    └── NothingValidatedError 6  there was nothing to validate, or nothing to validate it against

A message says what is wrong, where (``file:line``), and what to do about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

SHOWN_PROBLEMS = 20
UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

EXIT_CODES = {
    0: "done; the data conform",
    1: "the data do not conform, a record is not accounted for, or a store altered the data",
    2: "the command was misused, or asks for what is not there",
    3: "an input cannot be read",
    4: "a file or a store cannot be written, or the processes that do the work are ended",
    5: "the shapes are broken, or ask for what no engine does",
    6: "nothing was validated: a file or a target is empty",
    70: "a fault of pariscall itself, with its traceback",
}


class PariscallError(Exception):
    """Root of all errors that are reported to the user without a traceback.

    Each problem is one line of the message, whatever characters a name in it has.
    """

    exit_code = 1

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.lines = problems

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the error again in another process."""
        return type(self), self.lines, self.__dict__


class MisuseError(PariscallError, ValueError):
    """The command or a function was asked for something that does not exist."""

    exit_code = 2


class UnreadableError(PariscallError):
    """An input cannot be read."""

    exit_code = 3


class ProjectError(UnreadableError):
    """A project file cannot be read, or says what it must not."""


class TableError(UnreadableError):
    """One or more cells, rows or files break the description of the tables."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        shown = list(problems[:SHOWN_PROBLEMS])
        if len(problems) > SHOWN_PROBLEMS:
            shown.append(f"and {len(problems) - SHOWN_PROBLEMS} more problems")
        super().__init__(*shown)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the error again in another process."""
        return type(self), (self.problems,), self.__dict__


class RdfError(UnreadableError):
    """An RDF file is not the RDF it claims to be."""


class EmptyError(RdfError):
    """An RDF file holds no triple."""


class QueryError(UnreadableError):
    """A query is not SPARQL 1.1, or asks for something that is not run here."""


class RegistryError(UnreadableError):
    """A registry cannot be harvested."""


class WebError(UnreadableError):
    """A server gives no whole answer; ``status`` is that of its answer if this is the reason."""

    def __init__(self, url: str, problem: str, status: int | None = None) -> None:
        super().__init__(f"{url}: {problem}.")
        self.status = status
        self._made_of = (url, problem, status)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes the error again in another process."""
        return type(self), self._made_of, self.__dict__


class ReleaseError(UnreadableError):
    """A folder is not a release."""


class PatchError(UnreadableError):
    """A patch cannot be read, or was made for another state."""


class GateError(PariscallError):
    """The data violate the publishing gate; nothing was written."""


class LedgerError(PariscallError):
    """A record is not accounted for; nothing was written."""


class StoreMismatchError(PariscallError):
    """A triple store does not hold what was released, although it took it."""


class OutputError(PariscallError):
    """A file cannot be written."""

    exit_code = 4


class StoreError(OutputError):
    """A triple store does not take a graph, or does not give it back; ``status`` is that of its answer, if any."""

    def __init__(self, *problems: str, status: int | None = None) -> None:
        super().__init__(*problems)
        self.status = status


class EngineError(OutputError):
    """The processes or the cluster that were to do the work did not."""


class ShapesError(PariscallError):
    """Shapes are broken, or ask for something that no engine does."""

    exit_code = 5


class NothingValidatedError(PariscallError):
    """There was nothing to validate, or nothing to validate it against."""

    exit_code = 6


# By the folder of a copy, the address that it was copied from.
_ADDRESSES: dict[Path, str] = {}


def name_by_address(folder: Path, address: str) -> None:
    """Have messages name the files of a folder, which are copies, by the address of the originals."""
    _ADDRESSES[folder.resolve()] = address


def relative(path: Path) -> str:
    """Spell a path the way the user sees it: relative to the current folder if below it.

    A copy of what is at an address is spelt as that address.
    """
    whole = path.resolve()
    for folder, address in _ADDRESSES.items():
        if whole.is_relative_to(folder):
            return "/".join([address, *whole.relative_to(folder).parts])
    try:
        return str(whole.relative_to(path.cwd()))
    except ValueError:
        return str(path)


def printable(text: str) -> str:
    r"""Return a text that others wrote in one line, without what a terminal would obey.

    What it would obey is written out, as in ``\u001B``: control characters, line ends and tabs,
    surrogates, and marks that change the direction of what follows (UAX #9).
    """
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04X}", text)


def nearest(value: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the known value that another one was probably meant to be, if any is near.

    ``alike`` is how much of the two must be the same, from 0 to 1.
    """
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(name.casefold(), name)
    # Of codes of two or three letters, too many are near to each other.
    cutoff = alike if len(value) > 3 else 1
    found = get_close_matches(value.casefold(), folded, 1, cutoff)
    return folded[found[0]] if found else None


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """Return a question to put after an error message, or nothing if no known value is near."""
    meant = nearest(value, known)
    return f" Did you mean {meant!r}?" if meant else ""
