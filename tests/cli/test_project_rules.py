"""Queries and shapes in the folder of a project are asked, checked and published as ours are."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import parse

from support.command import run_command
from support.harbour import copied, done
from support.tables import edit


@pytest.mark.slow
def test_the_ready_made_queries_ask_about_the_call_of_the_project(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    answer = done(folder, "query", "supporters-by-category", "--format", "csv").stdout
    assert "private-sector,3" in answer
    listed = done(folder, "query", "--list").stdout
    assert "How many support the Harbour Charter today, by category?" in listed
    assert "Paris" not in listed


@pytest.mark.slow
def test_a_query_in_the_folder_of_a_project_is_ready_made(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "queries").mkdir()
    declared = "# Which ports are there?\n# @param call IRI = the call of the project\n"
    text = f"{declared}SELECT ?port {{ ?port msc:endorses ?call }}\n"
    (folder / "queries" / "ports.rq").write_text(text, encoding="utf-8")
    assert done(folder, "query", "ports").stdout.count("actor:") == 5


RULE = """
@prefix msc: <https://w3id.org/mscall/ns#> .
@prefix my: <https://charter.example/rules#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
my:inland a sh:PropertyShape ;
    sh:targetClass msc:Signatory ; sh:path msc:country ; sh:minCount 1 ;
    sh:message "A port lies in a country."@en .
my:withdrawn a sh:PropertyShape ;
    sh:targetSubjectsOf msc:until ; sh:path msc:until ; sh:maxCount 1 .
"""


@pytest.mark.slow
def test_the_shapes_in_the_folder_of_a_project_hold_of_what_it_publishes(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "shapes").mkdir()
    (folder / "shapes" / "ports.ttl").write_text(RULE, encoding="utf-8")
    for command in ("validate", "export"):
        finished = run_command(folder, [command])
        assert finished.returncode == 1
        assert "A port lies in a country." in finished.stdout + finished.stderr
    assert not (folder / "build").exists()
    edit(
        folder / "tables" / "parties.csv",
        "delta-union,Delta Union,,,,,",
        "delta-union,Delta Union,,,,FRA,",
    )
    edit(
        folder / "tables" / "entries.csv",
        "delta-union,Delta Union,civil-society,,,",
        "delta-union,Delta Union,civil-society,,FRA,",
    )
    done(folder, "validate")


@pytest.mark.slow
def test_the_shapes_of_a_project_are_published_as_ours_are(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "shapes").mkdir()
    mild = RULE.replace("sh:minCount 1", "sh:maxCount 1")
    one, _, other = mild.partition("my:withdrawn")
    prefixes = one.partition("my:inland")[0].replace("rules#", "other#")
    (folder / "shapes" / "ports.ttl").write_text(one, encoding="utf-8")
    done(folder, "export", "--format", "nt")
    published = folder / "build" / "dumps" / "vocabulary" / "shapes-project"
    assert published.with_suffix(".ttl").read_text(encoding="utf-8") == one
    (folder / "shapes" / "more.ttl").write_text(f"{prefixes}my:withdrawn{other}", encoding="utf-8")
    done(folder, "export", "--format", "nt")
    done(folder, "site")
    site = folder / "build" / "site" / "shapes"
    for path in (published.with_suffix(".ttl"), site.with_suffix(".ttl"), site.with_suffix(".nt")):
        shapes = {str(quad.subject) for quad in parse(path=path)}
        assert "<https://charter.example/rules#inland>" in shapes, path
        assert "<https://charter.example/other#withdrawn>" in shapes, path
    assert "inland" in published.with_suffix(".nt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_shapes_of_a_project_that_are_broken_are_an_error_with_their_place(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "shapes").mkdir()
    broken = RULE.replace("sh:minCount 1", "sh:mincount 1")
    (folder / "shapes" / "ports.ttl").write_text(broken, encoding="utf-8")
    finished = run_command(folder, ["export"])
    assert finished.returncode == 5
    assert "ports.ttl:6" in finished.stderr
