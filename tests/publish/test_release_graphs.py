"""What is pushed is a whole release, each graph of it under the name of what it describes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pariscall.errors import MisuseError, ReleaseError
from pariscall.publish.push.release_graphs import find_newest, read_graphs
from pariscall.publish.release.checksums import SUMS
from pariscall.publish.release.manifest import NAME
from pariscall.rdf.namespaces import BASE, DATASET
from support.command import Run
from support.releases import make_small_release, write_sums

pytestmark = pytest.mark.server


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return make_small_release(tmp_path / "build" / "releases")


def test_each_graph_has_the_name_of_what_it_describes(small: Path) -> None:
    graphs = {graph.iri.removeprefix(BASE): graph for graph in read_graphs(small)}
    assert {
        "ns",
        "ns/align",
        "code",
        "shapes/gate",
        "shapes/dataset",
        "shapes/ontology",
        "shapes/privacy",
        "shapes/registry",
        "dataset/paris-call",
    } == set(graphs)
    assert graphs["dataset/paris-call"].iri == DATASET.value
    assert graphs["dataset/paris-call"].content == (small / "paris-call.nt").read_bytes()
    a = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    for name in ("ns", "ns/align"):
        ontology = f"<{BASE}{name}> {a} <http://www.w3.org/2002/07/owl#Ontology>"
        assert ontology in graphs[name].statements
    scheme = f"{a} <http://www.w3.org/2004/02/skos/core#ConceptScheme>"
    schemes = [one for one in graphs["code"].statements if one.endswith(scheme)]
    assert len(schemes) == 11
    assert all(one.startswith(f"<{BASE}code/") for one in schemes)


@pytest.mark.parametrize("name", ["paris-call.nt", "vocabulary/codes.nt", NAME])
def test_a_release_that_was_changed_is_not_sent(run: Run, small: Path, name: str) -> None:
    (small / name).write_bytes((small / name).read_bytes().replace(b"2", b"3", 1) + b"\n")
    finished = run("push", "http://127.0.0.1:9/store", "--release", small)
    assert finished.returncode == 3
    assert f"{name}: was changed" in finished.stderr
    assert "Nothing was sent." in finished.stderr
    assert finished.stderr.count("\n") == 1


def test_a_release_with_a_vocabulary_that_has_no_name_is_refused(small: Path) -> None:
    (small / NAME).write_bytes((small / NAME).read_bytes().replace(b"codes.nt", b"terms.nt"))
    (small / "vocabulary" / "codes.nt").rename(small / "vocabulary" / "terms.nt")
    write_sums(small)
    with pytest.raises(ReleaseError, match=r"terms\.nt: has no name in a store"):
        read_graphs(small)


def test_what_is_not_a_release_is_not_sent(run: Run, small: Path) -> None:
    (small / SUMS).unlink()
    for folder in (small, "none"):
        finished = run("push", "http://127.0.0.1:9/store", "--release", folder)
        assert finished.returncode == 3
        assert finished.stderr.count("\n") == 1


def test_the_newest_release_is_that_of_the_highest_version(tmp_path: Path) -> None:
    names = ["2026.11.22.2", "2026.11.22.10", "2026.11.22", "2026.9.30", "notes"]
    for name in names:
        (tmp_path / name).mkdir()
    assert find_newest(tmp_path).name == "2026.11.22.10"
    (tmp_path / "2026.12.01").mkdir()
    assert find_newest(tmp_path).name == "2026.12.01"
    with pytest.raises(MisuseError, match="there is no release in"):
        find_newest(tmp_path / "none")
