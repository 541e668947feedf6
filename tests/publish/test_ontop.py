"""Ontop answers SPARQL over the tables in PostgreSQL by our mapping, as docs/stores.md says (``make ontop``)."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

from pariscall.publish.export import export
from pariscall.query.dataset import Dataset
from pariscall.query.queries import answer, find_query, named_queries
from support.postgres import postgres
from support.recipes import ROOT, blocks, shell
from support.shared import made_once

CLASSES = ROOT / "build" / "ontop"
PAGE = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")
# What Ontop 5.1 says of a query that it cannot turn into SQL.
EXISTS, OPTIONAL_STEP = "The expression Exists", "Unsupported SPARQL operator: ZeroLengthPath"
REFUSED = {
    "calls": EXISTS,
    "calls-of-parties": OPTIONAL_STEP,
    "distinct-bodies": EXISTS,
    "groupings": EXISTS,
    "overlaps-of-calls": OPTIONAL_STEP,
    "possible-duplicates": EXISTS,
    "signing-days-known": EXISTS,
    "supporters-of-other-calls": EXISTS,
    "supporters-of-two-calls": OPTIONAL_STEP,
}
# Those that it looks for SQL for too long to be waited for here: 20 seconds or much longer.
PLANNED_FOR_LONG = {
    "claims-about-a-party",
    "counts-claimed-and-recorded",
    "counts-of-states-claimed",
    "history-of-a-party",
    "identities-of-a-party",
    "merged-entries",
    "named-but-never-listed",
}
ASKED = sorted({query.name for query in named_queries()} - PLANNED_FOR_LONG)

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
def asked(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Follow the page in a folder, once for all processes of the tests."""
    return made_once(tmp_path_factory, "ontop", partial(ask, small))


def ask(tables: Path, folder: Path) -> None:
    """Follow the page in a new folder, and have the program answer the named queries as well."""
    build = folder / "build"
    export(build / "dumps", ["nt", "sqlite", "r2rml"], tables)
    (build / "ontop").symlink_to(CLASSES)
    [program] = [block for block in blocks(PAGE, "java") if "OntopRepository" in block]
    (build / "Ask.java").write_text(program, encoding="utf-8")
    for name in ASKED:
        (folder / f"{name}.rq").write_text(find_query(name).text, encoding="utf-8")
    said = ""
    with postgres() as variables:
        for command in (recipe("createdb"), recipe("pariscall query states --show")):
            own = command.replace("//127.0.0.1/", "//127.0.0.1:$PGPORT/")
            own = re.sub("^java .*", r"\g<0> *.rq", own, flags=re.MULTILINE)
            done = shell(["bash", "-e", "-o", "pipefail", "-c", own], folder, **variables)
            assert done.returncode == 0, done.stderr
            said += done.stderr
    (folder / "said").write_text(said, encoding="utf-8")


def test_the_tables_in_postgresql_give_the_triples_of_the_dump(asked: Path) -> None:
    build = asked / "build"
    assert triples(build / "graph.rq.nt") == triples(build / "dumps" / "paris-call.nt")


def test_the_query_of_the_page_gives_rows(asked: Path) -> None:
    rows = read_rows((asked / "build" / "states.rq.csv").read_text(encoding="utf-8"))
    assert rows
    assert rows == our_rows(asked, "states")


@pytest.mark.parametrize("name", sorted(set(ASKED) - set(REFUSED)))
def test_a_named_query_gives_the_rows_that_ours_gives(asked: Path, name: str) -> None:
    theirs = (asked / f"{name}.rq.csv").read_text(encoding="utf-8")
    assert read_rows(theirs) == our_rows(asked, name)


@pytest.mark.parametrize("name", REFUSED)
def test_a_query_that_ontop_cannot_answer_is_refused_and_leaves_no_file(
    asked: Path, name: str
) -> None:
    [said] = [
        line
        for line in (asked / "said").read_text(encoding="utf-8").splitlines()
        if line.startswith(f"{name}.rq: ")
    ]
    assert REFUSED[name] in said
    assert not (asked / f"{name}.rq.csv").exists()


def test_the_page_names_the_queries_without_an_answer() -> None:
    [named] = re.findall(r"\n\| why not \|.*?\n\n", PAGE, re.DOTALL)
    assert set(re.findall(r"`([a-z-]+)`", named)) == PLANNED_FOR_LONG | set(REFUSED)


def our_rows(asked: Path, name: str) -> Counter[tuple[tuple[str, str], ...]]:
    """Answer a named query from the dump."""
    store = Store()
    store.bulk_load(path=asked / "build" / "dumps" / "paris-call.nt", format=RdfFormat.N_TRIPLES)
    return read_rows(answer(find_query(name), Dataset(store), "csv"))


def read_rows(text: str) -> Counter[tuple[tuple[str, str], ...]]:
    """Count the rows of a CSV file, whatever the order of rows and columns."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return Counter(tuple(sorted(row.items())) for row in rows)


def triples(path: Path) -> list[str]:
    return sorted(str(quad.triple) for quad in parse(path=path, format=RdfFormat.N_TRIPLES))
