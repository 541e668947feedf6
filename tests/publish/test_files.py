"""The files that people open: each is read again by another library, and says the same."""

from __future__ import annotations

import csv
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.compare import isomorphic

import pariscall
from pariscall.bundle import ROOT
from pariscall.errors import MisuseError
from pariscall.io import extras
from pariscall.publish.choices import DUMPS as BY_DEFAULT
from pariscall.publish.choices import DUMPS_ON_DEMAND
from pariscall.publish.dumps import DUMPS
from pariscall.publish.dumps.signatory import DESCRIPTIONS, NAMES
from pariscall.publish.export import choose, export
from pariscall.rdf.namespaces import BASE
from support.tables import read_records

CALL = f"{BASE}call/paris-call"


@pytest.fixture(scope="module")
def files(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    export(folder, ["all"], small)
    return folder


def test_the_choices_of_the_command_are_the_dumps() -> None:
    assert [dump.name for dump in choose([])] == list(BY_DEFAULT)
    assert [dump.name for dump in choose(["all"])] == [dump.name for dump in DUMPS]
    assert [dump.name for dump in DUMPS if not dump.by_default] == list(DUMPS_ON_DEMAND[:-1])


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    assert choose([])
    with pytest.raises(MisuseError, match=r"xlsx needs .*pariscall\[files\]"):
        choose(["xlsx"])


def test_every_column_is_in_the_dictionary() -> None:
    assert tuple(DESCRIPTIONS) == NAMES


@pytest.mark.checkout
@pytest.mark.slow
def test_the_mappings_join_with_an_extract_of_wikidata(files: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "identities.md").read_text(encoding="utf-8")
    join = page.partition("```sparql\n")[2].partition("```")[0]
    extract = tmp_path / "wikidata.ttl"
    entity, property_ = "http://www.wikidata.org/entity/", "http://www.wikidata.org/prop/direct/"
    extract.write_text(f"<{entity}Q2283> <{property_}P159> <{entity}Q223718> .", encoding="utf-8")
    found = pariscall.query(join, data=[files / "paris-call.ttl", extract])
    assert [tuple(map(str, row)) for row in found] == [("Microsoft", f"{entity}Q223718")]


@pytest.mark.slow
def test_the_mappings_alone_are_those_of_the_graph_as_turtle_and_as_sssom(files: Path) -> None:
    text = (files / "paris-call-mappings.sssom.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    graph = rdflib.Graph().parse(files / "paris-call-mappings.ttl")
    of_class = rdflib.URIRef("https://w3id.org/sssom/Mapping")
    assert len(rows) == len(set(graph.subjects(rdflib.RDF.type, of_class))) > 40
    microsoft = rdflib.URIRef(f"{BASE}actor/microsoft")
    assert len(set(graph.objects(microsoft, rdflib.SKOS.exactMatch))) == 4
    assert {row["mapping_source"] for row in rows} >= {"source:ror-2026-06-23"}
    assert (microsoft, rdflib.SKOS.prefLabel, None) not in graph


@pytest.mark.slow
def test_excel_has_the_rows_of_the_csv_with_dates_frozen_header_and_filters(files: Path) -> None:
    import openpyxl

    workbook = openpyxl.load_workbook(files / "paris-call.xlsx")
    assert workbook.sheetnames == ["signatories", "dictionary", "sources"]
    sheet = workbook["signatories"]
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    with (files / "paris-call-signatories.csv").open(encoding="utf-8", newline="") as file:
        assert [header, *([written(value) for value in row] for row in rows)] == list(
            csv.reader(file)
        )
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert isinstance(rows[0][NAMES.index("since")], datetime)
    assert sheet.cell(2, NAMES.index("since") + 1).number_format == "yyyy-mm-dd"
    cited = {iri for row in rows for iri in str(row[NAMES.index("sources")]).split()}
    assert cited <= {row[0].value for row in workbook["sources"].iter_rows(min_row=2)}


def written(value: Any) -> str:
    """Return a cell of a workbook as the CSV has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.date().isoformat() if isinstance(value, datetime) else value or ""


@pytest.mark.slow
def test_sqlite_has_the_tables_with_their_keys_and_views(files: Path, small: Path) -> None:
    with sqlite3.connect(files / "paris-call.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        keys = database.execute("PRAGMA foreign_key_list(endorsements)").fetchall()
        for table in ("parties", "endorsements", "events", "claims", "countries"):
            rows = database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
            expected = [tuple(row.values()) for row in read_records(small / f"{table}.csv")]
            assert {tuple(text(cell) for cell in row) for row in rows} == set(expected), table
        supporters = database.execute("SELECT count(*) FROM supporters").fetchone()[0]
    database.close()
    assert "parties" in {key[2] for key in keys}
    active = [row for row in read_records(small / "endorsements.csv") if row["status"] == "active"]
    assert supporters == len(active)


def text(cell: str | int | None) -> str:
    return "" if cell is None else str(cell)


@pytest.mark.slow
def test_graphml_is_the_network_of_parties_and_calls(files: Path, small: Path) -> None:
    import networkx as nx

    network = nx.read_graphml(files / "paris-call.graphml")
    parties = {f"{BASE}actor/{row['party']}" for row in read_records(small / "parties.csv")}
    kinds = nx.get_node_attributes(network, "kind")
    assert {node for node, kind in kinds.items() if kind == "party"} == parties
    assert set(network) == set(kinds)  # no edge leads to what is not a node
    edge = network.edges[f"{BASE}actor/microsoft", CALL]
    assert (edge["relation"], edge["status"]) == ("endorses", "active")
    accord = network.edges[f"{BASE}actor/microsoft", f"{BASE}call/cybersecurity-tech-accord"]
    assert accord["relation"] == "endorses"
    siemens = network.edges[f"{BASE}actor/siemens", f"{BASE}call/charter-of-trust"]
    assert siemens["relation"] == "claimed"
    assert not network.has_edge(f"{BASE}actor/icann", CALL)


@pytest.mark.slow
def test_rdflib_reads_the_same_graphs_from_rdf_xml(files: Path) -> None:
    for name in ("paris-call", "vocabulary/ontology"):
        graphs = [rdflib.Graph().parse(files / f"{name}.{suffix}") for suffix in ("rdf", "nt")]
        assert len(graphs[0])
        assert isomorphic(*graphs) if "ontology" in name else set(graphs[0]) == set(graphs[1])


@pytest.mark.slow
def test_every_file_has_the_same_bytes_again(files: Path, small: Path, tmp_path: Path) -> None:
    export(tmp_path, ["rdf", "xlsx", "sqlite", "graphml", "geojson"], small)
    for suffix in ("rdf", "xlsx", "sqlite", "graphml", "geojson"):
        name = f"paris-call.{suffix}"
        assert (tmp_path / name).read_bytes() == (files / name).read_bytes(), name


@pytest.mark.slow
def test_the_bytes_of_a_database_do_not_tell_the_version_of_sqlite(files: Path) -> None:
    assert (files / "paris-call.sqlite").read_bytes()[92:100] == bytes(8)
