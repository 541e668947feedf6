"""The classes of hostile inputs, and the tries of each."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from pariscall.errors import PariscallError

Tries = Callable[[], Iterator["Try"]]
CLASSES: dict[str, Tries] = {}


@dataclass(frozen=True)
class Try:
    """A hostile input: its name, what reads it, and whether it must be refused.

    ``seconds`` is how long it may take.
    """

    name: str
    work: Callable[[], object]
    must_be_refused: bool = True
    seconds: float = 20

    def run(self) -> None:
        """Read the input; an error of ours is one that says each thing that is wrong on a line."""
        error = _read(self.work)
        if error is None:
            assert not self.must_be_refused, "it was not refused"
            return
        assert str(error), "the error says nothing"
        shown = str(error).split("\n")
        assert len(shown) == len(error.lines), f"a problem has more than one line: {error}"
        assert all(map(str.isprintable, shown)), f"the error has control characters: {error!r}"


def _read(work: Callable[[], object]) -> PariscallError | None:
    try:
        work()
    except PariscallError as error:
        return error
    return None


def hostile(name: str) -> Callable[[Tries], Tries]:
    """Register a class of hostile inputs under a name."""

    def register(tries: Tries) -> Tries:
        CLASSES[name] = tries
        return tries

    return register


def load() -> dict[str, Tries]:
    """Import every module of this package, and return all classes."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.iter_modules(import_module(package).__path__):
        if not module.name.startswith(("_", "test_")):
            import_module(f"{package}.{module.name}")
    return CLASSES


def by_name() -> dict[str, Try]:
    """Return all tries, each under its class and name."""
    return {f"{kind}: {one.name}": one for kind, tries in load().items() for one in tries()}
