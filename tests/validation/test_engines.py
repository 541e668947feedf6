"""Our shapes load in the SHACL engines of others and find the same there.

``make engines`` and ``make fuseki`` bring the engines; one that is missing is skipped.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, serialize

from pariscall import bundle
from pariscall.rdf.namespaces import RDFS
from pariscall.rdf.reader import read_files
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from pariscall.validation.rulesets import read_shapes
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shape_files import CORE_SETS, SETS
from support.engines.engine import ENGINES, Engine, Results, comparable, read_report
from support.faulty_examples import graphs_for_every_fault
from support.stores.server import MissingError
from support.tables import keep_some_parties, keep_used_sources, parties

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory, example: list[Quad]) -> list[Path]:
    """Write few graphs for the faults of all shapes: an engine takes long for each."""
    folder = tmp_path_factory.mktemp("faulty")
    validate = OxigraphEngine(read_shapes(SETS)).validate
    return [
        write(folder / f"{number}.nt", graph)
        for number, graph in enumerate(graphs_for_every_fault(example, validate))
    ]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write every fiftieth party of the registry: the whole takes some engines minutes."""
    folder = shutil.copytree(bundle.TABLES, tmp_path_factory.mktemp("published") / "tables")
    keep_some_parties(folder, *parties()[::50])
    keep_used_sources(folder)
    return write(folder.parent / "data.nt", [*vocabulary(), *TableGraph(folder).quads()])


def write(path: Path, quads: Sequence[Quad]) -> Path:
    triples = {quad.triple for quad in quads}
    serialize(triples, str(path), format=RdfFormat.N_TRIPLES)
    return path


def shapes_for(engine: Engine) -> list[Quad]:
    """Read all shapes but those of a kind that the engine says it does not know."""
    sets = SETS if engine.sparql else {**SETS, **CORE_SETS}
    return read_files(list(dict.fromkeys(path for paths in sets.values() for path in paths)))


def judge(engine: Engine, data: Sequence[Path], folder: Path) -> list[Results]:
    shapes = shapes_for(engine)
    if engine.subclasses_in_shapes:
        shapes += [quad for quad in vocabulary() if quad.predicate.value == RDFS + "subClassOf"]
    try:
        reports = engine.validate(write(folder / "shapes.nt", shapes), data)
    except MissingError as reason:
        pytest.skip(str(reason))
    return [read_report(report) for report in reports]


def expected(engine: Engine, data: Sequence[Path]) -> list[Results]:
    ours = OxigraphEngine(shapes_for(engine))
    found = [comparable(ours.validate(read_files([file]))) for file in data]
    return found if engine.calendar else [without_impossible_days(results) for results in found]


def without_impossible_days(results: Results) -> Results:
    day = '"2018-02-30"^^<http://www.w3.org/2001/XMLSchema#date>'
    return Results({result: count for result, count in results.items() if result[3] != day})


@pytest.mark.parametrize("name", ENGINES)
def test_the_shapes_find_the_same_in_faults_and_in_what_is_published(
    name: str, faulty: list[Path], published: Path, tmp_path: Path
) -> None:
    engine, data = ENGINES[name], [*faulty, published]
    found, ours = judge(engine, data, tmp_path), expected(engine, data)
    assert all(ours)
    pairs = list(zip(found, ours, strict=True))
    assert [(theirs - ours, ours - theirs) for theirs, ours in pairs if theirs != ours] == []
