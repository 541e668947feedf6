"""Blank nodes that refer to each other, in data and in shapes, take a bounded time."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Quad

from pariscall.errors import ShapesError
from pariscall.validation.files import validate_files
from pariscall.validation.shacl.blank import BlankNodes
from support.poison import BOMBS, PREFIXES, SHAPE, P, doubling, pointing_at_each_other

IN_SECONDS = 10  # where each of these took minutes, or for ever


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < IN_SECONDS


def write_data(folder: Path, number: int) -> None:
    """Write blank nodes that point at each other to a file."""
    lines = [f"{quad.triple} .\n" for quad in pointing_at_each_other(number)]
    (folder / "data.nt").write_text("".join(lines), encoding="utf-8")


def test_a_blank_node_is_described_once_however_many_refer_to_it() -> None:
    quads = pointing_at_each_other(40)
    described = {BlankNodes(quads).describe(quad.subject) for quad in quads[:2]}
    assert len(described) == 1


def test_what_is_said_further_away_still_tells_blank_nodes_apart() -> None:
    chain = [Quad(BlankNode(f"a{n}"), P, BlankNode(f"a{n + 1}")) for n in range(5)]
    other = [Quad(BlankNode(f"b{n}"), P, BlankNode(f"b{n + 1}")) for n in range(5)]
    blank = BlankNodes([*chain, *other, Quad(BlankNode("b5"), P, P)])
    assert blank.describe(BlankNode("a0")) != blank.describe(BlankNode("b0"))
    assert blank.describe(BlankNode("a5")) == BlankNodes(chain).describe(BlankNode("a5"))


def test_findings_on_blank_nodes_that_point_at_each_other_end(tmp_path: Path) -> None:
    write_data(tmp_path, 12)
    (tmp_path / "shapes.ttl").write_text(
        PREFIXES + "e:S a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:nodeKind sh:IRI .",
        encoding="utf-8",
    )
    report = validate_files([tmp_path / "data.nt"], [str(tmp_path / "shapes.ttl")])
    assert len(report.findings) == 12


@pytest.mark.parametrize("engine", ["oxigraph", "pyshacl"])
def test_blank_nodes_that_look_alike_have_the_same_findings_in_every_run(
    tmp_path: Path, engine: str
) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text("@prefix e: <http://e/> .\n" + 6 * "e:x e:p [ e:q 1 ] .\n", encoding="utf-8")
    shapes.write_text(
        PREFIXES + "e:S a sh:NodeShape ; sh:targetSubjectsOf e:q ; sh:property [ sh:path e:q ; "
        "sh:maxCount 0 ] .",
        encoding="utf-8",
    )
    # Oxigraph labels blank nodes at random, and gives them in that order.
    runs = [validate_files([data], [str(shapes)], engine=engine).to("json") for _ in range(8)]
    assert len(set(runs)) == 1
    findings = json.loads(runs[0])["results"]
    assert [finding["line"] for finding in findings] == [2, 3, 4, 5, 6, 7]
    assert len({finding["fingerprint"] for finding in findings}) == 6


@pytest.mark.parametrize("engine", ["oxigraph", "pyshacl"])
@pytest.mark.parametrize("shapes", BOMBS.values(), ids=BOMBS)
def test_a_path_that_doubles_at_each_level_is_refused(
    tmp_path: Path, shapes: str, engine: str
) -> None:
    (tmp_path / "data.ttl").write_text("<http://e/x> <http://e/p> 1 .", encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    with pytest.raises(ShapesError, match="longer than 100,000 characters"):
        validate_files([tmp_path / "data.ttl"], [str(tmp_path / "shapes.ttl")], engine)


@pytest.mark.slow
def test_nested_property_shapes_that_come_back_to_the_same_values_are_counted(
    tmp_path: Path,
) -> None:
    write_data(tmp_path, 8)
    level = "_:b{0} sh:path e:p ; sh:property _:b{1}, [ sh:path e:p ; sh:property _:b{1} ] ."
    last = SHAPE + "sh:property _:b0 . _:b{} sh:path e:p ; sh:nodeKind sh:IRI ."
    (tmp_path / "shapes.ttl").write_text(doubling(level, last), encoding="utf-8")
    with pytest.raises(ShapesError, match="lead to the same values again and again"):
        validate_files([tmp_path / "data.nt"], [str(tmp_path / "shapes.ttl")])


def test_pyshacl_is_not_asked_to_copy_blank_nodes_without_end(tmp_path: Path) -> None:
    write_data(tmp_path, 12)
    (tmp_path / "shapes.ttl").write_text(
        PREFIXES + "e:S a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:nodeKind sh:IRI .",
        encoding="utf-8",
    )
    with pytest.raises(ShapesError, match="pySHACL copies blank nodes"):
        validate_files([tmp_path / "data.nt"], [str(tmp_path / "shapes.ttl")], "pyshacl")
