"""Work on a cluster of https://distributed.dask.org, which keeps what its workers do while some of them end."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeVar

from ...errors import EngineError
from . import Counter, Item
from .shipping import Shipped, ship

I = TypeVar("I", bound=Item)  # noqa: E741 an item
R = TypeVar("R")

_PATIENCE = 10  # seconds in which a scheduler must answer


class Dask:
    """Does work on the workers of a scheduler. What a worker that ends had begun, another does again."""

    def __init__(self, scheduler: str) -> None:
        self._scheduler = scheduler
        self._dask: Any = import_module("distributed")  # which has few types

    def map(
        self, work: Callable[[I], R], items: Sequence[I], count: Counter = lambda _number: None
    ) -> list[R]:
        """Return the results of the work on all items, in the order of the items.

        Raises:
            EngineError: if there is no scheduler, no worker of this version, or an item ended as many
                workers as the scheduler allows.
            Exception: what the work raised.
        """
        if not items:
            return []
        try:
            with self._client() as client:
                return self._results(client, ship(work), items, count)
        except OSError as error:
            raise EngineError(
                f"{self._scheduler}: the work on the cluster failed: {error}."
            ) from error

    def _results(
        self, client: Any, work: Shipped, items: Sequence[Item], count: Counter
    ) -> list[Any]:
        # The work writes files, so that the results of an earlier run are none of this one.
        futures = client.map(work, items, pure=False)
        numbers = {future.key: number for number, future in enumerate(futures)}
        completed = self._dask.as_completed(futures, loop=client.loop)
        del futures
        results: dict[int, Any] = {}
        suspects = []
        for future in completed:
            number = numbers[future.key]
            if isinstance(future.exception(), self._dask.KilledWorker):
                suspects.append(number)  # what was on the same worker is under suspicion too
            else:
                results[number] = self._result(future)
                # If the worker that keeps a result ends, Dask makes it again, maybe after this run.
                future.release()
                count(len(results))
        for number in suspects:
            results[number] = self._alone(client, work, items[number])
            count(len(results))
        return [results[number] for number in range(len(items))]

    def _alone(self, client: Any, work: Shipped, item: Item) -> Any:
        """Return the result of an item with nothing beside it, which shows whether it ends workers."""
        future = client.submit(work, item, pure=False)
        error = future.exception()
        if isinstance(error, self._dask.KilledWorker):
            raise EngineError(
                f"{item.location}: each worker that began this ended. See whether they have memory enough."
            ) from error
        return self._result(future)

    def _result(self, future: Any) -> Any:
        error = future.exception()
        if isinstance(error, ModuleNotFoundError):
            raise EngineError(
                f"{self._scheduler}: a worker lacks a module: {error}. Install the same pariscall there."
            ) from error
        if error:
            raise error
        return future.result()

    @contextmanager
    def _client(self) -> Iterator[Any]:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
        try:
            client = self._dask.Client(self._scheduler, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise EngineError(
                f"{self._scheduler}: no scheduler of Dask answers there. Start one with 'dask scheduler'."
            ) from error
        with client:
            yield client
