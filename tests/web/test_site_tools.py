"""What the site shows and brings along: numbers, charts, vendored files."""

from __future__ import annotations

import gzip
import re
import zlib
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

from pariscall.query.loading import read_store
from pariscall.query.queries import answer, bundled_dataset, find_query
from pariscall.rdf.namespaces import DATASET
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from pariscall.web.site import charts, documents, figures, vendor
from pariscall.web.site.chart_sentences import what_to_see
from pariscall.web.site.dataset import packed
from pariscall.web.site.figures import Figure
from pariscall.web.site.resources import Resource, Resources, Text

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def resources(bundled: TableGraph) -> Resources:
    return Resources(bundled.documents(), vocabulary())


@pytest.fixture(scope="module")
def drawn(bundled: TableGraph, resources: Resources) -> dict[str, Figure]:
    last = resources[DATASET.value].date("dcterms:modified")
    found = figures.all_figures(resources, documents.group(bundled), last)
    return {figure.name: figure for figure in found}


def numbers(figure: Figure, row: str) -> dict[str, int]:
    [found] = [numbers for name, numbers in figure.rows if name == row]
    return {resource.code: n for resource, n in zip(figure.series, found, strict=True) if n}


@pytest.mark.parametrize(
    "day", ["2019-09-30", "2020-02-29", "2020-11-30", "2021-03-31", "2024-01-19"]
)
def test_the_categories_of_a_day_are_those_of_a_replay(drawn: dict[str, Figure], day: str) -> None:
    replayed = answer(
        find_query("supporters-by-category"), bundled_dataset(date.fromisoformat(day)), "csv"
    )
    expected = dict(re.findall(r"#([\w-]+),(\d+)", replayed))
    shown = numbers(drawn["categories"], day)
    assert {code: str(number) for code, number in shown.items()} == expected


def test_the_basis_of_each_first_day_is_told_apart(drawn: dict[str, Figure]) -> None:
    assert numbers(drawn["since"], "2018-11-30") == {"declared": 11, "reported": 79}
    rows = answer(
        find_query(
            "SELECT ?b (COUNT(?e) AS ?n) { ?e msc:call call:paris-call ; msc:sinceBasis ?b } GROUP BY ?b"
        ),
        bundled_dataset(),
        "csv",
    )
    expected = {code: int(number) for code, number in re.findall(r"#([\w-]+),(\d+)", rows)}
    assert numbers(drawn["since"], "2024-01-19") == expected


def test_every_supporter_stands_in_a_region_or_visibly_in_none(
    bundled: TableGraph, resources: Resources, drawn: dict[str, Figure]
) -> None:
    assert drawn["regions"].total == 1222
    assert sum(dict(drawn["regions"].rows)[""]) == 5
    counted = figures.countries(resources, documents.group(bundled))
    regions = {country.code: region for region in counted for country, _ in counted[region]}
    assert {code: regions[code] for code in ("FRA", "USA", "SGP", "MLT", "NGA", "NZL")} == {
        "FRA": "150",
        "USA": "019",
        "SGP": "142",
        "MLT": "150",
        "NGA": "002",
        "NZL": "009",
    }


def test_a_chart_is_drawn_the_same_each_time_and_safe_inside_a_page(
    drawn: dict[str, Figure],
) -> None:
    for figure in drawn.values():
        for lang in ("en", "fr"):
            first, second = charts.draw(figure, lang), charts.draw(figure, lang)
            assert first.drawings == second.drawings
            for svg in first.drawings.values():
                assert not re.search(r"\sstyle=|<style|<script|<image|\son\w+=|href=", svg)
                assert "var(--series-1)" in svg


def test_hostile_names_do_not_break_out_of_a_chart() -> None:
    evil = Resource("https://w3id.org/mscall/code/category#evil")
    evil.add("skos:prefLabel", Text('</svg><script>alert(1)</script>"', "en"))
    figure = Figure("categories", [evil], [("2020-01-31", (1,)), ("2020-02-29", (2,))])
    for svg in charts.draw(figure, "en").drawings.values():
        assert "<script" not in svg
        assert svg.count("</svg>") == 1


def test_vendored_files_are_those_that_were_published() -> None:
    kept = {
        path.relative_to(vendor.FOLDER).as_posix()
        for path in vendor.FOLDER.rglob("*")
        if path.parent != vendor.FOLDER and "__pycache__" not in path.parts
    }
    named = {file.name for file in vendor.files()}
    assert kept == named | {f"{name.partition('/')[0]}/LICENSE" for name in named}
    assert set(vendor.published()) < kept  # the shapes of the map are drawn, not published
    for file in vendor.files():
        assert sha256((vendor.FOLDER / file.name).read_bytes()).hexdigest() == file.sha256, file


def test_the_packed_graph_is_the_one_that_the_command_asks(bundled: TableGraph) -> None:
    content = packed(bundled)
    store = Store()
    store.extend(parse(gzip.decompress(content), format=RdfFormat.N_TRIPLES))
    assert len(store) == len(read_store())


def test_the_zlib_of_the_machine_packs_nothing(
    bundled: TableGraph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    whole = packed(bundled)
    for name in ("compress", "compressobj"):
        monkeypatch.setattr(zlib, name, None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert packed(bundled) == whole
    assert whole[4:8] == bytes(4)  # no time (RFC 1952, MTIME)


def test_the_largest_step_is_told_from_the_numbers() -> None:
    code = Resource("https://w3id.org/mscall/code/category#state")
    rows = [
        ("2019-09-30", (90,)),
        ("2019-10-31", (92,)),
        ("2019-11-30", (592,)),
        ("2019-12-31", (594,)),
    ]
    told = what_to_see(Figure("categories", [code], rows), "en")
    assert "From 90 to 594" in told
    assert "of 500 in the month up to 30\u00a0November 2019" in told
    one = what_to_see(Figure("categories", [code], [("2019-09-30", (1,))]), "fr")
    assert "De 1 à 1" in one
