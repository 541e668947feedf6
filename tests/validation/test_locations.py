"""A place is the exact spot in the user's own file, whatever its format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from pariscall import bundle
from pariscall.rdf.namespaces import RDF, TYPE
from pariscall.rdf.reader import open_file
from pariscall.tables.csvw import read_schema
from pariscall.tables.rows import read_rows
from pariscall.validation.locations.cells import CellLocator
from pariscall.validation.locations.location import Location, SourceText, read_location
from pariscall.validation.locations.rdf import RdfFileLocator
from pariscall.validation.locations.turtle import find_statements

EX = "http://example.org/"
AGE, NAME, KNOWS = (NamedNode(EX + name) for name in ("age", "name", "knows"))
ANN, BOB = NamedNode(EX + "ann"), NamedNode(EX + "bob")

TURTLE = """\
@prefix ex: <http://example.org/> . # one comment
PREFIX f: <http://example.org/>

ex:ann ex:name '''Ann # not
a comment''' , "Anna"@en-GB ;
    ex:knows [ ex:name "deep" ; ex:knows [ ex:age 7 ] ] , ( ex:bob [ ex:age 8 ] ) ;
    ex:age "41"^^<http://www.w3.org/2001/XMLSchema#integer>, -1.5e3, true .
<http://example.org/bob> a f:Person ; f:knows ex:ann .
"""
NT = """\
# first
<http://example.org/ann> <http://example.org/age> "41"^^<http://www.w3.org/2001/XMLSchema#integer> .

