"""A small document in every RDF format, byte by byte: how a writer works must not change what it writes."""

from __future__ import annotations

import io

import pytest

from pariscall.publish.dumps import DUMPS
from pariscall.rdf.namespaces import BASE, COUNTRY, MSC, PREFIXES, TYPE, XSD
from pariscall.tables.csvw import TABLES, read_schema
from pariscall.tables.document import Description, Document
from pariscall.tables.rows import Row

ROW = Row(read_schema(TABLES)["parties.csv"], 2, [])
PARTY = f"<{BASE}actor/abb>"
ENDORSEMENT = f"<{BASE}endorsement/paris-call/abb/1>"
EVENT = f"<{BASE}endorsement/paris-call/abb/1/event/listing>"
LABEL, EXACT = f"<{PREFIXES['skos']}prefLabel>", f"<{PREFIXES['skos']}exactMatch>"
DATE, TRUTH = f"^^<{XSD}date>", f"^^<{XSD}boolean>"


def msc(name: str) -> str:
    return f"<{MSC}{name}>"


def sample() -> Document:
    """Give a party of two classes with names, a nested endorsement with an event, and odd values."""
    types = [f"<{PREFIXES['org']}Organization>", msc("Signatory")]
    party = [
        (LABEL, r'"A \"B\"\\ \u0001\n^^<x>"'),
        (LABEL, '"É"@fr'),
        (LABEL, '"E"@en'),
        (LABEL, '"F"@en'),
        (f"<{PREFIXES['foaf']}homepage>", "<https://abb.example/?a=b&c=(d)>"),
        (msc("country"), f"<{COUNTRY}CHE>"),
        (EXACT, f"<{PREFIXES['wd']}Q1>"),
        (EXACT, f"<{PREFIXES['lei']}5>"),
        ("<http://example.org/p>", f'"true"{TRUTH}'),
        ("<http://example.org/p>", f'"1"{TRUTH}'),
        ("<http://example.org/p>", '"x"^^<http://example.org/type>'),
        ("<http://example.org/p>", '"x"@pt-br'),
        ("<http://example.org/p>", f"<{BASE}>"),
        (str(TYPE), '"no class"'),
    ]
    endorsement = [
        (msc("signatory"), PARTY),
        (msc("status"), f"<{PREFIXES['status']}active>"),
        (msc("status"), f"<{BASE}elsewhere>"),
        (msc("since"), f'"2018-11-12"{DATE}'),
        (msc("hasEvent"), EVENT),
        (f"<{PREFIXES['schema']}position>", f'"07"^^<{XSD}integer>'),
    ]
    said = {PARTY: party, ENDORSEMENT: endorsement, EVENT: [(msc("date"), f'"2018"{DATE}')]}
    document = Document([ROW])
    for subject, properties in said.items():
        of = types if subject == PARTY else [msc("Endorsement")] if subject == ENDORSEMENT else []
        document.descriptions[subject] = Description(subject, ROW, of, properties)
    return document


def written(name: str) -> str:
    """Give what a writer writes for the sample, after what it writes at first."""
    writer_of, file = next(dump.writer for dump in DUMPS if dump.name == name), io.BytesIO()
    writer = writer_of(file)
    begun = len(file.getvalue())
    writer.write(sample())
    writer.close()
    return file.getvalue()[begun:].decode()


