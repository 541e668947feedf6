"""Rows become triples as https://www.w3.org/TR/csv2rdf/ says."""

from __future__ import annotations

import json
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from pariscall.tables.csvw import read_schema
from pariscall.tables.mapping import Mapper
from pariscall.tables.rows import read_rows

METADATA = {
    "tables": [
        {
            "url": "cats.csv",
            "tableSchema": {
                "aboutUrl": "http://example.org/cat/{id}",
                "columns": [
                    {"name": "id", "required": True, "suppressOutput": True},
                    {"name": "name", "propertyUrl": "skos:prefLabel"},
                    {"name": "nom", "propertyUrl": "skos:prefLabel", "lang": "fr"},
                    {"name": "born", "propertyUrl": "http://example.org/born", "datatype": "date"},
                    {"name": "age", "propertyUrl": "http://example.org/age", "datatype": "integer"},
                    {
                        "name": "page",
                        "propertyUrl": "foaf:page",
                        "datatype": "anyURI",
                        "valueUrl": "{+page}",
                    },
                    {
                        "name": "owner",
                        "aboutUrl": "http://example.org/owner/{owner}",
                        "propertyUrl": "http://example.org/owns",
                        "valueUrl": "http://example.org/cat/{id}",
                    },
                    {"virtual": True, "propertyUrl": "rdf:type", "valueUrl": "skos:Concept"},
                ],
                "primaryKey": ["id"],
            },
        }
    ]
}


def statements(folder: Path, row: str) -> set[str]:
    (folder / "csv-metadata.json").write_text(json.dumps(METADATA), encoding="utf-8")
    (folder / "cats.csv").write_text(f"id,name,nom,born,age,page,owner\n{row}\n", encoding="utf-8")
    table = read_schema(folder)["cats.csv"]
    [record] = read_rows(table)
    mapper = Mapper(table)
    subject = mapper.subject(record.cells)
    own = {str(Triple(subject, *pair)) for pair in mapper.own(record.cells)}
    return own | {str(Triple(*statement)) for statement in mapper.others(record.cells)}


CAT = "<http://example.org/cat/tom>"
A_CONCEPT = f"{CAT} <{'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'}> <http://www.w3.org/2004/02/skos/core#Concept>"


def test_a_full_row_gives_a_statement_a_column(tmp_path: Path) -> None:
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    xsd = "http://www.w3.org/2001/XMLSchema#"
    found = statements(tmp_path, "tom,Tom,Thomas,2015-05-01,7,http://cat.example/?a=b&c,ann")
    assert found == {
        A_CONCEPT,
        f'{CAT} {label} "Tom"',
        f'{CAT} {label} "Thomas"@fr',
        f'{CAT} <http://example.org/born> "2015-05-01"^^<{xsd}date>',
        f'{CAT} <http://example.org/age> "7"^^<{xsd}integer>',
        f"{CAT} <http://xmlns.com/foaf/0.1/page> <http://cat.example/?a=b&c>",
        f"<http://example.org/owner/ann> <http://example.org/owns> {CAT}",
    }


def test_an_empty_cell_gives_no_statement_and_a_virtual_column_always_one(tmp_path: Path) -> None:
    assert statements(tmp_path, "tom,,,,,,") == {A_CONCEPT}


def test_reserved_characters_are_encoded_where_the_template_says_so(tmp_path: Path) -> None:
    found = statements(tmp_path, '"t/o m",,,,,http://cat.example/a%20b/é,')
    assert {str(triple).split()[0] for triple in found} == {"<http://example.org/cat/t%2Fo%20m>"}
    assert any("<http://cat.example/a%20b/%C3%A9>" in triple for triple in found)


def test_terms_are_oxigraph_terms(tmp_path: Path) -> None:
    (tmp_path / "csv-metadata.json").write_text(json.dumps(METADATA), encoding="utf-8")
    mapper = Mapper(read_schema(tmp_path)["cats.csv"])
    [(predicate, value), *_] = mapper.own(["tom", 'T"o\nm', "", "", "", "", ""])
    assert isinstance(predicate, NamedNode)
    assert value == Literal('T"o\nm')