<http://example.org/bob> <http://example.org/knows> <http://example.org/ann> .
"""
JSONLD = """\
{
\t"@context": {
\t\t"@vocab": "http://example.org/", "ex": "http://example.org/",
\t\t"iri": "@id", "knows": {"@type": "@id"}, "name": {"@container": "@language"}
\t},
\t"@graph": [
\t\t{"iri": "ex:ann", "knows": {"iri": "ex:bob"}, "name": {"en": "Ann", "fr": "Anne"}},
\t\t{
\t\t\t"age": [40, 41],
\t\t\t"knows": ["ex:ann", "ex:eve"],
\t\t\t"iri": "ex:bob"
\t\t}
\t]
}
"""


def locations(folder: Path, name: str, text: str) -> RdfFileLocator:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return RdfFileLocator(open_file(path))


def quads(folder: Path, name: str, text: str) -> list[Quad]:
    (folder / name).write_text(text, encoding="utf-8")
    return open_file(folder / name).quads


def shown(location: Location | None) -> tuple[int | None, str]:
    """Give the line of a place and the text that it marks."""
    assert location is not None
    start, length = location.marked
    return location.line, location.excerpt[start : start + length]


def test_turtle_places_are_of_the_statement(tmp_path: Path) -> None:
    found = locations(tmp_path, "a.ttl", TURTLE)
    assert shown(found.subject(ANN)) == (4, "ex:ann")
    assert shown(found.subject(BOB)) == (8, "<http://example.org/bob>")
    ages = [q.object for q in quads(tmp_path, "b.ttl", TURTLE) if q.predicate == AGE]
    assert shown(found.statement(ANN, AGE, ages[2])) == (
        7,
        '"41"^^<http://www.w3.org/2001/XMLSchema#integer>',
    )
    assert shown(found.statement(ANN, AGE, ages[4])) == (7, "true")
    assert shown(found.statement(BOB, KNOWS, ANN)) == (8, "ex:ann")
    assert shown(found.statement(BOB, KNOWS, None)) == (8, "f:knows ex:ann")
    assert shown(found.statement(None, KNOWS, ANN)) == (8, "ex:ann")
    assert found.statement(BOB, AGE, None) is None
    assert found.subject(AGE) is None


def test_a_value_with_another_case_of_its_language_tag_is_found(tmp_path: Path) -> None:
    found = locations(tmp_path, "a.ttl", TURTLE)
    [anna] = [
        quad.object for quad in parse(f'<{EX}s> <{EX}p> "Anna"@en-gb .', format=RdfFormat.TURTLE)
    ]
    assert shown(found.statement(ANN, NAME, anna)) == (5, '"Anna"@en-GB')


def test_blank_nodes_have_the_places_of_their_brackets(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(TURTLE, encoding="utf-8")
    file = open_file(tmp_path / "a.ttl")
    found = RdfFileLocator(file)
    with_age = [quad.subject for quad in file.quads if quad.predicate == AGE]
    inner = [node for node in with_age if node != ANN]
    assert [str(found.subject(node)).removeprefix(str(tmp_path)) for node in inner] == [
        "/a.ttl:6:42",
        "/a.ttl:6:68",
    ]


def test_n_triples_places_are_lines(tmp_path: Path) -> None:
    for name in ("a.nt", "a.nq"):
        found = locations(tmp_path, name, NT)
        assert shown(found.subject(BOB)) == (4, "<http://example.org/bob>")
        assert shown(found.statement(BOB, KNOWS, ANN)) == (4, "<http://example.org/ann>")


def test_graph_names_of_trig_and_n_quads_are_no_subjects(tmp_path: Path) -> None:
    trig = "@prefix ex: <http://example.org/> .\nex:g { ex:ann ex:age 1 }\nGRAPH ex:h {\n ex:bob ex:age 2 . }"
    found = locations(tmp_path, "a.trig", trig)
    assert shown(found.subject(BOB)) == (4, "ex:bob")
    assert shown(found.statement(ANN, AGE, None)) == (2, "ex:age 1")
    nq = f"<{EX}ann> <{EX}age> <{EX}x> <{EX}g> .\n<{EX}bob> <{EX}age> <{EX}x> .\n"
    assert shown(locations(tmp_path, "a.nq", nq).subject(BOB)) == (2, f"<{EX}bob>")


def test_json_ld_places_know_aliases_prefixes_and_containers(tmp_path: Path) -> None:
    found = locations(tmp_path, "a.jsonld", JSONLD)
    assert shown(found.subject(BOB)) == (11, '"iri": "ex:bob"')
    assert shown(found.statement(BOB, KNOWS, NamedNode(EX + "eve"))) == (10, '"ex:eve"')
    ages = [q.object for q in quads(tmp_path, "b.jsonld", JSONLD) if q.predicate == AGE]
    assert shown(found.statement(BOB, AGE, ages[1])) == (9, "41")
    assert shown(found.statement(BOB, AGE, None)) == (9, '"age": [40, 41]')
    assert shown(found.statement(ANN, KNOWS, BOB)) == (7, '{"iri": "ex:bob"}')
    names = [q.object for q in quads(tmp_path, "c.jsonld", JSONLD) if q.predicate == NAME]
    assert shown(found.statement(ANN, NAME, names[0]))[0] == 7


def test_json_ld_with_the_bundled_context_has_places(tmp_path: Path) -> None:
    text = """{
 "@context": "https://w3id.org/mscall/context/v1.jsonld",
 "id": "https://w3id.org/mscall/actor/acme",
 "type": "Organization",
 "name": "Acme"
}"""
    found = locations(tmp_path, "a.jsonld", text)
    acme = NamedNode("https://w3id.org/mscall/actor/acme")
    label = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert shown(found.subject(acme))[0] == 3
    assert shown(found.statement(acme, label, None)) == (5, '"name": "Acme"')


RDF_XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="{EX}" xml:base="{EX}">
 <!-- é€𝄞 -->
 <e:Person rdf:about="ann" e:nick="Ännchen">
  <e:age>17</e:age> <e:née>Ö</e:née>
  <e:knows><rdf:Description rdf:about="bob"><e:age>é</e:age></rdf:Description></e:knows>
  <e:home rdf:parseType="Resource"><e:city>Paris</e:city></e:home>
  <e:likes rdf:resource = 'cid' e:age="3"/>
  <e:list rdf:parseType="Collection"><e:Item rdf:about="dan"/></e:list>
  <e:text rdf:parseType="Literal"><e:age>1</e:age></e:text>
  <e:said rdf:ID="claim">so</e:said>
 </e:Person>
 <rdf:Seq rdf:ID="seq"><rdf:li>one</rdf:li></rdf:Seq>
</rdf:RDF>
"""


