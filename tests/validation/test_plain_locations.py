"""Statements that are only counted have the places that a walk through the whole text gives."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from pariscall.rdf.formats import format_named
from pariscall.rdf.namespaces import RDF
from pariscall.rdf.reader import RdfFile, parse_source
from pariscall.rdf.sources import Source
from pariscall.validation.locations.location import SourceText
from pariscall.validation.locations.pairing import Spans
from pariscall.validation.locations.plain import PlainStatements
from pariscall.validation.locations.rdf import RdfFileLocator
from pariscall.validation.locations.turtle import find_statements

PROLOGUE = """\ufeff# ex:s ex:p ex:o ; <http://e/s> a "x" .
@prefix ex: <http://e/> . PREFIX : <http://e/#>
@base <http://e/d/> .BASE <http://e/d/f> # no dot ;
@prefix e.x: <s> .@prefix prefix: <http://e/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>.
"""
SUBJECTS = [
    "ex:s",
    "<s>",
    "<../s>",
    "<./s>",
    ":",
    "<>",
    "<#s>",
    "_:s",
    "_:s.1",
    "e.x:s",
    "prefix:s",
    r"<\u0073>",
]
VERBS = ["a", "ex:p", "<p>", "e.x:a", r"ex:p\,q\.", ":first", "prefix:p", r"<\U00000070>"]
PLAIN_OBJECTS = [
    *SUBJECTS,
    '"x"',
    "'it\\'s . ; , #'@en-GB",
    '"""a "quoted" \\""" ; ex:s\nex:p .# """',
    "'''<s> a 'x'' ,\n'''",
    '""',
    '"1"^^ex:d',
    '"1" ^^ # ; a comment .\n <d>',
    "7",
    "-1.5",
    ".5e1",
    "+.5",
    "1.e5",
    "true",
    "ex:%41.b",
    "ex:a.b",
    r"ex:a\#b\;c",
    "<http://e/a;b,c.d#e>",
]
OTHER_OBJECTS = ["[]", "()", "( ex:o 1 )", "[ ex:p ex:o ; a ex:C ]", "ex:o ~ ex:r {| ex:p 1 |}"]
OTHERS = [
    "[] ex:p ex:o .",
    "( 1 ) ex:p ex:o .",
    "ex:s rdf:first ex:o .",
    "<< ex:s ex:p ex:o >> ex:q 1 .",
    "<a/../s> <http://e/./p> <a:../s> .",
]
SPACES = [" ", "\n", "\t\r\n", "# ex:s ex:p ex:o .\n", " # ; , . } <\r"]


def _joined(parts: list[str]) -> st.SearchStrategy[str]:
    gaps = st.lists(st.sampled_from(SPACES), min_size=len(parts), max_size=len(parts))
    return gaps.map(
        lambda drawn: "".join(f"{part}{gap}" for part, gap in zip(parts, drawn, strict=True))
    )


def _statements(objects: list[str]) -> st.SearchStrategy[str]:
    said = st.lists(st.sampled_from(objects), min_size=1, max_size=3)
    pairs = st.lists(st.tuples(st.sampled_from(VERBS), said), min_size=1, max_size=3)
    ends = st.sampled_from([[], [";"], [";", ";"]])
    return st.tuples(st.sampled_from(SUBJECTS), pairs, ends).flatmap(
        lambda drawn: _joined([drawn[0], *_listed(drawn[1]), *drawn[2], "."])
    )


def _listed(pairs: list[tuple[str, list[str]]]) -> list[str]:
    parts = []
    for verb, objects in pairs:
        said = [part for text in objects for part in (text, ",")]
        parts += [verb, *said[:-1], ";"]
    return parts[:-1]


_PLAIN = st.lists(_statements(PLAIN_OBJECTS), min_size=1, max_size=4).map("".join)
_ANY = st.lists(
    st.one_of(
        _statements(PLAIN_OBJECTS),
        _statements(PLAIN_OBJECTS + OTHER_OBJECTS),
        st.sampled_from(OTHERS).flatmap(lambda text: _joined([text])),
        st.sampled_from(["PREFIX ex: <http://e/2/> ", "@base <http://f/> .", 'VERSION "1.2" ']),
    ),
    min_size=1,
    max_size=6,
).map("".join)
_NAMES = st.sampled_from(["<g> {", "{", "GRAPH <g>\n{", "graph ex:g{", "_:g {"])


def _file(name: str, text: str) -> RdfFile:
    source = Source("a", text.encode(), Path("a"), base="http://e/d/")
    return parse_source(source, format_named(name))


def _walked(file: RdfFile) -> list[tuple[Quad, Spans]]:
    by_line = file.format.name in ("nt", "nq")
    return list(find_statements(file.text, file.quads, by_line=by_line))


