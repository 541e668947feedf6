"""The ready-made questions have answers, the same in two engines; bad queries are explained."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import QuerySolutions, QueryTriples, RdfFormat, Store, serialize

from pariscall import bundle
from pariscall.errors import MisuseError, QueryError, RdfError
from pariscall.query.dataset import Dataset, read_dataset
from pariscall.query.queries import (
    Query,
    answer,
    bundled_dataset,
    find_query,
    named_queries,
)
from pariscall.rdf.namespaces import PREFIXES
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from support.command import EXAMPLE, Run
from support.tables import SUCCESSOR, SUPERSEDED, keep_some_parties, parties, read_records

NAMES = [query.name for query in named_queries()]


@pytest.fixture(scope="module")
def store() -> Store:
    return bundled_dataset().store


@pytest.fixture(scope="module")
def made_up() -> Store:
    store = read_dataset([EXAMPLE]).store
    early = "registry:example\\/entry\\/freedonia msc:firstSeen '2018-11-01'^^xsd:date"
    second = (
        "actor:northwave msc:endorses call:other . endorsement:other\\/northwave\\/1 msc:call call:other ; "
        "msc:status status:active ; msc:signatory actor:northwave ; msc:since '2020-01-01'^^xsd:date"
    )
    known = "sssom:curation_rule_text 'names'; sssom:confidence 0.9 ; dcterms:source source:gazette"
    mapped = (
        "<urn:m:1> owl:annotatedSource actor:microsoft ; owl:annotatedTarget wd:Q2283 ; "
        f"owl:annotatedProperty skos:exactMatch ; {known} . "
        f"<urn:m:2> owl:annotatedSource actor:acme ; owl:annotatedTarget actor:northwave ; {known}"
    )
    member = (
        "grouping:nato skos:prefLabel 'NATO'@en . <urn:m:3> msc:grouping grouping:nato ; "
        "msc:memberCountry country:FRA ; msc:latest '1949-12-31'^^xsd:date"
    )
    # A slip for a query to find, a party of two calls, one that is known elsewhere, a pair, and a member.
    store.update(f"INSERT DATA {{ {early} . {second} . {mapped} . {member} }}", prefixes=PREFIXES)
    return store


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Load every tenth party, and one for each kind of event: with all, rdflib takes a minute."""
    folder = shutil.copytree(bundle.TABLES, tmp_path_factory.mktemp("some") / "tables")
    happened = {row["type"]: row["party"] for row in read_records(folder / "events.csv")}
    keep_some_parties(folder, SUPERSEDED, SUCCESSOR, *happened.values(), *parties()[::10])
    store = Store()
    store.bulk_extend([*vocabulary(), *TableGraph(folder).quads()])
    return store


@pytest.fixture(scope="module")
def in_rdflib(some: Store) -> rdflib.Graph:
    return copied(some)


def copied(store: Store) -> rdflib.Graph:
    triples = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=triples, format="nt")


def rows(store: Store, name: str) -> list[tuple[str, ...]]:
    solutions = store.query(find_query(name).text)
    assert isinstance(solutions, QuerySolutions)
    return sorted(tuple("" if t is None else t.value for t in solution) for solution in solutions)


def rdflib_rows(graph: rdflib.Graph, name: str) -> Iterator[tuple[str, ...]]:
    for row in graph.query(find_query(name).text):
        assert isinstance(row, rdflib.query.ResultRow)
        yield tuple("" if term is None else str(term) for term in row)


def test_there_are_the_25_competency_questions_and_thirteen_on_other_things() -> None:
    assert len(NAMES) == 38


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_named_query_is_answered_from_real_data(name: str, store: Store) -> None:
    assert rows(store, name)


