"""The R2RML mapping makes of the SQLite file what our own mapping makes of the tables."""

from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from pariscall.publish.export import export
from support.command import run_command
from support.list_project import make_project

pytestmark = pytest.mark.slow

RR = rdflib.Namespace("http://www.w3.org/ns/r2rml#")
MORPH_KGC = Path(__file__).parents[2] / "build" / "morph-kgc" / "bin" / "python"
CONFIGURATION = """\
[CONFIGURATION]
output_file = {folder}/made.nt
na_values = None,nan,
logging_level = ERROR

[tables]
mappings = {folder}/{slug}.r2rml.ttl
db_url = sqlite:///{folder}/{slug}.sqlite
"""


@pytest.fixture(scope="module")
def files(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("r2rml")
    export(folder, ["nt", "sqlite", "r2rml"], small)
    return folder


def made_by_morph_kgc(folder: Path, slug: str) -> set[str]:
    if not MORPH_KGC.exists():
        pytest.skip("there is no Morph-KGC (make morph-kgc)")
    (folder / "morph.ini").write_text(CONFIGURATION.format(folder=folder, slug=slug))
    subprocess.run([MORPH_KGC, "-m", "morph_kgc", "morph.ini"], cwd=folder, check=True)
    return triples(folder / "made.nt")


def triples(path: Path) -> set[str]:
    return {str(quad.triple) for quad in parse(path=path, format=RdfFormat.N_TRIPLES)}


def test_every_query_of_the_mapping_is_sql_that_gives_its_columns(files: Path) -> None:
    mapping = rdflib.Graph().parse(files / "paris-call.r2rml.ttl")
    database = sqlite3.connect(files / "paris-call.sqlite")
    maps = set(mapping.subjects(RR.logicalTable))
    assert len(maps) > 30
    for triples_map in maps:
        query = mapping.value(mapping.value(triples_map, RR.logicalTable), RR.sqlQuery)
        given = {name for name, *_ in database.execute(str(query)).description}
        terms = [
            mapping.value(triples_map, RR.subjectMap),
            *mapping.objects(triples_map, RR.predicateObjectMap / RR.objectMap),
            *mapping.objects(triples_map, RR.predicateObjectMap / RR.predicateMap),
        ]
        for term in terms:
            column = mapping.value(term, RR.column)
            assert column is None or str(column) in given
            kinds = (RR.column, RR.template, RR.constant)
            assert sum((term, kind, None) in mapping for kind in kinds) == 1
    database.close()


def test_morph_kgc_makes_the_triples_of_the_dump(files: Path) -> None:
    assert made_by_morph_kgc(files, "paris-call") == triples(files / "paris-call.nt")


def test_morph_kgc_makes_those_of_a_project_of_one_list_too(tmp_path: Path) -> None:
    project = make_project(tmp_path / "charter")
    formats = ["--format", "nt", "--format", "sqlite", "--format", "r2rml"]
    finished = run_command(project, ["export", "-o", str(tmp_path / "dumps"), *formats])
    assert finished.returncode == 0, finished.stderr
    expected = triples(tmp_path / "dumps" / "harbour-charter.nt")
    assert made_by_morph_kgc(tmp_path / "dumps", "harbour-charter") == expected
    assert len(expected) > 50
