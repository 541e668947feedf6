"""Every record is accounted for, from the registry to each dump, and nothing goes unexplained."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pariscall.errors import LedgerError
from pariscall.publish.account import Balance
from pariscall.publish.dumps import DUMPS
from pariscall.publish.export import export
from pariscall.publish.ledger import COLUMNS, Ledger, check_balances, count_endorsements
from pariscall.tables.graph import TableGraph
from support.command import Run
from support.tables import edit

pytestmark = pytest.mark.slow


def drawn_up(folder: Path) -> list[Balance]:
    graph = TableGraph(folder)
    ledger = Ledger(graph)
    for document in graph.documents():
        ledger.add(document)
    return ledger.balances()


def test_registry_parties_endorsements_and_dumps_agree(run: Run, dumps: Path) -> None:
    finished = run("ledger", "--dumps", dumps)
    assert finished.returncode == 0
    lines = [line.strip() for line in finished.stdout.split("\n")]
    assert lines[:2] == [
        "1,222 records in the last state of the registry",
        "= 1,222 entries of that state",
    ]
    for output in DUMPS:
        if output.endorsement:
            assert f"1,391 endorsements in {output.file}" in lines
    named = "caps, hikanotes-consultancy-ltd, instituto-de-neurocirugia-dr-asenjo"
    assert any(line.startswith(f"+ 5 unknown: {named}") for line in lines)
    assert any(line.startswith("= 8 merge: ") for line in lines)


def test_the_account_stands_beside_the_dumps(dumps: Path) -> None:
    with (dumps / "paris-call-ledger.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == tuple(column.name for column in COLUMNS)
    sums: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        assert len(row["parties"].split()) in (0, int(row["part_number"]))
    for row in rows:
        if row["quantity"].endswith(".trig"):
            sums.setdefault((row["quantity"], row["number"]), []).append(int(row["part_number"]))
    assert sums == {("endorsements in paris-call.trig", "1391"): [68, 34, 62, 1227]}


@pytest.mark.parametrize(
    ("table", "old", "new", "quantity"),
    [
        ("datasets", ",1222,", ",1223,", "records in the last state of the registry: 1,223"),
        ("decisions", "duplicate,*,northwave_bv.md", "same-party,*,z.md", "decisions: duplicate: 7"),
        ("events", ",merge-fb1b915,merge,", ",merge-fb1b915,listing,", "decisions: duplicate: 8"),
        ("endorsements", "abb,paris-call,1,active", "abb,paris-call,2,active", "endorsements of paris-call: 1,227"),
    ],
)  # fmt: skip
def test_a_difference_is_named(folder: Path, table: str, old: str, new: str, quantity: str) -> None:
    edit(folder / f"{table}.csv", old, new)
    if table == "endorsements":  # the rows that refer to the endorsement move along
        for name in ("events", "entries", "supports"):
            path = folder / f"{name}.csv"
            text = path.read_text(encoding="utf-8")
            text = text.replace("\nabb,paris-call,1,", "\nabb,paris-call,2,")
            path.write_text(
                text.replace("\nabb,paris-call,paris-call,1,", "\nabb,paris-call,paris-call,2,"),
                encoding="utf-8",
            )
    if table == "decisions":
        sort(folder / "decisions.csv")
    balances = drawn_up(folder)
    with pytest.raises(LedgerError) as caught:
        check_balances(balances)
    assert quantity in str(caught.value)


def sort(path: Path) -> None:
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    path.write_text("\n".join([header, *sorted(lines)]) + "\n", encoding="utf-8")


def test_an_export_that_does_not_balance_writes_nothing(run: Run, folder: Path) -> None:
    edit(folder / "datasets.csv", ",1222,", ",1300,")
    finished = run("export", "-o", "out", "--tables", folder)
    assert finished.returncode == 1
    assert "which leaves 78." in finished.stderr
    assert not (folder.parent / "out").exists()
    listed = run("ledger", "--tables", folder)
    assert listed.returncode == 1
    assert "which leaves 78." in listed.stderr


def test_a_dump_that_lost_an_endorsement_does_not_balance(run: Run, tmp_path: Path) -> None:
    export(tmp_path / "dumps", ["nt"])
    path = tmp_path / "dumps" / "paris-call.nt"
    lines = path.read_text(encoding="utf-8").split("\n")
    lost = next(line for line in lines if line.endswith("ns#Endorsement> ."))
    path.write_text("\n".join(line for line in lines if line != lost), encoding="utf-8")
    finished = run("ledger", "--dumps", "dumps")
    assert finished.returncode == 1
    assert "endorsements in paris-call.nt: 1,390 are there" in finished.stderr


def test_endorsements_are_found_wherever_a_block_ends(
    dumps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [turtle] = [output for output in DUMPS if output.name == "ttl"]
    for size in (1000, 1001, 4097):
        monkeypatch.setattr("pariscall.publish.ledger._BLOCK", size)
        found = count_endorsements({turtle: dumps / turtle.file})
        assert found == {turtle.file: 1391}


def test_an_earlier_day_is_accounted_for_too(run: Run, tmp_path: Path) -> None:
    run("export", "-o", "out", "--as-of", "2020-01-01", "--format", "csv")
    text = (tmp_path / "out" / "paris-call-ledger.csv").read_text(encoding="utf-8")
    assert "active endorsements of paris-call,1073,active signatories,1073," in text
    assert "records in the last state" not in text


def test_a_folder_without_dumps_is_misuse(run: Run) -> None:
    finished = run("ledger", "--dumps", ".")
    assert finished.returncode == 2
    assert "there is no dump" in finished.stderr
