"""Whatever the data hold, nothing can be slipped into the site."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import parse

from pariscall.errors import GateError, OutputError, TableError
from pariscall.rdf.namespaces import BASE, PREFIXES
from pariscall.rdf.ntriples import escape, is_iri, tag_of, text_of
from pariscall.tables.graph import TableGraph
from pariscall.web.site.assembly import build, write
from support.html import digests, page, pages
from support.shared import made_once
from support.tables import edit

pytestmark = pytest.mark.slow

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></textarea></style><svg onload=alert(1)>",
    "<!-- {{ 7*7 }} {% raw %} ]]>",
    "\u202egnp.exe\u2066",
    "x" * 10_000,
)


def hostile_graph(small: Path) -> TableGraph:
    """Give the graph with hostile texts at the end of each, and addresses that run something."""
    graph = TableGraph(small)
    texts = cycle(HOSTILE)
    runs = cycle(["javascript:alert(1)", "data:text/html,<script>", "file:///etc/passwd"])
    for document in graph.documents():
        for description in document.descriptions.values():
            description.properties = [
                (predicate, spoilt(predicate, term, texts, runs))
                for predicate, term in description.properties
            ]
    return graph


def spoilt(predicate: str, term: str, texts: Iterator[str], runs: Iterator[str]) -> str:
    if text_of(predicate) in (PREFIXES["foaf"] + "homepage", PREFIXES["foaf"] + "page"):
        return "<{}>".format(next(runs).replace("<script>", "%3Cscript%3E"))
    if not is_iri(term) and not tag_of(term).startswith("^^"):
        return f'"{escape(text_of(term) + next(texts))}"{tag_of(term)}'
    return term


@pytest.fixture(scope="module")
def hostile(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a site of values that no gate has seen."""
    return made_once(tmp_path_factory, "hostile-site", lambda out: write(out, hostile_graph(small)))


def test_hostile_texts_add_no_element_and_no_attribute(hostile: Path, small_site: Path) -> None:
    """Texts of the data, whatever they hold, are texts on the page; lists may be in another order."""
    others = {".secret", "link.ttl"}  # which the tests of the server put there
    # The files of Pagefind are named by their content, and large files have a compressed twin.
    named, expected = (
        {name.removesuffix(".gz") for name in digests(folder)} - others
        for folder in (hostile, small_site)
    )
    assert named == expected
    allowed = {pair for _, here in pages(small_site) for pair in here.outline()}
    for name, here in pages(hostile):
        assert set(here.outline()) <= allowed, name
        assert here.all("html")[0].keys() == {"lang"}
    seen = "".join(here.text for name, here in pages(hostile) if name.startswith("actor/"))
    assert all(text in seen for text in HOSTILE)


def test_no_hostile_address_can_be_followed(hostile: Path) -> None:
    for name, here in pages(hostile):
        for _, attributes in here.elements:
            for key in ("href", "src", "action"):
                assert urlsplit(attributes.get(key, "")).scheme in ("", "http", "https"), name
    shown = page(hostile, "source/inside-it-2018-11.html")
    assert re.search(r"javascript:alert|data:text|file:///", shown.text)


def test_a_title_has_no_control_of_direction_and_an_end(hostile: Path) -> None:
    for _, here in pages(hostile):
        title = here.text.strip().split("\n")[0]
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", title)
        assert len(title) < 250


def test_the_data_of_hostile_texts_are_still_the_graph(small: Path, hostile: Path) -> None:
    expected = {quad.triple for quad in hostile_graph(small).quads()}
    found = {
        quad.triple
        for folder in ("actor", "source", "claim", "call", "event", "country")
        for path in (hostile / folder).rglob("*.ttl")
        for quad in parse(path=str(path))
    }
    assert {triple for triple in expected if "/actor/" in str(triple.subject)} <= found


@pytest.mark.parametrize("path", ["actor/../../etc", "actor/a%2Fb", "actor/.hidden", "elsewhere"])
def test_an_iri_that_leads_out_of_the_site_is_refused(
    small: Path, tmp_path: Path, path: str
) -> None:
    graph = TableGraph(small)
    document = next(iter(graph.documents(["parties.csv"])))
    description = next(iter(document.descriptions.values()))
    description.subject = f"<{BASE}{path}>"
    document.descriptions = {description.subject: description}
    with pytest.raises(GateError, match="leads to no document"):
        write(tmp_path / "site", graph)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_no_file_can_have_is_an_error_and_nothing_stays(
    small: Path, tmp_path: Path
) -> None:
    copied = shutil.copytree(small, tmp_path / "tables")
    name = "z" * 300
    with (copied / "parties.csv").open("a", encoding="utf-8") as file:
        file.write(f"{name},Z,,,,,,\n")
    with pytest.raises(OutputError, match="File name too long"):
        build(tmp_path / "site", copied)
    assert {path.name for path in tmp_path.iterdir()} == {"tables"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("abb,ABB,,,company,SWE,,\n", "abb,ABB,,,company,SWE,,javascript:alert(1)\n"),
        ("abb,ABB,,,company,SWE,,\n", "abb,ABB,,,company,SWE,,data:text/html;x\n"),
        ("abb,ABB,,,company,SWE,,\n", "abb,AB\u0007B,,,company,SWE,,\n"),
        ("abb,ABB,,,company,SWE,,\n", "../../abb,ABB,,,company,SWE,,\n"),
        ("abb,ABB,,,company,SWE,,\n", "abb,AB&lt;B,,,company,SWE,,\n"),
    ],
)
def test_tables_with_such_values_are_refused(
    small: Path, tmp_path: Path, old: str, new: str
) -> None:
    copied = shutil.copytree(small, tmp_path / "tables")
    edit(copied / "parties.csv", old, new)
    with pytest.raises((TableError, GateError)):
        build(tmp_path / "site", copied)
    assert not (tmp_path / "site").exists()
