"""Results are valid in every format, with RDF 1.2, odd characters and tags as they were written."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from pyoxigraph import (
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from pariscall.errors import MisuseError, QueryError
from pariscall.query.dataset import Dataset, read_dataset
from pariscall.query.queries import Query, answer

RDF_1_2 = """PREFIX ex: <http://ex.test/>
ex:b ex:claims <<( ex:a ex:p "x"@en--ltr )>> , "tab\\t, \\"q\\"\\nline" , "right"@ar--rtl , 1.50 .
ex:c ex:claims <<( ex:a ex:p <<( _:n ex:q "\\\\" )>> )>> . _:n ex:q ex:b .
"""
ROWS = {
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}


def dataset_of(folder: Path, text: str, name: str = "data.ttl") -> Dataset:
    (folder / name).write_text(text, encoding="utf-8")
    return read_dataset([folder / name])


def ask(dataset: Dataset, text: str, format_name: str | None = None) -> str:
    return answer(Query("query", "", text), dataset, format_name)


@pytest.mark.parametrize("format_name", ROWS)
def test_rows_of_rdf_1_2_are_read_back_the_same(tmp_path: Path, format_name: str) -> None:
    query = "SELECT ?s ?o { ?s <http://ex.test/claims> ?o FILTER(!CONTAINS(STR(?s), 'ex.test/c')) }"
    dataset = dataset_of(tmp_path, RDF_1_2)
    text = ask(dataset, query, format_name)
    found = parse_query_results(text, format=ROWS[format_name])
    assert isinstance(found, QuerySolutions)
    read = {str(row) for row in found}
    assert len(read) == 4
    assert read == {str(row) for row in dataset.store.query(query)}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("format_name", "rdf_format"), [("ttl", RdfFormat.TURTLE), ("nt", RdfFormat.N_TRIPLES)]
)
@pytest.mark.parametrize("where", ["?s ?p ?o", "?s ?p ?o FILTER(ISTRIPLE(?o))"])
def test_graphs_of_rdf_1_2_are_read_back_the_same(
    tmp_path: Path, format_name: str, rdf_format: RdfFormat, where: str
) -> None:
    dataset = dataset_of(tmp_path, RDF_1_2)
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}"
    text = ask(dataset, query, format_name)
    read, expected = Store(), Store()
    read.bulk_load(text.encode(), format=rdf_format)
    expected.bulk_load(RDF_1_2.encode(), format=RdfFormat.TURTLE)
    terms = [quad.object for quad in read]
    assert sum(isinstance(term, Triple) for term in terms) == 2
    again = ask(Dataset(read), query, format_name)
    assert again == text == ask(Dataset(expected), query, format_name)


@pytest.mark.parametrize("term", ["<<( <a:a> <a:b> 1 )>>", "<<( _:a <a:b> 'x'@en--rtl )>>"])
def test_a_triple_term_that_json_ld_cannot_hold_is_refused(tmp_path: Path, term: str) -> None:
    dataset = dataset_of(tmp_path, f"<a:s> <a:p> {term} .")
    with pytest.raises(MisuseError, match=r"JSON-LD cannot hold .* Choose Turtle"):
        ask(dataset, "CONSTRUCT WHERE { ?s ?p ?o }", "jsonld")


def test_a_base_direction_is_kept_in_json_ld(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, "<a:s> <a:p> 'x'@ar-EG--rtl .")
    text = ask(dataset, "CONSTRUCT WHERE { ?s ?p ?o }", "jsonld")
    assert '"@language":"ar-EG"' in text
    assert list(parse(text, format=RdfFormat.JSON_LD)) == list(dataset.store)


@pytest.mark.parametrize("character", ["\\u0001", "\\u001B", "\\uFFFE"])
def test_a_character_that_xml_cannot_hold_is_an_error_and_no_broken_file(
    tmp_path: Path, character: str
) -> None:
    dataset = dataset_of(tmp_path, f'<a:s> <a:p> "é{character}" .')
    code = f"U\\+{character[2:]}"
    with pytest.raises(MisuseError, match=f"hold {code}, which XML cannot. Choose another"):
        ask(dataset, "SELECT * { ?s ?p ?o }", "xml")
    read = json.loads(ask(dataset, "SELECT * { ?s ?p ?o }", "json"))
    assert read["results"]["bindings"][0]["o"]["value"] == "é" + json.loads(f'"{character}"')


def test_a_table_shows_triple_terms_and_no_control_characters(tmp_path: Path) -> None:
    text = '<a:s> <a:p> <<( <a:a> <a:b> "x\\u001B[2J" )>> .'
    shown = ask(dataset_of(tmp_path, text), "SELECT ?o { ?s ?p ?o }").splitlines()[2]
    assert shown == "<<( <a:a> <a:b> x\\u001B[2J )>>"


TAGGED = {
    "data.ttl": '<a:s> <a:p> "colour"@en-GB , "\\"@EN-us"@fr , "x"@de-CH-1901 , \'y\'@zh-Hant--ltr .',
    "data.trig": 'GRAPH <a:g> { <a:s> <a:p> "\\\\"@en-GB , "colour"@en-GB , "\\"@en-gb" }',
    "data.nt": '<a:s> <a:p> "colour"@en-GB .\n<a:s> <a:p> "x"@de-CH-1901 .\n',
    "data.jsonld": '{"@id": "a:s", "a:p": [{"@value": "colour", "@language": "en-GB"}, "FR"]}',
    "data.rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:">'
    "<r:Description r:about='a:s'><a:p xml:lang='en-GB'>colour</a:p></r:Description></r:RDF>",
}


@pytest.mark.parametrize("name", TAGGED)
def test_a_language_tag_keeps_its_case_from_every_format(tmp_path: Path, name: str) -> None:
    dataset = dataset_of(tmp_path, TAGGED[name], name)
    query = "SELECT DISTINCT (LANG(?o) AS ?l) { ?s ?p ?o FILTER(lang(?o) = 'en-GB') }"
    assert ask(dataset, query, "csv").split() == ["l", "en-GB"]
    assert ask(dataset, query.replace("'en-GB'", "'en-gb'"), "csv").split() == ["l"]
    for filtered in ("LANGMATCHES(LANG(?o), 'EN-gb')", "?o = 'colour'@EN-gb"):
        assert ask(dataset, f"ASK {{ ?s ?p ?o FILTER({filtered}) }}") == "yes\n"


@pytest.mark.parametrize("format_name", ["ttl", "nt", "jsonld", "json", "tsv", "xml"])
def test_results_have_the_tags_as_they_were_written(tmp_path: Path, format_name: str) -> None:
    text = '<a:s> <a:p> "1\\"@en-gb"@en-GB , "<a xml:lang=\\"en-gb\\">"@fr , "\\"@language\\":\\"en-gb\\"" .'
    dataset = dataset_of(tmp_path, text)
    rows = format_name in ROWS
    query = "SELECT ?o { ?s ?p ?o }" if rows else "CONSTRUCT WHERE { ?s ?p ?o }"
    found = ask(dataset, query, format_name)
    assert found.count("en-GB") == 1
    assert found.count("en-gb") == 3
    if format_name in ("json", "xml"):
        _ = json.loads(found) if format_name == "json" else ET.fromstring(found)
    if not rows:
        form = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
        before = {quad.object for quad in dataset.store}
        assert {quad.object for quad in parse(found, format=form[format_name])} == before


def test_tags_that_only_the_query_has_are_kept_too() -> None:
    query = "SELECT ('a'@pt-BR AS ?a) (STRLANG('b', 'de-AT') AS ?b) (LANG('c'@en-US) AS ?c) {}"
    row = ask(Dataset(Store()), query, "tsv").splitlines()[1]
    assert row == '"a"@pt-BR\t"b"@de-AT\t"en-US"'


def test_a_tag_that_is_also_written_in_lower_case_stays_so(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, '<a:s> <a:p> "a"@EN , "b"@en .')
    assert ask(dataset, "SELECT DISTINCT (LANG(?o) AS ?l) { ?s ?p ?o }", "csv").split()[1:] == [
        "en"
    ]


@pytest.mark.parametrize("query", ["SELECT (LANG(?o) AS ?l) { ?s ?p 'x'@en-GB }} ", "ASK { LANG("])
def test_a_syntax_error_is_found_at_its_place_beside_tags(tmp_path: Path, query: str) -> None:
    tagged, plain = dataset_of(tmp_path, TAGGED["data.nt"], "data.nt"), Dataset(Store())
    messages = []
    for dataset in (tagged, plain):
        with pytest.raises(QueryError) as caught:
            ask(dataset, query)
        messages.append(str(caught.value))
    assert messages[0] == messages[1]
