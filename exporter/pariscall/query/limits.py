"""Queries that end when they take too much time or memory."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import MisuseError, QueryError
from ..io.watchdog import CrashedError, TooLongError, can_watch, run_watched
from .dataset import Dataset
from .queries import Query, answer


def answer_within(
    query: Query,
    load: Callable[[], Dataset],
    format_name: str | None = None,
    *,
    seconds: float | None = None,
    memory: int | None = None,
) -> str:
    """Load a dataset, run a query and return its results in a format, in a process of its own.

    Args:
        query: what to run.
        load: returns the dataset.
        format_name: as ``answer``.
        seconds: time that loading and answering may take.
        memory: bytes that they may take.

    Raises:
        QueryError: as ``answer``, or if the query is beyond a limit or crashes its process.
        MisuseError: as ``answer``, or if this system cannot keep the limits.
    """
    if (seconds or memory) and not can_watch():
        raise MisuseError("--timeout and --memory need a system that forks. Use Linux or macOS.")
    try:
        return run_watched(lambda: answer(query, load(), format_name), seconds, memory)
    except TooLongError:
        raise QueryError(f"{query.name}: the query took longer than {seconds:g} seconds.") from None
    except CrashedError:
        raise QueryError(
            f"{query.name}: the query nests too deeply, or took more memory than there is for it."
        ) from None