def test_the_registry_stands_beside_what_was_said_of_it(store: Store) -> None:
    """The totals on the page of the Dominican Republic are those of the registry on that day."""
    source = "Centro Nacional de Ciberseguridad, Dominican Republic on the Paris Call"
    found = [row for row in rows(store, "counts-claimed-and-recorded") if row[-1] == source]
    assert [(row[1], row[3], row[5]) for row in found] == [
        ("civil-society", "342", "342"),
        ("everyone", "1072", "1072"),
        ("private-sector", "629", "629"),
        ("public-authority", "26", "26"),
        ("state", "75", "75"),
    ]


def test_one_institute_took_the_place_of_another(store: Store) -> None:
    [(before, after, until)] = rows(store, "successions")
    assert (before, until) == ("EastWest Institute", "2021-03-23")
    assert after.startswith("Observer Research Foundation America")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_named_query_gives_equal_rows_in_oxigraph_and_rdflib(
    name: str, some: Store, in_rdflib: rdflib.Graph
) -> None:
    assert rows(some, name) == sorted(rdflib_rows(in_rdflib, name))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_named_query_has_an_answer_wherever_the_data_have_one(name: str, made_up: Store) -> None:
    assert rows(made_up, name)
    assert rows(made_up, name) == sorted(rdflib_rows(copied(made_up), name))


@pytest.mark.parametrize("name", NAMES)
def test_a_named_query_asks_its_question_and_runs_anywhere(name: str) -> None:
    query = find_query(name)
    assert query.question.endswith("?")
    header = rf"# {re.escape(query.question)}\n(# @param [^\n]*\n)*PREFIX "
    assert re.match(header, query.text)
    declared = dict(re.findall(r"PREFIX ([\w-]+): <([^>]+)>", query.text))
    assert declared.items() <= PREFIXES.items()


def test_the_registry_lists_81_states(store: Store) -> None:
    assert len(rows(store, "states")) == 81


def test_every_supporter_has_a_category_and_five_are_unknown(store: Store) -> None:
    counts = {
        row[0].rpartition("#")[2]: int(row[1]) for row in rows(store, "supporters-by-category")
    }
    assert counts == {
        "private-sector": 708,
        "civil-society": 391,
        "state": 81,
        "public-authority": 37,
        "unknown": 5,
    }


def test_what_the_article_says_of_icann_stands_beside_the_registry(store: Store) -> None:
    polarities = {row[1].rpartition("#")[2] for row in rows(store, "claims-about-a-party")}
    assert polarities == {"intends", "not-listed"}


def test_prefixes_need_no_declaration(store: Store) -> None:
    query = find_query("ASK { actor:france msc:endorses call:paris-call }")
    assert answer(query, Dataset(store)) == "yes\n"


def test_a_query_may_come_from_a_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("ASK { actor:icann msc:endorses ?call }", encoding="utf-8")
    assert answer(find_query(str(tmp_path / "q.rq")), Dataset(store)) == "no\n"


@pytest.mark.parametrize("format_name", ["table", "csv", "tsv", "json", "xml"])
def test_rows_are_written_in_every_format(store: Store, format_name: str) -> None:
    query = find_query("SELECT ?n WHERE { actor:its-rio skos:prefLabel ?n }")
    text = answer(query, Dataset(store), format_name)
    assert "ITS Rio" in text
    assert text.endswith("\n")
    if format_name == "json":
        assert json.loads(text)["results"]["bindings"][0]["n"]["value"] == "ITS Rio"
    if format_name == "table":
        assert text == "n\n-------\nITS Rio\n1 row\n"


@pytest.mark.parametrize("format_name", ["table", "csv", "tsv", "json", "xml"])
def test_answers_are_written_in_every_format(store: Store, format_name: str) -> None:
    assert answer(find_query("ASK {}"), Dataset(store), format_name).strip()


@pytest.mark.parametrize(
    ("format_name", "rdf_format"),
    [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), (None, "turtle")],
)
def test_graphs_are_written_in_every_format(
    store: Store, format_name: str | None, rdf_format: str
) -> None:
    query = find_query("DESCRIBE actor:its-rio")
    graph = rdflib.Graph().parse(data=answer(query, Dataset(store), format_name), format=rdf_format)
    described = store.query("DESCRIBE actor:its-rio", prefixes=PREFIXES)
    assert isinstance(described, QueryTriples)
    assert len(graph) == len(list(described))


