"""Work on a standalone cluster of https://spark.apache.org, for those who have one already.

A piece of work is a partition of its own, so that a failure names it. An error that the work raised
is a result, for Spark would try it again; what ends a worker is tried again, as often as Spark is
set to (``spark.task.maxFailures``).
"""

from __future__ import annotations

import re
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from subprocess import DEVNULL
from typing import Any, TypeVar
from zipimport import zipimporter

from ...errors import EngineError
from . import Counter, Item
from .shipping import Shipped, ship

I = TypeVar("I", bound=Item)  # noqa: E741 an item
R = TypeVar("R")

_PATIENCE = 10  # seconds in which a master must answer
_PAUSE = 0.2  # seconds between two looks at how much is done
_TASK = re.compile(r"Task (\d+) in stage \S+ failed")
_MISSING = re.compile(r"ModuleNotFoundError: .*")


class Spark:
    """Does work on the workers of a master. What a worker that ends had begun, another does again."""

    def __init__(self, master: str) -> None:
        self._master = master

    def map(
        self, work: Callable[[I], R], items: Sequence[I], count: Counter = lambda _number: None
    ) -> list[R]:
        """Return the results of the work on all items, in the order of the items.

        Raises:
            EngineError: if there is no master, no Java here, no worker of this version, or an item ended
                as many workers as Spark lets it.
            Exception: what the work raised.
        """
        if not items:
            return []
        context = self._context()
        pieces = context.parallelize(items, len(items)).map(_Outcome(ship(work)))
        with ThreadPoolExecutor(1) as beside:
            outcomes = self._wait(context, beside.submit(pieces.collect), items, count)
        for is_done, outcome in outcomes:
            if not is_done:
                raise outcome
        count(len(items))
        return [outcome for _, outcome in outcomes]

    def _wait(
        self,
        context: Any,
        collected: Future[list[tuple[bool, Any]]],
        items: Sequence[Item],
        count: Counter,
    ) -> list[tuple[bool, Any]]:
        """Wait for the outcomes, and tell meanwhile how many there are."""
        done = 0
        while True:
            try:
                return collected.result(_PAUSE)
            except TimeoutError:
                # What a stage did that has ended is not counted any more.
                done = max(done, _completed(context))
                count(done)
            except Exception as error:  # noqa: BLE001 Spark says all in the text of one kind
                raise self._explained(str(error), items) from None
            except BaseException:
                context.cancelAllJobs()
                raise

    def _explained(self, said: str, items: Sequence[Item]) -> EngineError:
        """Return the error of a job that Spark has given up, from what it says."""
        if missing := _MISSING.search(said):
            return EngineError(
                f"{self._master}: a worker lacks a module: {missing[0]}. Install the same pariscall there, "
                "for the Python that PYSPARK_PYTHON names."
            )
        if failed := _TASK.search(said):
            return EngineError(
                f"{items[int(failed[1])].location}: each worker that began this ended. See whether they "
                "have memory enough."
            )
        reason = said.partition("\n")[0]
        return EngineError(f"{self._master}: the work on the cluster failed: {reason}")

    def _context(self) -> Any:
        """Return the connection of this process with the master; it lasts as long as the process."""
        pyspark: Any = import_module("pyspark")
        running = pyspark.SparkContext._active_spark_context  # noqa: SLF001 nothing else tells
        if running is not None and running.master == self._master:
            return running
        if not _answers(self._master):
            raise EngineError(
                f"{self._master}: no master of Spark answers there. Start one with 'spark-class "
                "org.apache.spark.deploy.master.Master'."
            )
        if running is not None:
            running.stop()
        settings = pyspark.SparkConf().setMaster(self._master).setAppName("pariscall")
        for name, value in (("ui.enabled", "false"), ("log.level", "OFF")):
            settings.setIfMissing(f"spark.{name}", value)
        try:
            launch = import_module("pyspark.java_gateway").launch_gateway
            gateway = launch(settings, popen_kwargs={"stderr": DEVNULL})
            return pyspark.SparkContext(conf=settings, gateway=gateway)
        except Exception as error:
            reason = str(error).partition("\n")[0]
            raise EngineError(
                f"{self._master}: Spark does not start here: {reason} It needs Java."
            ) from error


class _Outcome:
    """The work on an item, with what came of it: whether it is done, and its result or its error."""

    def __init__(self, work: Shipped) -> None:
        self._work = work

    def __call__(self, item: Item) -> tuple[bool, Any]:
        try:
            return True, self._work(item)
        except Exception as error:  # noqa: BLE001 it is raised again by the driver
            error.add_note(traceback.format_exc())
            return False, error
        finally:
            _forget_archives()


def _forget_archives() -> None:
    """Have Python forget what is in zip files, of which Spark is one.

    Before each item, Spark has Python read all that it knows of them anew, which takes 0.1 s.
    """
    for path, finder in [*sys.path_importer_cache.items()]:
        if isinstance(finder, zipimporter):
            del sys.path_importer_cache[path]


def _completed(context: Any) -> int:
    """Return how many pieces of the work at hand are done."""
    tracker = context.statusTracker()
    stages = map(tracker.getStageInfo, tracker.getActiveStageIds())
    return sum(stage.numCompletedTasks for stage in stages if stage is not None)


def _answers(master: str) -> bool:
    """Report whether somebody listens at an address of a master, of which there may be several."""
    for place in master.removeprefix("spark://").split(","):
        host, _, port = place.rpartition(":")
        with (
            suppress(OSError, ValueError),
            socket.create_connection((host.strip("[]"), int(port)), _PATIENCE),
        ):
            return True
    return False
