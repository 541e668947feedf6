"""Rows become triples as https://www.w3.org/TR/csv2rdf/ says: compiled or read plainly, the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Triple

from pariscall import bundle
from pariscall.errors import TableError
from pariscall.tables.csvw import Table, read_schema
from pariscall.tables.document import Document
from pariscall.tables.mapping import Mapper
from pariscall.tables.rows import Row, read_rows
from support.plain_mapping import plain_triples

# A text in which quotes, braces, backslashes and ends of lines would do harm if they were code.
ODD = "a'b\"c\\d{e}%f\n"
ABOUT = "http://example.org/cat/{id}"
COLUMNS: list[dict[str, Any]] = [
    {"name": "id", "required": True, "suppressOutput": True},
    {"name": "name", "propertyUrl": "skos:prefLabel"},
    {"name": "nom", "propertyUrl": "skos:prefLabel", "lang": "pt-BR"},
    {"name": "born", "propertyUrl": "http://example.org/born", "datatype": "date"},
    {"name": "age", "propertyUrl": "http://example.org/age", "datatype": {"base": "integer"}},
    {"name": "page", "propertyUrl": "foaf:page", "datatype": "anyURI", "valueUrl": "{+page}"},
    {
        "name": "owner",
        "aboutUrl": "http://example.org/owner/{owner}",
        "propertyUrl": "http://example.org/owns",
        "valueUrl": ABOUT,
    },
    {"name": "kind", "propertyUrl": "rdf:type", "valueUrl": "http://example.org/{kind}#{age}"},
    {"virtual": True, "propertyUrl": "rdf:type", "valueUrl": "skos:Concept"},
    {
        "virtual": True,
        "aboutUrl": "http://example.org/owner/{owner}",
        "propertyUrl": "rdf:type",
        "valueUrl": "http://example.org/it's#Owner",
    },
    {"virtual": True, "propertyUrl": "dcterms:source", "valueUrl": "urn:x:{id}/{+kind}"},
]
NAMES = [column["name"] for column in COLUMNS if "name" in column]

texts = st.one_of(
    st.just(""),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text("\"'\\{}<>%\n\r\t\x00\x1f\x7f\x85\u2028\ufffe😀é^@"),
)


def described(*columns: Mapping[str, Any], about: str = ABOUT) -> dict[str, Any]:
    return {"aboutUrl": about, "columns": columns, "primaryKey": ["id"]}


def table_of(folder: Path, schema: Mapping[str, Any]) -> Table:
    metadata = {"tables": [{"url": "cats.csv", "tableSchema": schema}]}
    (folder / "csv-metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    return read_schema(folder)["cats.csv"]


def mapped(mapper: Mapper, row: Row) -> set[Triple]:
    document = Document()
    mapper.describe(document, row)
    assert next(iter(document.descriptions)) == mapper.subject(row.cells)
    return {quad.triple for quad in document.quads()}


@pytest.fixture(scope="module")
def cats(tmp_path_factory: pytest.TempPathFactory) -> tuple[Table, Mapper]:
    table = table_of(tmp_path_factory.mktemp("cats"), described(*COLUMNS))
    return table, Mapper(table)


def statements(cats: tuple[Table, Mapper], *cells: str) -> set[str]:
    table, mapper = cats
    return set(map(str, mapped(mapper, Row(table, 2, list(cells)))))


CAT = "<http://example.org/cat/tom>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
ALWAYS = {
    f"{CAT} {TYPE} <http://www.w3.org/2004/02/skos/core#Concept>",
    f"{CAT} <http://purl.org/dc/terms/source> <urn:x:tom/>",
    f"<http://example.org/owner/> {TYPE} <http://example.org/it's#Owner>",
}


def test_a_full_row_gives_a_statement_a_column(cats: tuple[Table, Mapper]) -> None:
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    xsd = "http://www.w3.org/2001/XMLSchema#"
    page = "http://cat.example/?a=b&c"
    assert statements(cats, "tom", "Tom", "Tomás", "2015-05-01", "7", page, "ann", "x y") == {
        f"{CAT} {TYPE} <http://www.w3.org/2004/02/skos/core#Concept>",
        f"{CAT} {TYPE} <http://example.org/x%20y#7>",
        f'{CAT} {label} "Tom"',
        f'{CAT} {label} "Tomás"@pt-br',
        f'{CAT} <http://example.org/born> "2015-05-01"^^<{xsd}date>',
        f'{CAT} <http://example.org/age> "7"^^<{xsd}integer>',
        f"{CAT} <http://xmlns.com/foaf/0.1/page> <{page}>",
        f"<http://example.org/owner/ann> <http://example.org/owns> {CAT}",
        f"<http://example.org/owner/ann> {TYPE} <http://example.org/it's#Owner>",
        f"{CAT} <http://purl.org/dc/terms/source> <urn:x:tom/x%20y>",
    }


def test_an_empty_cell_gives_no_statement_and_a_virtual_column_always_one(
    cats: tuple[Table, Mapper],
) -> None:
    assert statements(cats, "tom", "", "", "", "", "", "", "") == ALWAYS


def test_reserved_characters_are_encoded_where_the_template_says_so(
    cats: tuple[Table, Mapper],
) -> None:
    page = "http://cat.example/a%20b/é"
    found = statements(cats, "t/o m", "", "", "", "", page, "", "")
    assert "<http://example.org/cat/t%2Fo%20m>" in {triple.split()[0] for triple in found}
    assert any("<http://cat.example/a%20b/%C3%A9>" in triple for triple in found)


@pytest.mark.slow
@given(cells=st.lists(texts, min_size=len(NAMES), max_size=len(NAMES)))
def test_whatever_the_cells_hold_the_triples_are_those_of_a_plain_reading(
    cats: tuple[Table, Mapper], cells: list[str]
) -> None:
    table, mapper = cats
    row = Row(table, 2, cells)
    try:
        expected = set(plain_triples(described(*COLUMNS), dict(zip(NAMES, cells, strict=True))))
    except ValueError:  # a cell that is written into an IRI as it is, and spoils it
        with pytest.raises(ValueError, match="no IRI"):
            mapper.describe(Document(), row)
        return
    assert mapped(mapper, row) == expected
    spoken = {(about, said, term) for _, about, said, term in mapper.origins(cells) if term}
    assert spoken == {(str(t.subject), str(t.predicate), str(t.object)) for t in expected}


@pytest.mark.slow
def test_every_row_of_our_tables_has_the_triples_of_a_plain_reading() -> None:
    metadata = json.loads((bundle.TABLES / "csv-metadata.json").read_text(encoding="utf-8"))
    schemas = {each["url"]: each["tableSchema"] for each in metadata["tables"]}
    for table in read_schema(bundle.TABLES).tables:
        if table.is_mapped:
            mapper = Mapper(table)
            for row in read_rows(table):
                cells = dict(zip(table.index, row.cells, strict=True))
                assert mapped(mapper, row) == set(plain_triples(schemas[table.name], cells))


def test_the_origin_of_a_triple_is_its_column_and_that_of_a_virtual_one_the_first(
    cats: tuple[Table, Mapper],
) -> None:
    _, mapper = cats
    found = mapper.origins(["tom", "Tom", "", "", "", "", "ann", ""])
    assert [column for column, *_ in found] == [*NAMES[1:], "id", "id", "id"]
    assert found[0] == ("name", CAT, "<http://www.w3.org/2004/02/skos/core#prefLabel>", '"Tom"')
    assert found[1][3] is None
    assert found[5][1:] == ("<http://example.org/owner/ann>", "<http://example.org/owns>", CAT)


@pytest.mark.parametrize(
    ("about", "column"),
    [
        (ABOUT + ODD, {}),
        (ABOUT + "'+__import__('os').getcwd()+'", {}),
        (ABOUT, {"propertyUrl": f"http://example.org/{ODD}"}),
        (ABOUT, {"propertyUrl": "http://example.org/p", "valueUrl": f"http://example.org/{ODD}"}),
        (ABOUT, {"propertyUrl": "http://example.org/p", "lang": ODD}),
        (ABOUT, {"propertyUrl": "http://example.org/p", "datatype": ODD}),
        (ABOUT, {"propertyUrl": "http://example.org/p", "valueUrl": "http://example.org/{no}"}),
        ("{id}/{", {}),
    ],
)
def test_a_description_is_never_code(tmp_path: Path, about: str, column: Mapping[str, Any]) -> None:
    """What makes no IRI is an error; the rest is a text of an IRI, whatever it looks like."""
    said = {"name": "name", "suppressOutput": not column, **column}
    table = table_of(tmp_path, described({"name": "id", "suppressOutput": True}, said, about=about))
    row = Row(table, 2, ["tom", "Tom"])
    if about == ABOUT + "'+__import__('os').getcwd()+'":
        assert Mapper(table).subject(row.cells) == f"<{about.replace('{id}', 'tom')}>"
    elif about.startswith("{id}"):
        with pytest.raises(ValueError, match="no IRI"):
            Mapper(table).subject(row.cells)
    else:
        with pytest.raises(TableError, match=r"cats\.csv: .+ Correct the description"):
            Mapper(table)
