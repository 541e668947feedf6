"""``validate --fix`` rewrites what has one right form, says so, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pariscall.errors import TableError
from pariscall.tables.csvw import METADATA, Schema, read_schema
from pariscall.tables.repair import repair_tables

GOOD = "code,day,number,note\nDEU,2020-01-05,2,as  published \nFRA,,10,\n"


@pytest.fixture
def schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Schema:
    monkeypatch.chdir(tmp_path)
    codes: dict[str, Any] = {"columns": [{"name": "code"}], "primaryKey": ["code"]}
    days: dict[str, Any] = {
        "columns": [
            {"name": "code", "datatype": {"base": "string", "format": "[A-Z]{3}"}},
            {"name": "day", "datatype": "date"},
            {"name": "number", "datatype": "integer"},
            {"name": "note"},
        ],
        "primaryKey": ["code", "number"],
        "foreignKeys": [
            {
                "columnReference": "code",
                "reference": {"resource": "codes.csv", "columnReference": "code"},
            }
        ],
    }
    for column in codes["columns"] + days["columns"]:
        column["suppressOutput"] = True
    tables = [{"url": "codes.csv", "tableSchema": codes}, {"url": "days.csv", "tableSchema": days}]
    Path(METADATA).write_text(json.dumps({"tables": tables}), encoding="utf-8")
    Path("codes.csv").write_text("code\nDEU\nFRA\n", encoding="utf-8")
    Path("days.csv").write_text(GOOD, encoding="utf-8")
    return read_schema(Path())


def test_good_tables_are_left_alone(schema: Schema) -> None:
    before = Path("days.csv").stat()
    assert repair_tables(schema) == []
    after = Path("days.csv").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("bad", "changes"),
    [
        (GOOD.replace("FRA", " fra"), ["days.csv:3: code: ' fra' -> 'FRA'"]),
        (GOOD.replace("2020-01-05", "2020/1/5"), ["days.csv:2: day: '2020/1/5' -> '2020-01-05'"]),
        (GOOD.replace("10", "+010\u00a0"), ["days.csv:3: number: '+010\\xa0' -> '10'"]),
        (
            "code,day,number,note\nFRA,,10,\nDEU,2020-01-05,2,as  published \n",
            ["days.csv: 2 rows put in the order of their keys"],
        ),
        (GOOD + "FRA,,10,\n", ["days.csv:4: removed, as line 3 says the same"]),
        ("\ufeff" + GOOD, ["days.csv: written with commas, line feeds and no mark"]),
        (
            "sep=;\r\n" + GOOD.replace(",", ";").replace("\n", "\r\n"),
            ["days.csv: written with commas, line feeds and no mark"],
        ),
    ],
)
def test_what_has_one_right_form_gets_it(schema: Schema, bad: str, changes: list[str]) -> None:
    Path("days.csv").write_bytes(bad.encode())
    assert repair_tables(schema) == changes
    assert Path("days.csv").read_bytes() == GOOD.encode()
    assert repair_tables(schema) == []


@pytest.mark.parametrize("cell", ["05/01/2020", "2020-02-30", "2020", "January"])
def test_what_could_mean_several_things_stays(schema: Schema, cell: str) -> None:
    Path("days.csv").write_text(GOOD.replace("2020-01-05", cell), encoding="utf-8")
    assert repair_tables(schema) == []


def test_codes_that_differ_in_case_only_stay(schema: Schema) -> None:
    Path("codes.csv").write_text("code\nDEU\nFRA\nfra\n", encoding="utf-8")
    Path("days.csv").write_text(GOOD.replace("FRA", "Fra"), encoding="utf-8")
    assert repair_tables(schema) == []


def test_rows_without_an_order_change_nothing(schema: Schema) -> None:
    bad = GOOD.replace("10", "ten").replace("DEU", "deu")
    Path("days.csv").write_text(bad, encoding="utf-8")
    with pytest.raises(TableError, match=r"days\.csv: a key is not a number"):
        repair_tables(schema)
    assert Path("days.csv").read_text(encoding="utf-8") == bad
