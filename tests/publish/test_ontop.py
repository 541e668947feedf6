"""Ontop answers SPARQL over the tables in PostgreSQL by our mapping, as docs/stores.md says (``make ontop``)."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from pariscall.publish.export import export
from support.postgres import postgres
from support.recipes import ROOT, blocks, shell

CLASSES = ROOT / "build" / "ontop"
PAGE = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")
DATABASE = "calls"

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
    pytest.mark.skipif(not CLASSES.is_dir(), reason="no Ontop (make ontop)"),
    pytest.mark.skipif(
        not shutil.which("javac"), reason="no Java compiler (Debian package default-jdk-headless)"
    ),
    pytest.mark.skipif(
        not shutil.which("sqlite3"), reason="no command of SQLite (Debian package sqlite3)"
    ),
]


def recipe(command: str) -> str:
    """Return the block of the page that has a command."""
    [found] = [
        block for block in blocks(PAGE, "sh") if re.search(f"^{command}", block, re.MULTILINE)
    ]
    return found


@pytest.fixture(scope="module")
def folder(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Follow the page in a new folder, and return it with the answers to all queries."""
    folder = tmp_path_factory.mktemp("ontop")
    build = folder / "build"
    export(build / "dumps", ["nt", "sqlite", "r2rml"], small)
    (build / "ontop").symlink_to(CLASSES)
    [program] = [block for block in blocks(PAGE, "java") if "OntopRepository" in block]
    (build / "Ask.java").write_text(program, encoding="utf-8")
    with postgres() as variables:
        for command in (recipe("createdb"), recipe("pariscall query states --show")):
            own = command.replace("//127.0.0.1/", "//127.0.0.1:$PGPORT/")
            done = shell(["bash", "-e", "-o", "pipefail", "-c", own], folder, **variables)
            assert done.returncode == 0, done.stderr
    return folder


def test_the_tables_in_postgresql_give_the_triples_of_the_dump(folder: Path) -> None:
    assert triples(folder / "build" / "graph.rq.nt") == triples(
        folder / "build" / "dumps" / "paris-call.nt"
    )


def triples(path: Path) -> list[str]:
    return sorted(str(quad.triple) for quad in parse(path=path, format=RdfFormat.N_TRIPLES))