SAMPLES = {
    "ttl": r"""
<actor/abb> a org:Organization , msc:Signatory ;
    skos:prefLabel "A \"B\"\\ \u0001\n^^<x>" , "É"@fr , "E"@en , "F"@en ;
    foaf:homepage <https://abb.example/?a=b&c=(d)> ;
    msc:country country:CHE ;
    skos:exactMatch wd:Q1 , <https://identifiers.org/lei:5> ;
    <http://example.org/p> true , "1"^^xsd:boolean , "x"^^<http://example.org/type> , "x"@pt-br , <https://w3id.org/mscall/> ;
    rdf:type "no class" .
<endorsement/paris-call/abb/1> a msc:Endorsement ;
    msc:signatory <actor/abb> ;
    msc:status status:active , <elsewhere> ;
    msc:since "2018-11-12"^^xsd:date ;
    msc:hasEvent <endorsement/paris-call/abb/1/event/listing> ;
    schema:position "07"^^xsd:integer .
<endorsement/paris-call/abb/1/event/listing> msc:date "2018"^^xsd:date .
""",
    "trig": r"""
<actor/abb> a org:Organization , msc:Signatory ;
    skos:prefLabel "A \"B\"\\ \u0001\n^^<x>" , "É"@fr , "E"@en , "F"@en ;
    foaf:homepage <https://abb.example/?a=b&c=(d)> ;
    msc:country country:CHE ;
    <http://example.org/p> true , "1"^^xsd:boolean , "x"^^<http://example.org/type> , "x"@pt-br , <https://w3id.org/mscall/> ;
    rdf:type "no class" .
<endorsement/paris-call/abb/1> a msc:Endorsement ;
    msc:signatory <actor/abb> ;
    msc:status status:active , <elsewhere> ;
    msc:since "2018-11-12"^^xsd:date ;
    msc:hasEvent <endorsement/paris-call/abb/1/event/listing> ;
    schema:position "07"^^xsd:integer .
<endorsement/paris-call/abb/1/event/listing> msc:date "2018"^^xsd:date .

}

<dataset/paris-call#mappings> {

<actor/abb> skos:exactMatch wd:Q1 , <https://identifiers.org/lei:5> .

}
""",
    "jsonld": r"""
{
 "id": "https://w3id.org/mscall/actor/abb",
 "type": ["Organization", "Signatory"],
 "name": "A \"B\"\\ \u0001\n^^<x>",
 "label": {
  "fr": "É",
  "en": ["E", "F"]
 },
 "homepage": "https://abb.example/?a=b&c=(d)",
 "country": "CHE",
 "exactMatch": ["http://www.wikidata.org/entity/Q1", "https://identifiers.org/lei:5"],
 "http://example.org/p": [{
  "@value": "true",
  "@type": "http://www.w3.org/2001/XMLSchema#boolean"
 }, {
  "@value": "1",
  "@type": "http://www.w3.org/2001/XMLSchema#boolean"
 }, {
  "@value": "x",
  "@type": "http://example.org/type"
 }, {
  "@value": "x",
  "@language": "pt-br"
 }, {
  "@id": "https://w3id.org/mscall/"
 }],
 "rdf:type": "no class"
},
{
 "id": "https://w3id.org/mscall/endorsement/paris-call/abb/1",
 "type": "Endorsement",
 "signatory": "https://w3id.org/mscall/actor/abb",
 "status": "active",
 "msc:status": {
  "@id": "https://w3id.org/mscall/elsewhere"
 },
 "since": "2018-11-12",
 "events": [{
  "id": "https://w3id.org/mscall/endorsement/paris-call/abb/1/event/listing",
  "date": "2018"
 }],
 "position": 7
}
]}
""",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_written_so(name: str) -> None:
    assert written(name) == SAMPLES[name]


def test_n_triples_are_the_terms_as_they_are_a_statement_a_line() -> None:
    said = sample().descriptions.values()
    expected = [
        f"{each.subject} {predicate} {term} .\n"
        for each in said
        for predicate, term in [*((str(TYPE), term) for term in each.types), *each.properties]
    ]
    assert written("nt") == "".join(expected)


def test_what_a_description_says_by_predicate_is_a_copy() -> None:
    description = sample().descriptions[PARTY]
    classes = [*description.types]
    assert description.values()[str(TYPE)] == [*classes, '"no class"']
    assert description.values()[LABEL] == [
        r'"A \"B\"\\ \u0001\n^^<x>"',
        '"É"@fr',
        '"E"@en',
        '"F"@en',
    ]
    assert description.types == classes
