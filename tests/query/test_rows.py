"""Results are rows of native Python values, and data frames whose columns have one type."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, Store

from pariscall.errors import MisuseError, QueryError
from pariscall.query.dataset import Dataset
from pariscall.query.queries import Query
from pariscall.query.rows import Results, Row
from pariscall.query.values import Iri, to_python
from pariscall.rdf.namespaces import XSD

PEOPLE = """VALUES (?name ?age ?born ?iri) {
    ("Ann" 40 "1980-01-02"^^xsd:date actor:ann) ("Bob" UNDEF UNDEF UNDEF)
}"""


def ask(sparql: str, store: Store | None = None) -> Results:
    return Results(Query("query", "", sparql), Dataset(store or Store()))


def typed(text: str, datatype: str) -> object:
    return to_python(Literal(text, datatype=NamedNode(XSD + datatype)))


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("12", "integer", 12),
        ("-3", "long", -3),
        ("123456789012345678901234567890", "integer", 123456789012345678901234567890),
        ("1.50", "decimal", Decimal("1.50")),
        ("1e3", "double", 1000.0),
        ("-INF", "float", float("-inf")),
        ("true", "boolean", True),
        ("0", "boolean", False),
        ("2018-11-12", "date", date(2018, 11, 12)),
        ("2018-11-12T10:00:00", "dateTime", datetime(2018, 11, 12, 10)),  # noqa: DTZ001
        ("2018-11-12T10:00:00Z", "dateTime", datetime(2018, 11, 12, 10, tzinfo=UTC)),
        ("text", "string", "text"),
    ],
)
def test_a_literal_is_the_value_of_its_datatype(text: str, datatype: str, value: object) -> None:
    found = typed(text, datatype)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("1_000", "integer"),
        ("١٢", "integer"),
        ("twelve", "integer"),
        ("infinity", "double"),
        ("yes", "boolean"),
        ("2018-02-30", "date"),
        ("20181112", "date"),
        ("2018-11-12Z", "date"),
        ("-0044-03-15", "date"),
        ("2018-11-12T24:00:00", "dateTime"),
        ("2018", "gYear"),
    ],
)
def test_what_python_cannot_hold_stays_text(text: str, datatype: str) -> None:
    assert typed(text, datatype) == text


def test_text_loses_its_language_and_an_iri_can_be_told_from_text() -> None:
    assert to_python(Literal("Suède", language="fr")) == "Suède"
    iri = to_python(NamedNode("https://w3id.org/mscall/code/category#state"))
    assert iri == "https://w3id.org/mscall/code/category#state"
    assert isinstance(iri, Iri)
    assert (iri.compact, iri.name) == ("category:state", "state")


def test_a_row_gives_its_values_by_name_by_position_and_in_order() -> None:
    [ann, bob] = ask(f"SELECT ?name ?age {{ {PEOPLE} }}")
    assert (ann.name, ann["age"], ann[0]) == ("Ann", 40, "Ann")
    name, age = bob
    assert (name, age) == ("Bob", None)
    assert ann == ("Ann", 40)
    assert ann.as_dict() == {"name": "Ann", "age": 40}
    assert repr(ann) == "Row(name='Ann', age=40)"


def test_a_variable_may_have_any_name() -> None:
    [row] = ask("SELECT ?from ?count ?index ?keys { BIND (1 AS ?from) BIND (2 AS ?count) }")
    assert (row["from"], row.count, row.index, row.keys) == (1, 2, None, None)


def test_a_value_that_the_row_does_not_have_is_an_error_that_names_those_it_has() -> None:
    [row] = ask("SELECT (1 AS ?one) {}")
    with pytest.raises(AttributeError, match="no 'two', but one"):
        _ = row.two
    with pytest.raises(KeyError):
        row["two"]


def test_rows_can_be_read_again_and_counted() -> None:
    results = ask(f"SELECT ?name {{ {PEOPLE} }}")
    assert len(results) == 2
    assert results.columns == ("name",)
    assert list(results) == list(results) == results.rows() == [("Ann",), ("Bob",)]
    assert results[1].name == "Bob"
    assert repr(results) == "<Results: 2 rows of name>"


def test_a_yes_or_no_is_the_condition_it_looks_like() -> None:
    assert ask("ASK { }")
    assert not ask("ASK { ?s ?p ?o }")
    assert ask("ASK { ?s ?p ?o }").rows() == [(False,)]
    assert not ask("SELECT * { ?s ?p ?o }")
    assert ask("SELECT (false AS ?answer) { }")


def test_triples_are_rows_and_rdf(example_store: Store) -> None:
    results = ask("CONSTRUCT { ?s a ?type } WHERE { ?s a ?type }", example_store)
    assert results.columns == ("subject", "predicate", "object")
    assert all(row.predicate.endswith("#type") for row in results)
    assert results.to("nt").count(" .\n") == len(results)
    with pytest.raises(MisuseError, match="Choose ttl, nt or jsonld"):
        results.to_csv()


def test_rows_are_written_as_the_command_writes_them() -> None:
    results = ask(f"SELECT ?name ?age {{ {PEOPLE} }}")
    assert results.to_csv() == "name,age\r\nAnn,40\r\nBob,\r\n"
    assert '"vars":["name","age"]' in results.to_json()
    assert results.to("table").endswith("2 rows\n")


@pytest.mark.slow
def test_pandas_adds_numbers_up_and_knows_dates() -> None:
    frame = ask(f"SELECT * {{ {PEOPLE} VALUES ?half {{ 0.5 1 }} }}").to_pandas()
    assert frame["age"].sum() == 80
    assert frame["half"].sum() == 3.0
    assert frame.dtypes.astype(str).to_dict() == {
        "name": "string",
        "age": "Int64",
        "born": "datetime64[s]",
        "iri": "string",
        "half": "float64",
    }
    assert frame["born"].dt.year.max() == 1980


def test_polars_and_arrow_have_the_same_columns() -> None:
    import polars as pl
    import pyarrow as pa

    results = ask(f"SELECT ?name ?age ?born {{ {PEOPLE} }}")
    frame = results.to_polars()
    assert frame.schema == {"name": pl.String, "age": pl.Int64, "born": pl.Date}
    assert frame["age"].sum() == 40
    table = results.to_arrow()
    assert table.schema.types == [pa.string(), pa.int64(), pa.date32()]
    assert table.to_pylist() == frame.to_dicts() == [row.as_dict() for row in results]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ('1 "one"', ["1", "one"]),
        ("12345678901234567890123 1", ["12345678901234567890123", "1"]),
        ('"2018-11-12"^^xsd:date "2018"^^xsd:gYear', ["2018-11-12", "2018"]),
        ("true 1", ["true", "1"]),
        ("1 2.5", [1.0, 2.5]),
        (
            '"2018-11-12T10:00:00+02:00"^^xsd:dateTime "2018-11-12T10:00:00Z"^^xsd:dateTime',
            [datetime(2018, 11, 12, 8, tzinfo=UTC), datetime(2018, 11, 12, 10, tzinfo=UTC)],
        ),
    ],
)
def test_a_column_of_mixed_values_has_one_type_in_every_frame(
    values: str, expected: list[object]
) -> None:
    results = ask(f"SELECT ?v {{ VALUES ?v {{ {values} }} }}")
    assert results.to_arrow()["v"].to_pylist() == expected
    assert results.to_polars()["v"].to_list() == expected
    assert results.to_pandas()["v"].to_list() == expected


def test_no_rows_make_an_empty_frame_with_its_columns() -> None:
    results = ask("SELECT ?s ?p { ?s ?p ?o }")
    assert list(results.to_pandas().columns) == ["s", "p"]
    assert results.to_polars().columns == results.to_arrow().column_names == ["s", "p"]


@pytest.mark.parametrize(("name", "method"), [("pandas", "to_pandas"), ("polars", "to_polars")])
def test_a_library_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, method: str
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MisuseError, match=f"{name} is not installed"):
        getattr(ask("SELECT * {}"), method)()


def test_a_query_that_is_none_is_explained() -> None:
    with pytest.raises(QueryError, match=r"query:1: not a SPARQL 1\.1 query"):
        ask("SELECT ?s { ?s ?p }")


def test_rows_of_the_same_values_under_other_names_differ() -> None:
    assert Row(["a"], [1]) != Row(["b"], [1])
    assert len({Row(["a"], [1]), Row(["a"], [1])}) == 1
