"""Processes do each piece of work once, give the results in order, and outlive no trouble of their own."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from pariscall.errors import EngineError, GateError
from pariscall.io.engines import TRIES
from pariscall.io.engines.processes import Processes
from support.server import is_alive, needs_fork

forked = pytest.mark.skipif(needs_fork, reason="this system does not fork")


@dataclass(frozen=True)
class Piece:
    number: int

    @property
    def location(self) -> str:
        return f"parties.csv:{self.number}"


PIECES = [Piece(number) for number in range(9)]


def squared(piece: Piece) -> int:
    return piece.number**2


@pytest.mark.parametrize("jobs", [1, 2, 20])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    def slowly(piece: Piece) -> int:
        time.sleep(0.02 * (piece.number == 0))
        return squared(piece)

    counted: list[int] = []
    assert Processes(jobs).map(slowly, PIECES, counted.append) == list(map(squared, PIECES))
    assert counted[-1] == len(PIECES)
    assert counted == sorted(counted)


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_items_give_no_results(jobs: int) -> None:
    assert Processes(jobs).map(squared, []) == []


@forked
def test_the_work_is_done_in_so_many_processes() -> None:
    def process(_piece: Piece) -> int:
        time.sleep(0.01)
        return os.getpid()

    found = set(Processes(3).map(process, PIECES))
    assert len(found) == 3
    assert os.getpid() not in found
    assert not any(map(is_alive, found))


@forked
@pytest.mark.parametrize("number", [0, 4, 8])
def test_an_item_whose_process_is_killed_is_done_again(tmp_path: Path, number: int) -> None:
    flag = tmp_path / "killed"

    def once_fatal(piece: Piece) -> int:
        if piece.number == number and not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return squared(piece)

    assert Processes(2).map(once_fatal, PIECES) == list(map(squared, PIECES))
    assert flag.exists()


@forked
def test_an_item_that_kills_each_process_is_named_and_ends_the_work(tmp_path: Path) -> None:
    def fatal(piece: Piece) -> int:
        if piece.number == 4:
            with (tmp_path / "tries").open("a", encoding="utf-8") as file:
                file.write("x")
            os.kill(os.getpid(), signal.SIGKILL)
        return squared(piece)

    with pytest.raises(
        EngineError, match=r"^parties\.csv:4: .* ended 3 times, at last by signal 9"
    ):
        Processes(2).map(fatal, PIECES)
    assert (tmp_path / "tries").read_text(encoding="utf-8") == "x" * TRIES


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_the_work_is_raised_as_it_is_and_not_tried_again(
    tmp_path: Path, jobs: int
) -> None:
    def failing(piece: Piece) -> int:
        if piece.number == 4:
            with (tmp_path / "tries").open("a", encoding="utf-8") as file:
                file.write("x")
            raise GateError("parties.csv:4: wrong", "Fix it.")
        return squared(piece)

    with pytest.raises(GateError, match="wrong") as raised:
        Processes(jobs).map(failing, PIECES)
    assert raised.value.lines == ("parties.csv:4: wrong", "Fix it.")
    assert (tmp_path / "tries").read_text(encoding="utf-8") == "x"
