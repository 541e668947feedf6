"""Large tables are checked in blocks: what is wrong with them is what is wrong with the whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pariscall.errors import TableError
from pariscall.tables import blocks
from pariscall.tables.blocks import cut_blocks
from pariscall.tables.checks import check_tables
from pariscall.tables.csvw import read_schema
from pariscall.tables.keys import HashedKeys, Run
from pariscall.tables.rows import read_rows
from support.tables import edit

Edit = Callable[[str], str]
_SIZES = (60, 400, 2500)  # bytes of a block


@pytest.fixture
def tables(small: Path, tmp_path: Path) -> Path:
    """Return a copy of some tables, to be edited."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for path in small.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


def problems(folder: Path, jobs: int = 1) -> list[str]:
    with pytest.raises(TableError) as caught:
        check_tables(read_schema(folder), jobs)
    return caught.value.problems


def cut(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(blocks, "SIZE", size)


def line(number: int, change: Edit) -> Edit:
    """Return an edit that changes one line of a text, the last ones by numbers below zero."""

    def edited(text: str) -> str:
        lines = text.rstrip("\n").split("\n")
        lines[number] = change(lines[number])
        return "\n".join([*lines, ""])

    return edited


def twice(text: str) -> str:
    return f"{text}\n{text}"


def upside_down(text: str) -> str:
    header, *lines = text.rstrip("\n").split("\n")
    return "\n".join([header, *reversed(lines), ""])


FAULTS: dict[str, list[tuple[str, Edit]]] = {
    "a key twice": [("events.csv", line(9, twice)), ("parties.csv", line(-1, twice))],
    "no order": [("events.csv", upside_down), ("parties.csv", upside_down)],
    "a reference to nothing": [
        ("parties.csv", line(5, lambda _: "abbb,Abbb,,,company,SWE,,")),
        ("endorsements.csv", line(7, lambda text: text.replace("paris-call", "paris-cal"))),
        ("entries.csv", line(2, lambda text: text.replace(",paris-call,", ",paris-cal,"))),
    ],
    "a reference to a table that follows": [
        ("datasets.csv", lambda text: text.replace(",paris-call,", ",paris-col,")),
        ("calls.csv", line(1, lambda text: text.replace(",https", ",x,https"))),
    ],
    "cells that are not valid": [
        ("events.csv", lambda text: text.replace("2018-11-12", "2018")),
        ("parties.csv", line(3, lambda text: text.replace(",company,", ",firm,"))),
        ("sources.csv", lambda text: text.replace("2019", "2\x079")),
    ],
    "too few cells": [
        ("events.csv", line(-2, lambda text: text.removesuffix(","))),
        ("events.csv", line(4, lambda text: text.replace("signature", "sign"))),
    ],
    "a quote that is not closed": [("parties.csv", line(-3, lambda text: f'"{text}'))],
    "a quote within a cell": [
        ("entries.csv", line(3, lambda text: text.replace("-", '"', 1))),
        ("events.csv", line(8, lambda text: text.replace("paris", 'par"is'))),
    ],
    "another header": [("endorsements.csv", line(0, lambda text: text.replace("n,", "no,")))],
    "an empty table": [("parties.csv", lambda _: "")],
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_problems_do_not_depend_on_where_tables_are_cut(
    tables: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    for name, change in FAULTS[fault]:
        path = tables / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    whole = problems(tables)
    for size in _SIZES:
        cut(monkeypatch, size)
        assert len(cut_blocks(read_schema(tables)["events.csv"])) > 1
        assert problems(tables) == whole
    assert problems(tables, jobs=2) == whole


@pytest.mark.slow
def test_a_byte_that_is_not_utf8_is_named_with_its_line(
    tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tables / "events.csv"
    *lines, last = path.read_bytes().rstrip(b"\n").split(b"\n")
    path.write_bytes(b"\n".join([*lines, b"\xc9" + last, b""]))
    cut(monkeypatch, 400)
    [problem] = problems(tables, jobs=2)
    assert problem.endswith(f"events.csv:{len(lines) + 1}: not UTF-8. Save the file as UTF-8.")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("size", _SIZES)
def test_blocks_have_all_rows_with_their_lines(
    tables: Path, monkeypatch: pytest.MonkeyPatch, line_end: str, size: int
) -> None:
    path = tables / "parties.csv"
    edit(path, "abb,ABB,", 'abb,"A\n""B""\n\nB",')
    text = path.read_text(encoding="utf-8").replace("\n", line_end)
    path.write_text(f"sep=,{line_end}{text}", encoding="utf-8-sig", newline="")
    table = read_schema(tables)["parties.csv"]
    whole = [(row.line, row.cells) for row in read_rows(table)]
    cut(monkeypatch, size)
    pieces = cut_blocks(table)
    assert len(pieces) > 1 or line_end == "\r" or size > len(text)
    assert [(row.line, row.cells) for piece in pieces for row in piece.read()] == whole


@pytest.mark.slow
def test_sound_tables_have_so_many_rows(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = check_tables(read_schema(tables))
    cut(monkeypatch, 300)
    assert check_tables(read_schema(tables), jobs=2) == whole


def test_hashed_keys_are_those_of_all_runs() -> None:
    keys = [(f"party-{number}", "paris-call", str(number % 3)) for number in range(500)]
    hashed = HashedKeys([Run.of(keys[:200]), Run.of(keys[150:])])
    assert len(hashed) == 500
    assert all(key in hashed for key in keys)
    assert ("party-1", "paris-call", "2") not in hashed
    assert ("party-1", "paris-call,1") not in hashed