def _check(file: RdfFile) -> None:
    """Ask for all that can be asked for, and compare with the first that a whole walk finds."""
    walked, lines = _walked(file), SourceText(file.name, file.text)
    locator = RdfFileLocator(file)
    for node in dict.fromkeys(quad.subject for quad, _ in walked):
        [first, *_] = (spans.subject for quad, spans in walked if quad.subject == node)
        assert locator.subject(node) == lines.location(*first)
    for named in dict.fromkeys(quad.object for quad, _ in walked):
        [first, *_] = (spans.object for quad, spans in walked if quad.object == named)
        assert locator.mention(named) == lines.location(*first)
    order = list(dict.fromkeys(quad.subject for quad, _ in walked))
    grouped = sorted(walked, key=lambda found: order.index(found[0].subject))
    for asked, _ in walked:
        for wanted in product(*((term, None) for term in asked.triple)):
            [spans, *_] = (spans for quad, spans in grouped if _fits(quad, wanted))
            whole = (spans.predicate[0], spans.object[1])
            span = whole if wanted[2] is None else spans.object
            assert locator.statement(*wanted) == lines.location(*span)
    assert locator.statement(None, NamedNode("http://e/nothing"), None) is None


def _fits(quad: Quad, wanted: tuple[object, ...]) -> bool:
    return all(term is None or said == term for said, term in zip(quad.triple, wanted, strict=True))


@pytest.mark.slow
@given(_PLAIN)
def test_plain_statements_are_counted_and_have_the_places_of_a_walk(statements: str) -> None:
    file = _file("ttl", PROLOGUE + statements)
    assert len(PlainStatements(file.text, file.quads)) == len(file.quads)
    _check(file)


@pytest.mark.slow
@given(_ANY)
def test_places_do_not_depend_on_what_is_counted(statements: str) -> None:
    _check(_file("ttl", PROLOGUE + statements + "ex:s ex:p ex:last ."))


@pytest.mark.slow
@given(
    st.lists(st.tuples(_NAMES, st.one_of(_PLAIN, _ANY)), min_size=1, max_size=3),
    st.sampled_from(["", "."]),
)
def test_graphs_of_trig_change_no_place(graphs: list[tuple[str, str]], end: str) -> None:
    last = "ex:s ex:p ex:o " + end
    text = "".join(f"{name}{last}}}{name}{_said(said)}{last}}}" for name, said in graphs)
    _check(_file("trig", PROLOGUE + text))


def _said(text: str) -> str:
    """Leave out what cannot be said in a graph."""
    return "" if any(word in text for word in ("PREFIX ", "@base ", "VERSION ")) else text


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["<http://e/s>", "_:s", r"<http://e/\u0073>"]),
            st.sampled_from(["<http://e/p>", "<http://e/a/../p>"]),
            st.sampled_from(["<http://e/s>", '"<http://e/s> . #"@en', '""^^<http://e/d>', "_:o.o"]),
            st.sampled_from(["", "<http://e/g>", "_:g"]),
            st.sampled_from([" .\n", ".\n# <http://e/s> <http://e/p> _:s .\r\n", "\t.\n\n"]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["nt", "nq"]),
)
def test_lines_have_the_places_of_a_walk(lines: list[tuple[str, ...]], name: str) -> None:
    text = "".join(f"{s} {p} {o} {graph * (name == 'nq')}{end}" for s, p, o, graph, end in lines)
    _check(_file(name, text))


@pytest.mark.parametrize("other", OTHERS)
def test_counting_ends_before_a_statement_of_another_kind(other: str) -> None:
    start = f"{PROLOGUE}ex:s ex:p 1 , 2 ; a ex:C ."
    file = _file("ttl", f"{start}\n{other}\nex:s ex:p 3 .")
    plain = PlainStatements(file.text, file.quads)
    assert len(plain) == 3
    assert file.text[plain.end :].lstrip().startswith(other)
    _check(file)


@pytest.mark.parametrize("name", ["nt", "nq"])
def test_a_collection_that_is_written_in_lines_has_the_places_of_its_lines(name: str) -> None:
    lines = [
        f"_:l <{RDF}first> <http://e/o> .",
        f"_:l <{RDF}rest> <{RDF}nil> .",
        "<http://e/s> <http://e/list> _:l .",
    ]
    file = _file(name, "# a collection\n" + "\n".join(lines))
    assert len(PlainStatements(file.text, file.quads, by_line=True)) == 3
    for number, quad in enumerate(file.quads, 2):
        location = RdfFileLocator(file).statement(*quad.triple)
        assert location is not None
        assert location.line == number
