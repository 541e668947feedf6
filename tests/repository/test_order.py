"""Each process of a run begins with the tests that take long, and ends with those that are quick."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from support.order import in_order

MARKS: dict[str, tuple[str, ...]] = {"quick": (), "slow": ("slow",), "server": ("slow", "server")}


def made(text: str) -> Any:
    """Make a test of each word, such as ``a.slow``: a module, and a kind that has marks."""
    return [
        SimpleNamespace(
            path=word.partition(".")[0],
            word=word,
            iter_markers=lambda word=word: [
                SimpleNamespace(name=mark) for mark in MARKS[word.partition(".")[2]]
            ],
        )
        for word in text.split()
    ]


def ordered(text: str, processes: int) -> str:
    items: Any = in_order(made(text), processes)
    return " ".join(item.word for item in items)


def test_what_starts_a_server_comes_first_and_what_is_quick_last() -> None:
    assert ordered("a.quick b.slow c.server d.slow", 1) == "c.server b.slow d.slow a.quick"


def test_a_module_stays_together_and_in_its_order() -> None:
    assert ordered("a.slow b.quick b.server b.slow c.slow", 1) == (
        "b.quick b.server b.slow a.slow c.slow"
    )


def test_each_process_keeps_its_share() -> None:
    assert ordered("a.quick b.slow c.quick d.server e.slow", 2) == (
        "b.slow a.quick d.server e.slow c.quick"
    )


def test_every_test_is_there_once_though_there_are_more_processes() -> None:
    for processes in range(1, 6):
        assert sorted(ordered("a.slow b.quick c.server", processes).split()) == [
            *("a.slow", "b.quick", "c.server"),
        ]
