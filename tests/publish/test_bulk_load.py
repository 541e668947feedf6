"""The loaders of stores take a compressed dump, and the parts of one, as they are: the recipes of docs/stores.md.

Each is the real program; one that is not installed is skipped.
"""

from __future__ import annotations

import csv
import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import requests
from pyoxigraph import parse

from pariscall.publish.partitions.export import export_partitioned
from pariscall.rdf.namespaces import DATASET
from support.stores.fuseki import SERVER
from support.stores.java import java
from support.stores.rdf4j import REPOSITORY, Rdf4j
from support.stores.server import PATIENCE, Endpoints, MissingError, Server, serve
from support.stores.virtuoso import Virtuoso

pytestmark = [pytest.mark.server, pytest.mark.slow]

GRAPH = DATASET.value
NUMBER = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"
ROOT = Path(__file__).parents[2]
RECIPES = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the folder of which the servers may read what is in it."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module", params=["dump", "parts"])
def dump(
    request: pytest.FixtureRequest, small: Path, small_release: Path, folder: Path
) -> list[Path]:
    """Return the compressed dump of a release, or its parts."""
    if request.param == "parts":
        export_partitioned(folder / "parts", (), small)
        return sorted(folder.glob("parts/nt/*.nt.gz"))
    return [Path(shutil.copy(small_release / "paris-call.nt.gz", folder))]


@pytest.fixture(scope="module")
def rdf4j() -> Iterator[Endpoints]:
    with started(Rdf4j()) as endpoints:
        yield endpoints


@pytest.fixture(scope="module")
def virtuoso(folder: Path) -> Iterator[tuple[Virtuoso, Endpoints]]:
    server = Virtuoso(allowed=folder)
    with started(server) as endpoints:
        yield server, endpoints


@contextmanager
def started(server: Server) -> Iterator[Endpoints]:
    """Run a server for all tests of the module, which are skipped if it is not there."""
    with ExitStack() as stack:
        try:
            endpoints = stack.enter_context(serve(server))
        except MissingError as error:
            pytest.skip(str(error))
        yield endpoints


@pytest.fixture(scope="module")
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
    try:
        jena = (java(), "-Xmx1g", "-cp", SERVER.checked("fuseki"))
    except MissingError as error:
        pytest.skip(str(error))
    output(*jena, "tdb2.tdbloader", "--loc", tmp_path / "store", f"--graph={GRAPH}", *dump)
    found = output(*jena, "tdb2.tdbquery", "--loc", tmp_path / "store", "--results=csv", NUMBER)
    assert found.split() == ["n", str(number)]
    assert "tdb2.tdbloader --loc build/tdb2 --graph=$GRAPH $DATA" in RECIPES
    assert "tdbloader --loc build/tdb2 --graph=$GRAPH build/parts/nt/*.nt.gz" in RECIPES


def test_rdf4j_loads_the_dump(
    rdf4j: Endpoints, dump: list[Path], number: int, tmp_path: Path
) -> None:
    """As the page says, but for the port and the name of the repository, as one is there."""
    are_parts = dump[0].parent.name == "nt"
    name = "parts" if are_parts else "whole"
    build = tmp_path / "build"
    build.mkdir()
    if are_parts:
        (build / "parts").symlink_to(dump[0].parents[1])
    [repository] = re.findall(r"```turtle\n(PREFIX config:.*?)```", RECIPES, re.DOTALL)
    assert repository == REPOSITORY
    create, *loads = re.findall(
        r"^(?:zcat .*)?curl .*(?:\\\n.*)?/repositories/calls.*$", RECIPES, re.MULTILINE
    )
    address = rdf4j.query.replace("/calls", f"/{name}")
    (build / "repository.ttl").write_text(repository.replace("calls", name), encoding="utf-8")
    for command in (create, loads[are_parts]):
        own = re.sub(r"http:\S*/repositories/calls", address, command)
        variables = f"GRAPH={GRAPH}; DATA={shlex.quote(str(dump[0]))}"
        output("sh", "-c", f"cd {shlex.quote(str(tmp_path))}; {variables}; {own}")
    accepted = {"query": NUMBER, "Accept": "text/csv"}
    found = requests.get(address, params=accepted, timeout=PATIENCE).text
    assert found.split() == ["n", str(number)]


def test_the_loader_of_virtuoso_loads_the_dump(
    virtuoso: tuple[Virtuoso, Endpoints], dump: list[Path], number: int
) -> None:
    isql = shutil.which("isql-vt")
    if isql is None:
        pytest.skip("isql-vt is not installed (Debian package virtuoso-opensource)")
    server, endpoints = virtuoso
    place = f"127.0.0.1:{server.sql_port}"
    # What another test has loaded is not there.
    clear = f"SPARQL CLEAR GRAPH <{GRAPH}>; "
    forget = "DELETE FROM DB.DBA.load_list;"
    load = f"ld_dir('{dump[0].parent}', '*.nt.gz', '{GRAPH}'); rdf_loader_run(); checkpoint;"
    report = "SELECT ll_state, ll_error FROM DB.DBA.load_list;"
    shown = output(isql, place, "dba", "dba", f"exec={clear}{forget}{load}{report}")
    states = [line.split() for line in shown.splitlines() if line.startswith("2 ")]
    assert states == [["2", "NULL"]] * len(dump)
    answer = requests.get(
        endpoints.query.removesuffix("-auth"),
        params={"query": NUMBER},
        headers={"Accept": "text/csv"},
        timeout=PATIENCE,
    )
    assert list(csv.reader(io.StringIO(answer.text)))[1] == [str(number)]
    assert "rdf_loader_run(); checkpoint;" in RECIPES
    assert "ld_dir('$(realpath build/parts/nt)', '*.nt.gz', '$GRAPH')" in RECIPES