@pytest.mark.parametrize(
    ("triple", "line", "marked"),
    [
        (("ann", TYPE, None), 4, "e:Person"),
        (("ann", "nick", "Ännchen"), 4, "Ännchen"),
        (("ann", "age", "17"), 5, "17"),
        (("ann", "née", "Ö"), 5, "Ö"),
        (("ann", "knows", NamedNode(EX + "bob")), 6, "bob"),
        (("bob", "age", "é"), 6, "é"),
        (("ann", "home", None), 7, "e:home"),
        ((None, "city", "Paris"), 7, "Paris"),
        (("ann", "likes", NamedNode(EX + "cid")), 8, "cid"),
        (("cid", "age", "3"), 8, "3"),
        (("dan", TYPE, NamedNode(EX + "Item")), 9, "e:Item"),
        (("#claim", RDF + "object", None), 11, "claim"),
        (("ann", "said", "so"), 11, "so"),
        (("#seq", RDF + "_1", "one"), 13, "one"),
    ],
)
def test_triples_of_rdf_xml_are_found(
    tmp_path: Path,
    triple: tuple[str | None, str | NamedNode, str | NamedNode | None],
    line: int,
    marked: str,
) -> None:
    subject, predicate, term = triple
    found = locations(tmp_path, "a.rdf", RDF_XML)
    iri = (
        predicate
        if isinstance(predicate, NamedNode)
        else NamedNode(predicate if predicate.startswith("http") else EX + predicate)
    )
    value = Literal(term) if isinstance(term, str) else term
    node = NamedNode(EX + subject) if subject else None
    assert shown(found.statement(node, iri, value)) == (line, marked)


def test_subjects_of_rdf_xml_are_found(tmp_path: Path) -> None:
    found = locations(tmp_path, "a.rdf", RDF_XML)
    assert shown(found.subject(ANN)) == (4, "ann")
    assert shown(found.subject(NamedNode(EX + "bob"))) == (6, "bob")
    assert shown(found.subject(NamedNode(EX + "#seq"))) == (13, "seq")


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-15"])
def test_rdf_xml_in_another_encoding_has_locations(tmp_path: Path, encoding: str) -> None:
    text = RDF_XML.replace("𝄞", "").replace('"UTF-8"', f'"{encoding}"')
    (tmp_path / "a.rdf").write_bytes(text.encode(encoding))
    found = RdfFileLocator(open_file(tmp_path / "a.rdf"))
    assert shown(found.statement(NamedNode(EX + "bob"), None, Literal("é"))) == (6, "é")


RDF_1_2 = """\
VERSION "1.2"
@version "1.2" .
PREFIX : <http://example.org/>
:ann :knows :bob ~ :claim {| :since [ :year 2020 ] |} , :cid {| :note "x" |} .
<< :bob :knows :ann ~ :other >> :by :dan .
<< :bob :knows :eve >> :sure false .
:eve :says <<( :ann :knows <<( :x :y "z"@en--ltr )>> )>> ; :age 17 .
( 1 << :a :b :c >> ) :list ( [ :deep true ] ) ~ :listed .
"""


@pytest.mark.parametrize(
    ("triple", "line", "marked"),
    [
        (("ann", "knows", "bob"), 4, ":bob"),
        (("ann", "knows", "cid"), 4, ":cid"),
        (("claim", "since", None), 4, ":since ["),
        ((None, "year", None), 4, ":year 2020"),
        ((None, "note", None), 4, ':note "x"'),
        (("other", "by", "dan"), 5, ":dan"),
        ((None, "sure", None), 6, ":sure false"),
        (("eve", "says", None), 7, ':says <<( :ann :knows <<( :x :y "z"@en--ltr )>> )>>'),
        (("eve", "age", None), 7, ":age 17"),
        ((None, "deep", None), 8, ":deep true"),
    ],
)
def test_triples_after_what_is_new_in_rdf_1_2_are_found(
    tmp_path: Path, triple: tuple[str | None, str, str | None], line: int, marked: str
) -> None:
    subject, predicate, term = triple
    found = locations(tmp_path, "a.ttl", RDF_1_2)
    node = NamedNode(EX + subject) if subject else None
    value = NamedNode(EX + term) if term else None
    assert shown(found.statement(node, NamedNode(EX + predicate), value)) == (line, marked)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", RDF_1_2),
        ("a.trig", RDF_1_2 + ":g { :a :b :c {| :d :e |} } GRAPH :h { :a a :b . }"),
        ("a.nt", 'VERSION "1.2"\n_:a <http://e/p> <<( <http://e/s> <http://e/p> "x" )>> .\n'),
        ("a.nq", '<http://e/a> <http://e/p> "x"@en <http://e/g> .\n_:b <http://e/p> _:c _:g .\n'),
        ("a.rdf", RDF_XML),
    ],
)
def test_every_triple_has_a_location(tmp_path: Path, name: str, text: str) -> None:
    found = locations(tmp_path, name, text)
    links = {NamedNode(RDF + local) for local in ("first", "rest")}
    for quad in open_file(tmp_path / name).quads:
        if quad.predicate not in links and not isinstance(quad.subject, BlankNode):
            assert found.statement(quad.subject, quad.predicate, None), quad


