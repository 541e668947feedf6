"""No hostile input ends in a traceback, a signal, a gigabyte of memory, or more than its time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hostile.registry import by_name
from support.command import run_command

TESTS = Path(__file__).parents[1]
# Each hostile client has a server of its own here; the tests of the server ask one for all of them.
ELSEWHERE = "clients: "
TRIES = [name for name in by_name() if not name.startswith(ELSEWHERE)]


@pytest.fixture(scope="module")
def failure(
    tmp_path_factory: pytest.TempPathFactory,
    cache: None,  # noqa: ARG001 it says where
) -> Iterator[Callable[[str], str]]:
    """Yield a function that makes a try, and returns why it failed, or nothing."""
    folder = tmp_path_factory.mktemp("tries")
    # The graph is kept on disk before: its database cannot be written by a fork of a process that used it.
    run_command(folder, ["query", "ASK {}"])
    path = os.pathsep.join(filter(None, (str(TESTS), os.environ.get("PYTHONPATH"))))
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-P", TESTS / "support" / "try_server.py"],
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as server,
    ):
        names, answers = server.stdin, server.stdout
        assert names is not None
        assert answers is not None

        def ask(name: str) -> str:
            names.write(json.dumps(name) + "\n")
            names.flush()
            return str(json.loads(answers.readline()))

        yield ask
        names.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", TRIES)
def test_a_hostile_input_is_refused_on_one_line(name: str, failure: Callable[[str], str]) -> None:
    assert failure(name) == ""
