"""A query is asked of the graphs that it chooses, each triple of which counts once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pariscall.errors import QueryError
from pariscall.query.dataset import Dataset, read_dataset
from pariscall.query.queries import Query, answer, dataset_for, evaluate, syntax_explained
from pariscall.rdf.sparql import DatasetClause

TRIG = """PREFIX ex: <http://ex.test/>
ex:d ex:amount 1 .
GRAPH ex:g { ex:a ex:amount 10 . ex:b ex:amount 20 . ex:d ex:amount 1 }
GRAPH ex:h { ex:a ex:amount 10 . ex:c ex:amount 30 }
"""
TOTAL = "SELECT (COUNT(*) AS ?n) (SUM(?m) AS ?sum) {clause} {{ ?s <http://ex.test/amount> ?m }}"


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    (tmp_path / "data.trig").write_text(TRIG, encoding="utf-8")
    return read_dataset([tmp_path / "data.trig"])


def csv(dataset: Dataset, text: str) -> list[str]:
    return answer(Query("query", "", text), dataset, "csv").split()[1:]


@pytest.mark.parametrize(
    ("clause", "counted"),
    [
        ("", "4,61"),
        ("FROM <http://ex.test/g>", "3,31"),
        ("FROM <http://ex.test/g> FROM <http://ex.test/h>", "4,61"),
        ("FROM <http://ex.test/h> FROM <http://ex.test/h>", "2,40"),
        ("FROM NAMED <http://ex.test/g>", "0,0"),
        ("FROM <http://ex.test/h> FROM NAMED <http://ex.test/g>", "2,40"),
    ],
)
def test_a_triple_counts_once_in_the_default_graph(
    dataset: Dataset, clause: str, counted: str
) -> None:
    assert csv(dataset, TOTAL.format(clause=clause)) == [counted]


@pytest.mark.parametrize(
    ("clause", "graphs"),
    [
        ("", ["g", "h"]),
        ("FROM <http://ex.test/g>", []),
        ("FROM NAMED <http://ex.test/h>", ["h"]),
        ("FROM <http://ex.test/g> FROM <http://ex.test/h> FROM NAMED <http://ex.test/g>", ["g"]),
    ],
)
def test_graph_asks_the_named_graphs_that_are_chosen(
    dataset: Dataset, clause: str, graphs: list[str]
) -> None:
    query = f"SELECT DISTINCT ?g {clause} {{ GRAPH ?g {{ ?s ?p ?o }} }} ORDER BY ?g"
    assert csv(dataset, query) == [f"http://ex.test/{name}" for name in graphs]


def test_blank_nodes_have_the_same_labels_and_order_in_every_run(tmp_path: Path) -> None:
    said = "_:a <http://ex.test/p> [ <http://ex.test/q> 1 ] , <<( _:a <http://ex.test/p> 2 )>> ."
    files = [tmp_path / "one.ttl", tmp_path / "two.ttl"]
    for file in files:
        file.write_text(said, encoding="utf-8")
    text = "SELECT DISTINCT * { ?s ?p ?o }"
    runs = [answer(Query("query", "", text), read_dataset(files), "csv") for _ in range(8)]
    assert len(set(runs)) == 1
    labels = set(re.findall(r"_:(\w+)", runs[0]))
    assert labels == {"b1", "b2", "b3", "b4"}, "those of two files are not the same nodes"


def test_a_triple_in_two_files_counts_once_and_so_does_a_file(tmp_path: Path) -> None:
    for name, more in (("one.ttl", "[] <http://ex.test/amount> 2 ."), ("two.ttl", "")):
        text = f"<http://ex.test/a> <http://ex.test/amount> 10 . {more}"
        (tmp_path / name).write_text(text, encoding="utf-8")
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    aliases = [one, two, tmp_path / ".." / tmp_path.name / "one.ttl"]
    assert csv(read_dataset(aliases), TOTAL.format(clause="")) == ["2,12"]


def csv_of(names: list[Path], text: str, base: str | None = None) -> list[str]:
    query = Query("query", "", text, base)
    return answer(query, dataset_for(query, names), "csv").split()[1:]


def test_a_file_is_chosen_by_its_address_without_its_named_graphs(
    dataset: Dataset, tmp_path: Path
) -> None:
    (tmp_path / "more.ttl").write_text("<http://ex.test/x> <http://ex.test/amount> 5 .")
    both = [tmp_path / "data.trig", tmp_path / "more.ttl"]
    trig, ttl = (path.as_uri() for path in both)
    assert csv_of(both, TOTAL.format(clause=f"FROM <{trig}>")) == ["1,1"]
    assert csv_of(both, TOTAL.format(clause=f"FROM <{trig}> FROM <{ttl}>")) == ["2,6"]
    named = "SELECT DISTINCT ?g {clause} {{ GRAPH ?g {{ ?s ?p 5 }} }}"
    assert csv_of(both, named.format(clause=f"FROM NAMED <{ttl}>")) == [ttl]
    assert csv_of(both, named.format(clause="")) == []
    with pytest.raises(QueryError, match=r"no graph <file:.*more\.ttl> here"):
        csv_of(both[:1], TOTAL.format(clause=f"FROM <{ttl}>"))
    with pytest.raises(QueryError, match=r"no graph <file:.*data\.trig> here"):
        csv(dataset, TOTAL.format(clause=f"FROM <{trig}>"))


@pytest.mark.usefixtures("dataset")
def test_a_relative_address_is_that_of_a_neighbour_of_the_query(tmp_path: Path) -> None:
    text = TOTAL.format(clause="FROM <data.trig>")
    assert csv_of([tmp_path / "data.trig"], text, (tmp_path / "q.rq").as_uri()) == ["1,1"]


def test_a_broken_query_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    query = Query("query", "", "SELECT * FROM no:where { ?s ?p ?o }")
    with pytest.raises(QueryError, match=r"query:1: the prefix no: is not declared"):
        dataset_for(query, [tmp_path / "missing.ttl"])


@pytest.mark.parametrize("clause", ["FROM <http://ex.test/no>", "FROM NAMED <http://ex.test/no>"])
def test_a_graph_that_is_not_there_is_an_error_that_names_those_that_are(
    dataset: Dataset, clause: str
) -> None:
    with pytest.raises(QueryError) as caught:
        csv(dataset, TOTAL.format(clause=clause))
    assert str(caught.value) == (
        "there is no graph <http://ex.test/no> here. "
        "The named graphs are <http://ex.test/g>, <http://ex.test/h>."
    )


def test_the_graphs_of_a_request_replace_those_of_the_query(dataset: Dataset) -> None:
    query = Query("query", "", "SELECT ?m FROM <http://ex.test/g> { ?s ?p ?m } ORDER BY ?m")
    chosen = DatasetClause(("http://ex.test/h",))
    assert [row[0].value for row in evaluate(query, dataset, chosen)] == ["10", "30"]  # type: ignore[union-attr]


def test_what_is_no_iri_is_no_graph(dataset: Dataset) -> None:
    query = Query("query", "", "ASK {}")
    with pytest.raises(QueryError, match="there is no graph <a b>"), syntax_explained(query):
        evaluate(query, dataset, DatasetClause(("a b",)))