def test_a_graph_with_blank_nodes_is_written_the_same_each_time(store: Store) -> None:
    query = find_query("CONSTRUCT { [] rdfs:label ?n } WHERE { actor:france skos:prefLabel ?n }")
    assert answer(query, Dataset(store), "ttl") == answer(query, Dataset(store), "ttl")


def test_turtle_declares_the_prefixes_it_uses_and_no_others(store: Store) -> None:
    text = answer(find_query("DESCRIBE actor:its-rio"), Dataset(store), "ttl")
    declared = re.findall(r"@prefix ([\w-]+):", text)
    body = text[text.index("\n\n") :]
    assert declared
    assert all(f"{prefix}:" in body for prefix in declared)


@pytest.mark.parametrize("format_name", ["ttl", "nt", "jsonld"])
def test_rows_are_not_written_as_a_graph(store: Store, format_name: str) -> None:
    with pytest.raises(MisuseError, match="rows cannot be written as"):
        answer(find_query("ASK {}"), Dataset(store), format_name)


@pytest.mark.parametrize("format_name", ["table", "csv", "json"])
def test_a_graph_is_not_written_as_rows(store: Store, format_name: str) -> None:
    with pytest.raises(MisuseError, match="a graph cannot be written as"):
        answer(find_query("DESCRIBE actor:france"), Dataset(store), format_name)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SELECT *\nWHERE { ?s mcs:call ?o }", "query:2: the prefix mcs: is not declared."),
        ("SELECT *\nWHERE { ?s ?p ", "query:2: not a SPARQL 1.1 query, where the query ends"),
        ("SELEKT * { ?s ?p ?o }", "query:1: not a SPARQL 1.1 query, near"),
        ("SELECT (xsd:int('3') AS ?x) {}", "query: the query cannot be run: The custom function"),
        ("INSERT DATA { actor:france a msc:Call }", "query:1: not a SPARQL 1.1 query"),
    ],
)
def test_a_broken_query_is_explained_in_one_line(store: Store, text: str, problem: str) -> None:
    with pytest.raises(QueryError) as caught:
        answer(Query("query", "", text), Dataset(store))
    assert str(caught.value).startswith(problem)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { OPTIONAL { ?s ?p ?o . service silent ?s { ?s ?p ?o } } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { # a comment\r SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } \n}",
        "SELECT * { # a comment\\u000A SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } \n}",
        "SELECT * { ?s ?p 'a\\u0027 . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #' \n}",
        "ASK { FILTER EXISTS { { SELECT ?s { SERVICE ?s { ?s ?p ?o } } } } }",
    ],
)
def test_a_query_that_calls_another_server_is_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        answer(Query("query", "", text), Dataset(store))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ('SERVICE' AS ?x) {} # SERVICE",
        "SELECT * { ?s <http://example.org/service> ?service }",
    ],
)
def test_the_word_service_elsewhere_does_no_harm(store: Store, text: str) -> None:
    assert answer(Query("query", "", text), Dataset(store))


def test_unknown_names_and_files_are_refused() -> None:
    with pytest.raises(MisuseError, match="there is no query 'state'"):
        find_query("state")
    with pytest.raises(RdfError, match=r"none\.rq: No such file or directory"):
        find_query("none.rq")


@pytest.mark.slow
def test_a_query_is_shown_as_it_can_be_asked_again(run: Run, tmp_path: Path) -> None:
    shown = run("query", "states", "--show")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "SELECT" in shown.stdout
    (tmp_path / "states.rq").write_text(shown.stdout, encoding="utf-8")
    asked = [run("query", name, "--format", "csv").stdout for name in ("states", "states.rq")]
    assert asked[0] == asked[1] != ""
    assert run("query", "nosuch", "--show").returncode == 2
