"""The workers of a cluster read from an object store and write to it, though one of them is killed.

Those of Spark, which take long to start, do so in ``test_spark.py``.
"""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from pariscall.io.engines import connect
from pariscall.publish.partitions.export import export_partitioned
from pariscall.publish.partitions.verify import verify
from pariscall.tables.copies import copy_of
from support.cluster import Piece, dask_cluster, process
from support.object_store import BUCKET, object_store
from support.partitions import BOTH, contents
from support.server import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.server]

PIECES = [Piece(number) for number in range(32)]


def workers(address: str) -> set[int]:
    return set(connect(address).map(process, PIECES))


def test_parts_that_workers_write_to_a_store_are_those_of_one_process(
    partitions: Path, small: Path, tmp_path: Path
) -> None:
    pytest.importorskip("distributed")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with (
        object_store(tmp_path) as store,
        dask_cluster(tmp_path, is_kept_up=False, TMPDIR=str(temporary)) as address,
    ):
        tables = store.put(small, "tables")
        assert wait_for(60, lambda: len(workers(address)) == 2)
        victim = min(workers(address))

        def kill() -> None:
            wait_for(60, lambda: store.records("parts"))
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        export_partitioned(f"{BUCKET}/parts", BOTH, copy_of(tables), scheduler=address)
        killer.join()
        assert list(temporary.glob("pariscall-tables-*"))  # the workers have copies of their own
        [survivor] = workers(address)
        assert survivor != victim
        assert store.contents("parts") == contents(partitions)
        assert verify(f"{BUCKET}/parts") == []
