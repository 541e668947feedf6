"""Runs of a target: a number of examples, or as many as there is time for, in a watched process."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from support.tries import Result, watch

from .target import Target

_SLOW = 5_000  # milliseconds that one text may take
_AT_ONCE = 500  # examples


def fuzz(target: Target, seconds: float, start: int | None = None) -> tuple[Result, str]:
    """Return what came of giving texts to a target for some time, and its first failure."""
    with TemporaryDirectory() as name:
        kept, number = Path(name, "text"), Path(name, "number")

        def work() -> None:
            _run_until(target, time.monotonic() + seconds, start, kept, number)

        failure, peak = watch(work, seconds + 60)
        tries = int(number.read_text(encoding="utf-8")) if number.exists() else 0
        shown = (
            f"{failure}\nthe text was {kept.read_text(encoding='utf-8')[:3000]}" if failure else ""
        )
    return Result(tries, int(bool(failure)), peak), shown


def run_examples(target: Target, number: int) -> None:
    """Give the same texts to a target each time, and raise what it should not."""

    @settings(max_examples=number, derandomize=True, database=None, deadline=None, **_QUIET)
    @given(target.texts)
    def check(text: Any) -> None:
        target.run(text)

    check()


_QUIET: dict[str, Any] = {
    "suppress_health_check": list(HealthCheck),
    "verbosity": Verbosity.quiet,
    "print_blob": False,
    "phases": (Phase.explicit, Phase.generate, Phase.shrink),
}


def _run_until(target: Target, end: float, start: int | None, kept: Path, number: Path) -> None:
    tries, turn = 0, 0

    def check(text: Any) -> None:
        nonlocal tries
        tries += 1
        kept.write_text(repr(text), encoding="utf-8")  # so that it is known if the process dies
        target.run(text)

    while time.monotonic() < end:
        one = given(target.texts)(check)
        begun = one if start is None else seed(start + turn)(one)
        try:
            settings(max_examples=_AT_ONCE, database=None, deadline=_SLOW, **_QUIET)(begun)()
        finally:
            number.write_text(str(tries), encoding="utf-8")
        turn += 1
