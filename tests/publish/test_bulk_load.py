"""The loaders of stores take a compressed dump, and the parts of one, as they are: the recipes of docs/stores.md.

Each is the real program; one that is not installed is skipped.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from pyoxigraph import parse

from pariscall.publish.partitions.export import export_partitioned
from pariscall.rdf.namespaces import DATASET
from support.stores.fuseki import JAR, is_whole
from support.stores.server import PATIENCE, MissingError, serve
from support.stores.virtuoso import Virtuoso

pytestmark = [pytest.mark.server, pytest.mark.slow]

GRAPH = DATASET.value
NUMBER = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"
RECIPES = (Path(__file__).parents[2] / "docs" / "stores.md").read_text(encoding="utf-8")


@pytest.fixture(params=["dump", "parts"])
def dump(
    request: pytest.FixtureRequest, small: Path, small_release: Path, tmp_path: Path
) -> list[Path]:
    """Return the compressed dump of a release, or its parts."""
    if request.param == "parts":
        export_partitioned(tmp_path, (), small)
        return sorted(tmp_path.glob("nt/*.nt.gz"))
    return [Path(shutil.copy(small_release / "paris-call.nt.gz", tmp_path))]


@pytest.fixture
def number(small_release: Path) -> int:
    """Count the triples of the dump."""
    return sum(1 for _ in parse(path=str(small_release / "paris-call.nt")))


def output(*command: str | Path) -> str:
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_oxigraph_loads_the_dump(dump: list[Path], number: int, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("the package oxigraph is not installed")
    store = ("--location", tmp_path / "store")
    output(program, "load", *store, "--graph", GRAPH, "--file", *dump)
    found = output(program, "query", *store, "--query", NUMBER, "--results-format", "csv")
    assert found.split() == ["n", str(number)]
    assert "oxigraph load --location build/oxigraph --file $DATA --graph $GRAPH" in RECIPES
    assert "load --location build/oxigraph --graph $GRAPH --file build/parts/nt/*.nt.gz" in RECIPES


def test_the_loader_of_fuseki_loads_the_dump(dump: list[Path], number: int, tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None or not JAR.exists() or not is_whole():
        pytest.skip("java is not installed, or Fuseki is not there (make fuseki)")
    jena = (java, "-Xmx1g", "-cp", JAR)
    output(*jena, "tdb2.tdbloader", "--loc", tmp_path / "store", f"--graph={GRAPH}", *dump)
    found = output(*jena, "tdb2.tdbquery", "--loc", tmp_path / "store", "--results=csv", NUMBER)
    assert found.split() == ["n", str(number)]
    assert "tdb2.tdbloader --loc build/tdb2 --graph=$GRAPH $DATA" in RECIPES
    assert "tdbloader --loc build/tdb2 --graph=$GRAPH build/parts/nt/*.nt.gz" in RECIPES


def test_the_loader_of_virtuoso_loads_the_dump(dump: list[Path], number: int) -> None:
    isql = shutil.which("isql-vt")
    if isql is None:
        pytest.skip("isql-vt is not installed (Debian package virtuoso-opensource)")
    server = Virtuoso(allowed=dump[0].parent)
    try:
        with serve(server) as endpoints:
            load = (
                f"ld_dir('{dump[0].parent}', '*.nt.gz', '{GRAPH}'); rdf_loader_run(); checkpoint;"
            )
            report = "SELECT ll_state, ll_error FROM DB.DBA.load_list;"
            shown = output(
                isql, f"127.0.0.1:{server.sql_port}", "dba", "dba", f"exec={load}{report}"
            )
            states = [line.split() for line in shown.splitlines() if line.startswith("2 ")]
            assert states == [["2", "NULL"]] * len(dump)
            answer = requests.get(
                endpoints.query.removesuffix("-auth"),
                params={"query": NUMBER},
                headers={"Accept": "text/csv"},
                timeout=PATIENCE,
            )
    except MissingError as error:
        pytest.skip(str(error))
    assert list(csv.reader(io.StringIO(answer.text)))[1] == [str(number)]
    assert "rdf_loader_run(); checkpoint;" in RECIPES
    assert "ld_dir('$(realpath build/parts/nt)', '*.nt.gz', '$GRAPH')" in RECIPES
