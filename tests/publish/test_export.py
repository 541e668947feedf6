"""Dumps are whole, equal in every format, and the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
import rdflib
from pyld import jsonld
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from pariscall import bundle
from pariscall.errors import GateError, MisuseError
from pariscall.publish.dumps.european_union import is_member
from pariscall.publish.export import export
from pariscall.publish.vocabularies import VOCABULARIES
from pariscall.rdf.namespaces import BASE, DATASET, SH
from pariscall.rdf.reader import read_files
from pariscall.tables import graph as graph_module
from support.command import Run
from support.tables import edit, keep_some_parties, read_records

pytestmark = pytest.mark.slow

FORMATS = {
    "paris-call.ttl": RdfFormat.TURTLE,
    "paris-call.jsonld": RdfFormat.JSON_LD,
    "paris-call.nt": RdfFormat.N_TRIPLES,
    "paris-call.trig": RdfFormat.TRIG,
}


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def canonical_hash(path: Path, rdf_format: RdfFormat) -> str:
    return canonical_hash_of(parse(path=str(path), format=rdf_format))


def canonical_hash_of(quads: Iterable[Quad]) -> str:
    dataset = Dataset(Quad(*quad.triple) for quad in quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} ." for quad in dataset)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_all_formats_hold_the_same_graph(dumps: Path) -> None:
    first, *others = (
        {str(quad.triple) for quad in parse(path=str(dumps / name), format=kind)}
        for name, kind in FORMATS.items()
    )
    assert all(other == first for other in others)


def test_the_trig_graphs_are_named_by_the_dataset_and_its_mappings(dumps: Path) -> None:
    names = {quad.graph_name for quad in parse(path=str(dumps / "paris-call.trig"))}
    assert names == {DATASET, NamedNode(f"{DATASET.value}#mappings")}


def test_the_data_hold_no_blank_node(dumps: Path) -> None:
    text = (dumps / "paris-call.nt").read_text(encoding="utf-8")
    assert "_:" not in {part[:2] for line in text.split("\n") for part in line.split(" ")[:3]}


def test_rdflib_and_pyld_read_the_dumps_as_the_same_graph(small_release: Path) -> None:
    turtle = rdflib.Graph().parse(small_release / "paris-call.ttl")
    triples = rdflib.Graph().parse(small_release / "paris-call.nt")
    assert set(turtle) == set(triples)
    document = json.loads((small_release / "paris-call.jsonld").read_text(encoding="utf-8"))
    nquads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    lines = (small_release / "paris-call.nt").read_text(encoding="utf-8").split("\n")
    assert set(nquads.split("\n")) == set(lines)


def test_json_ld_reads_as_plain_json(dumps: Path) -> None:
    document = json.loads((dumps / "paris-call.jsonld").read_text(encoding="utf-8"))
    parties = {node["id"]: node for node in document["@graph"]}
    party = parties[f"{BASE}actor/britishamerican-business"]
    assert party["name"] == "BritishAmerican Business"
    assert party["country"] == "GBR"
    [endorsement] = party["endorsements"]
    assert endorsement["status"] == "active"
    assert endorsement["category"] == "private-sector"
    [signature] = [e for e in endorsement["events"] if e["eventType"] == "signature"]
    assert signature["date"] == "2019-11-12"
    assert parties[f"{BASE}actor/france"]["label"] == {"en": "France", "fr": "France"}


def test_no_value_is_written_in_full_for_want_of_a_term(dumps: Path) -> None:
    text = (dumps / "paris-call.jsonld").read_text(encoding="utf-8")
    assert text.count('"@value"') == 0


def test_the_flat_csv_has_a_row_for_each_endorsement(dumps: Path) -> None:
    with (dumps / "paris-call-signatories.csv").open(encoding="utf-8", newline="") as file:
        everyone = list(csv.DictReader(file))
    lines = [row for row in everyone if row["call"] == "paris-call"]
    assert len(everyone) == 1391
    rows = {row["signatory"]: row for row in lines}
    assert (len(lines), len(rows)) == (1227, 1226)
    assert [row["status"] for row in lines].count("active") == 1222
    france = rows[f"{BASE}actor/france"]
    assert (france["name"], france["category"], france["country_name"]) == (
        "France",
        "state",
        "France",
    )
    bab = rows[f"{BASE}actor/britishamerican-business"]
    assert (bab["signed_earliest"], bab["signed_latest"]) == ("2019-11-12", "2019-11-12")
    assert f"{BASE}source/bab-2019-11-12" in bab["sources"].split(" ")
    africa = [row for row in lines if row["region"] == "002" and row["status"] == "active"]
    assert len(africa) == 87
    assert {row["region_name"] for row in africa} == {"Africa"}
    assert all(row["sources"] for row in everyone)


def test_the_members_of_the_union_are_those_of_the_registry_and_the_united_kingdom_left() -> None:
    states = read_records(bundle.TABLES / "parties.csv")
    marked = {row["country"] for row in states if row["member_of"] == "european-union"}
    countries = {row["country"] for row in read_records(bundle.TABLES / "countries.csv")}
    assert {code for code in countries if is_member(code, "2024-01-19")} == marked
    assert is_member("GBR", "2020-01-31")
    assert not is_member("GBR", "2020-02-01")
    assert not is_member("HRV", "2013-06-30")


def test_the_vocabularies_stand_beside_the_data_in_every_format(dumps: Path) -> None:
    for name, sources in VOCABULARIES.items():
        turtle = dumps / "vocabulary" / f"{name}.ttl"
        text = turtle.read_text(encoding="utf-8")
        for source in sources:
            lines = source.read_text(encoding="utf-8").splitlines()
            assert {line for line in lines if line} <= set(text.splitlines())
        hashes = {
            canonical_hash(turtle.with_suffix(suffix), kind)
            for suffix, kind in ((".ttl", RdfFormat.TURTLE), (".nt", RdfFormat.N_TRIPLES))
        } | {canonical_hash(turtle.with_suffix(".jsonld"), RdfFormat.JSON_LD)}
        assert hashes == {canonical_hash_of(read_files(sources))}


def test_the_core_shapes_are_all_but_the_sparql_constraints(dumps: Path) -> None:
    def shapes(name: str) -> set[str]:
        triples = parse(path=str(dumps / "vocabulary" / f"shapes-{name}.nt"))
        return {str(quad.triple) for quad in triples}

    for name in ("gate", "privacy", "registry"):
        core, others = shapes(f"{name}-core"), shapes(name) - shapes(f"{name}-core")
        assert core < shapes(name)
        assert sum(f"<{SH}property>" in triple for triple in others) == 0
        assert sum(f"<{SH}sparql>" in triple for triple in core) == 0
        assert sum(f"<{SH}sparql>" in triple for triple in others) > 0
    assert not list((dumps / "vocabulary").glob("shapes-dataset-core.*"))


def test_a_vocabulary_of_several_files_declares_each_prefix_once(dumps: Path) -> None:
    for path in sorted((dumps / "vocabulary").glob("*.ttl")):
        declared = re.findall(r"^@prefix ([\w-]*:)", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert declared == sorted(set(declared)), path.name


def test_the_dumps_say_their_licence_and_where_they_come_from(small_release: Path) -> None:
    graph = rdflib.Graph().parse(small_release / "paris-call.ttl")
    dataset = rdflib.URIRef(DATASET.value)
    [licence] = graph.objects(dataset, rdflib.DCTERMS.license)
    assert str(licence) == "https://spdx.org/licenses/EUPL-1.2"
    texts = graph.objects(dataset, rdflib.DCTERMS.rights)
    rights = {text.language: str(text) for text in texts if isinstance(text, rdflib.Literal)}
    assert "github.com/ambanum/pariscall.international" in rights["en"]
    assert set(rights) == {"en", "fr"}


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"},
    ],
)
def test_every_run_gives_the_same_bytes(
    run: Run, tmp_path: Path, dumps: Path, environment: dict[str, str]
) -> None:
    assert run("export", "-o", "again", **environment).returncode == 0
    assert digests(tmp_path / "again") == digests(dumps)


def test_a_chosen_format_is_written_alone(tmp_path: Path) -> None:
    summary = export(tmp_path, ["nt"])
    assert {path.name for path in tmp_path.iterdir()} == {
        "paris-call.nt",
        "paris-call-ledger.csv",
        "vocabulary",
    }
    run_in_background = {path.name for path in (tmp_path / "vocabulary").glob("*.jsonld")}
    assert run_in_background == {"context-v1.jsonld"}
    assert summary.files == len([path for path in tmp_path.rglob("*") if path.is_file()])


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="no format 'rdfxml'"):
        export(tmp_path / "out", ["rdfxml"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kept", [graph_module.KEPT, 10])
def test_a_violation_stops_the_export_and_names_the_row(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    keep_some_parties(folder)
    monkeypatch.setattr(graph_module, "KEPT", kept)
    edit(folder / "endorsements.csv", "abb,paris-call,1,active", "abb,paris-call,1,gone")
    with pytest.raises(
        GateError, match=r"endorsements\.csv:3:18: An endorsement has exactly one status"
    ):
        export(tmp_path / "out", folder=folder)
    assert not (tmp_path / "out").exists()


def test_a_violation_is_told_rather_than_what_it_entails(folder: Path, tmp_path: Path) -> None:
    edit(folder / "endorsements.csv", "abb,paris-call,1,active", "abb,paris-call,1,gone")
    edit(folder / "datasets.csv", ",1222,", ",1300,")  # which leaves the account unbalanced
    with pytest.raises(GateError, match="An endorsement has exactly one status"):
        export(tmp_path / "out", folder=folder)


def test_a_failed_export_leaves_the_old_files(folder: Path, tmp_path: Path) -> None:
    keep_some_parties(folder)
    out = tmp_path / "out"
    export(out, ["nt"], folder=folder)
    before = digests(out)
    edit(folder / "endorsements.csv", "abb,paris-call,1,active", "abb,paris-call,1,gone")
    with pytest.raises(GateError):
        export(out, ["nt"], folder=folder)
    assert digests(out) == before


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_export_leaves_the_old_files_whole(
    small: Path, tmp_path: Path, stop: int
) -> None:
    # A run in the background may have been told to ignore the signal, which a child inherits.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    out = tmp_path / "out"
    export(out, folder=small)
    before = digests(out)
    options = ["--tables", str(small), "-o", str(out)]
    command = [sys.executable, "-m", "pariscall", "export", *options]
    interrupted = 0
    for _ in range(3):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        while process.poll() is None and not list(out.glob(".*.partial")):
            time.sleep(0.001)
        process.send_signal(stop)
        interrupted += process.wait(60) != 0
        whole = {name: digest for name, digest in digests(out).items() if ".partial" not in name}
        assert whole == before
    assert interrupted
    if stop != signal.SIGKILL:
        assert not list(out.rglob(".*.partial"))
    export(out, folder=small)
    assert digests(out) == before
