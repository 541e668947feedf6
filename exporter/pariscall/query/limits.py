"""Queries that end when they take too much time or memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..errors import MisuseError, QueryError
from ..io.watchdog import CrashedError, TooLongError, can_watch, run_watched
from .dataset import Dataset
from .queries import Query, answer
from .rows import Results

T = TypeVar("T")


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
    return _within(lambda: answer(query, load(), format_name), query, seconds, memory)


def file_within(
    query: Query,
    load: Callable[[], Dataset],
    format_name: str,
    *,
    seconds: float | None = None,
    memory: int | None = None,
) -> bytes:
    """Do the same, and return its rows as a file, as ``Results.to_file`` does.

    Raises:
        QueryError, MisuseError: as ``answer_within`` and ``Results.to_file``.
    """
    return _within(lambda: Results(query, load()).to_file(format_name), query, seconds, memory)


def _within(work: Callable[[], T], query: Query, seconds: float | None, memory: int | None) -> T:
    if (seconds or memory) and not can_watch():
        raise MisuseError("--timeout and --memory need a system that forks. Use Linux or macOS.")
    try:
        return run_watched(work, seconds, memory)
    except TooLongError:
        raise QueryError(f"{query.name}: the query took longer than {seconds:g} seconds.") from None
    except CrashedError:
        raise QueryError(
            f"{query.name}: the query nests too deeply, or took more memory than there is for it."
        ) from None
