"""A validation within a time and a memory, in a process that may crash."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import MisuseError, ShapesError
from ..io.activity import last, share
from ..io.watchdog import CrashedError, TooLongError, can_watch, run_watched
from .report import Report


def validate_within(
    work: Callable[[], Report], seconds: float | None, memory: int | None
) -> Report:
    """Return the report of a validation.

    Args:
        work: what validates.
        seconds: time that it may take.
        memory: address space in bytes that it may take.

    Raises:
        MisuseError: if this system cannot keep the limits.
        ShapesError: if it takes more, or crashes, with the shape at which it was.
        PariscallError: what the validation raises.
    """
    if (seconds or memory) and not can_watch():
        raise MisuseError("--timeout and --memory need a system that forks. Use Linux or macOS.")
    share()
    try:
        return run_watched(work, seconds, memory)
    except TooLongError:
        raise ShapesError(
            f"the validation took longer than {seconds:g} seconds{_at()}. "
            "Allow more with --timeout, or simplify the shape."
        ) from None
    except CrashedError:
        raise ShapesError(
            f"the validation needed too much memory, or crashed{_at()}. "
            "Allow more with --memory, or simplify the shape."
        ) from None
    finally:
        last()


def _at() -> str:
    told = last()
    return f", at {told}" if told else ""