@pytest.mark.parametrize(
    "body",
    [
        '"e:q": {\n"e:p": 7}',
        '"e:q": [{"e:r": 1}, {\n"e:p": 7}]',
        '"e:q": {"@list": [{"e:p": 6}, {\n"e:p": 7}]}',
        '"@graph": [{"e:p": 6},\n{"e:p": 7}]',
        '"@included": [{"@id": "e:b",\n"e:p": 7}]',
        '"@nest": {\n"e:p": 7}',
        '"@reverse": {"e:q": {"@type": "e:T",\n"e:p": 7}}',
        '"@type": "T",\n"t": 7',
        '"scoped": {"@id": "e:b",\n"t": 7}',
        '"urn": {"e:p": 6}, "e:q": {\n"e:p": 7}',
        '"indexed": {"one": {"e:p": 6}, "two": {\n"e:p": 7}}',
        '"named": {"e:b": {\n"e:p": 7}}',
        '"worded": {"en": "6",\n"de": "7"}',
        '"json": {"e:p": 6},\n"e:p": 7',
        '"e:q": {"@context": null,\n"http://e/p": 7}',
    ],
)
def test_any_value_in_json_ld_is_found_where_it_is_written(tmp_path: Path, body: str) -> None:
    context = """{"e": "http://e/", "urn": "http://e/u", "json": {"@id": "e:j", "@type": "@json"},
        "T": {"@id": "e:T", "@context": {"t": "e:p"}},
        "scoped": {"@id": "e:s", "@context": {"t": "e:p"}},
        "indexed": {"@id": "e:i", "@container": "@index"},
        "named": {"@id": "e:n", "@container": "@id"},
        "worded": {"@id": "e:p", "@container": "@language"}}"""
    text = f'{{"@context": [{context}],\n"@id": "http://e/a", {body}}}'
    file = open_file(_written(tmp_path / "a.jsonld", text))
    line = text[: text.index("7")].count("\n") + 1
    [quad] = [q for q in file.quads if isinstance(q.object, Literal) and q.object.value == "7"]
    place = RdfFileLocator(file).statement(quad.subject, quad.predicate, quad.object)
    assert shown(place) in ((line, "7"), (line, '"7"'))


@pytest.mark.slow
def test_brackets_may_be_deep(tmp_path: Path) -> None:
    text = "@prefix : <http://example.org/> . :ann :p " + "[ :p " * 20_000 + '"x"'
    found = locations(tmp_path, "a.ttl", f"{text}{' ]' * 20_000} .\n:bob :age 1 .")
    assert shown(found.subject(NamedNode(EX + "bob"))) == (2, ":bob")


def test_blank_nodes_in_a_circle_end_at_the_file(tmp_path: Path) -> None:
    file = replace(
        open_file(_written(tmp_path / "a.ttl", "_:a <http://e/p> _:b . _:b <http://e/p> _:a .")),
        text="",
    )
    found = RdfFileLocator(file)
    assert found.subject(file.quads[0].subject) == Location(file.name)


@pytest.mark.parametrize(
    ("name", "text", "line", "marked"),
    [
        ("a.ttl", f"<{EX}ann> <{EX}p>\n <{EX}bob> .", 2, f"<{EX}bob>"),
        ("a.nt", f"\n<{EX}ann> <{EX}p> <{EX}bob> .", 2, f"<{EX}bob>"),
        (
            "a.rdf",
            RDF_XML.replace("cid", "robert").replace("bob", "x", 1).replace("robert", "bob"),
            8,
            "bob",
        ),
        (
            "a.jsonld",
            f'{{"@id": "{EX}ann",\n"{EX}p": {{"@id": "{EX}bob"}}}}',
            2,
            f'"@id": "{EX}bob"',
        ),
    ],
)
def test_a_node_that_is_only_mentioned_is_found_there(
    tmp_path: Path, name: str, text: str, line: int, marked: str
) -> None:
    found = locations(tmp_path, name, text.replace(' e:age="3"', ""))
    bob = NamedNode(EX + "bob")
    assert found.subject(bob) is None
    assert shown(found.mention(bob)) == (line, marked)
    assert found.mention(NamedNode(EX + "nobody")) is None


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(bundle.SHAPES.rglob("*.ttl")), ids=lambda path: path.name)
def test_every_statement_of_the_shapes_has_a_place(path: Path) -> None:
    file = open_file(path)
    links = {RDF + "first", RDF + "rest"}
    wanted = [quad for quad in file.quads if quad.predicate.value not in links]
    found = list(find_statements(file.text, file.quads))
    assert sorted(map(str, wanted)) == sorted(str(quad) for quad, _ in found)


_LEAF = st.sampled_from(
    [
        "ex:o",
        "<http://e/o.o>",
        '"x"',
        "'y'@en",
        '"1"^^ex:d',
        "7",
        "-1.5",
        ".5e1",
        "true",
        "_:l",
        "[]",
        "()",
    ]
)
_OBJECT = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"( {' '.join(items)} )"),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda items: (
                "[ " + " ; ".join(f"ex:q{n} {item}" for n, item in enumerate(items)) + " ]"
            )
        ),
    ),
    max_leaves=12,
)
_SUBJECT = st.one_of(st.just("ex:s"), st.just("_:s"), _OBJECT.filter(lambda text: text[0] in "[("))


@pytest.mark.slow
@given(
    st.lists(st.tuples(_SUBJECT, st.lists(_OBJECT, min_size=1, max_size=3)), min_size=1, max_size=3)
)
def test_every_statement_of_any_turtle_has_its_place(blocks: list[tuple[str, list[str]]]) -> None:
    text = "@prefix ex: <http://e/> .\n" + "\n".join(
        f"{subject} ex:p {' , '.join(objects)} ." for subject, objects in blocks
    )
    statements = list(parse(text.encode(), format=RdfFormat.TURTLE))
    links = {RDF + "first", RDF + "rest"}
    wanted = [quad for quad in statements if quad.predicate.value not in links]
    found = list(find_statements(text, statements))
    assert len(found) == len(wanted)
    for quad, spans in found:
        assert quad.predicate.value.endswith(text[slice(*spans.predicate)].removeprefix("ex:"))
    assert len({spans.object for _, spans in found}) == len(found)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(end: str) -> None:
    text = SourceText("a.csv", f"one{end}two{end}{end}four")
    place = text.location(text.start(4), text.start(4) + 4)
    assert (place.line, place.column, place.end, place.excerpt) == (4, 1, 5, "four")
    assert text.location(text.start(2), text.start(2) + 3).excerpt == "two"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_cells_are_found_whatever_ends_lines(tmp_path: Path, end: str) -> None:
    for name in ("csv-metadata.json", "calls.csv"):
        text = (bundle.TABLES / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8", newline=end)
    table = read_schema(tmp_path)["calls.csv"]
    rows = list(read_rows(table))
    assert len(rows) > 1
    for row in rows:
        for cell in table.cells:
            place = CellLocator().location(table, row.line, cell.name)
            assert place.line == row.line
            start, length = place.marked
            assert row[cell.name] in ("", place.excerpt[start : start + length])


def test_a_long_line_is_shown_around_the_mark() -> None:
    text = "first\n" + "x" * 500 + "MARK" + "y" * 500 + "\r\nlast"
    location = SourceText("f", text).location(506, 510)
    assert (location.line, location.column, location.end) == (2, 501, 505)
    assert shown(location) == (2, "MARK")
    assert len(location.excerpt) == 100


def test_a_mark_does_not_leave_its_line() -> None:
    location = SourceText("f", "ab\ncd").location(1, 4)
    assert shown(location) == (1, "b")
    assert shown(SourceText("f", "").location(0, 0)) == (1, "")


def test_the_place_of_an_error_message_is_read() -> None:
    files = ["b.ttl", "a.ttl"]
    found = read_location("a b.ttl:3: wrong: very", files)
    assert found == (Location("a b.ttl", 3, 1), "wrong: very")
    assert read_location("a.ttl:3:7: wrong", files) == (Location("a.ttl", 3, 7), "wrong")
    assert read_location("a.ttl: wrong", files) == (Location("a.ttl", 1, 1), "wrong")
    assert read_location("all is wrong", files) == (Location("b.ttl", 1, 1), "all is wrong")
