"""Shapes that a stranger wrote: they reach nothing, and end."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from select import select

from pariscall.validation.files import validate_files
from support import reaching
from support.in_process import command, in_a_folder
from support.poison import BOMBS, PREFIXES, SHAPE, doubling, pointing_at_each_other

from .registry import Try, hostile

ENGINES = ("oxigraph", "pyshacl")
_SPARQL = SHAPE + "sh:sparql [ sh:select '''SELECT $this {{ {} }}''' ] ."
_VALUE = SHAPE + "sh:property [ sh:path e:p ; {} ] ."
_DEEP = 2_000
BROKEN = {
    **{f"paths: {what}": text for what, text in BOMBS.items()},
    "nested property shapes": doubling(
        "_:b{0} sh:path e:p ; sh:property _:b{1}, [ sh:path e:p ; sh:property _:b{1} ] .",
        SHAPE + "sh:property _:b0 . _:b{} sh:path e:p ; sh:nodeKind sh:IRI .",
    ),
    "a list that is a ring": PREFIXES + SHAPE + "sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .",
    "a list with two ends": PREFIXES
    + SHAPE
    + "sh:in _:l . _:l rdf:first 1 ; rdf:rest _:m, () . _:m rdf:first 2 ; rdf:rest () .",
    "a list without an end": PREFIXES + SHAPE + "sh:in _:l . _:l rdf:first 1 .",
    "a path that is itself": PREFIXES
    + _VALUE.format("sh:minCount 1 ] ; sh:property [ sh:path _:p")
    + " _:p sh:inversePath _:p .",
    "a pattern that is none": PREFIXES + _VALUE.format("sh:pattern '(('"),
    "a flag that is none": PREFIXES + _VALUE.format("sh:pattern 'a' ; sh:flags '\x01'"),
    "a count that is a text": PREFIXES + _VALUE.format("sh:minCount 'many'"),
    "a query that is none": PREFIXES + _SPARQL.format("} DROP ALL {"),
    "an update": PREFIXES + SHAPE + "sh:sparql [ sh:select 'DROP ALL' ] .",
    "brackets in a query": PREFIXES + _SPARQL.format("{" * 5_000 + "}" * 5_000),
}
HARMLESS = {
    "a pattern that goes back": PREFIXES + _VALUE.format("sh:pattern '^(a+)+$'"),
    "a pattern of repeats": PREFIXES + _VALUE.format("sh:pattern '((a{1,90}){1,90}){1,90}'"),
    "a count of many digits": PREFIXES + _VALUE.format("sh:maxCount " + "9" * 4_000),
    "a long message": PREFIXES + _VALUE.format(f"sh:minCount 99 ; sh:message '{'x' * 2_000_000}'"),
    "many values": PREFIXES + _VALUE.format(f"sh:in ( {' '.join(map(str, range(50_000)))} )"),
    "many shapes": PREFIXES + SHAPE + "sh:property " + ", ".join(["[ sh:path e:p ]"] * 2_000) + ".",
    "not not": PREFIXES + SHAPE + "sh:not [ " * _DEEP + "sh:nodeKind sh:IRI" + " ]" * _DEEP + " .",
    "itself": PREFIXES + SHAPE + "sh:node e:S .",
    "itself, not": PREFIXES + SHAPE + "sh:not e:S .",
    "each other": PREFIXES + SHAPE + "sh:node e:T . e:T a sh:NodeShape ; sh:node e:S .",
    "imports": PREFIXES
    + "e: <http://www.w3.org/2002/07/owl#imports> <file:///etc/passwd>, <http://127.0.0.1:9/> ."
    + SHAPE
    + "sh:nodeKind sh:IRI .",
}
ENDLESS = {
    "a product": "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r",
    "a path": "?a (e:p|!e:p)* ?b . ?b (e:p|!e:p)* ?c . ?c (e:p|!e:p)* ?d . FILTER(?a = 7)",
}
_DATA = b"".join(f"{quad.triple} .\n".encode() for quad in pointing_at_each_other(12))
_TEXT = b'<http://e/x> a <http://e/T> ; <http://e/p> "' + b"a" * 30 + b'b" .'


@contextmanager
def nothing_asked() -> Iterator[str]:
    """Yield the address of a server, and check at the end that nobody asked it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        finally:
            assert not select([server], [], [], 0)[0], "a server was asked"


def reach(engine: str, place: str, query: str) -> None:
    """Validate with shapes that hold a query in some place."""
    with nothing_asked() as url, in_a_folder({"data.ttl": _TEXT}):
        shapes = reaching.PREFIXES + place.format(f'"""{query.replace("URL", url)}"""')
        Path("shapes.ttl").write_text(shapes, encoding="utf-8")
        validate_files(["data.ttl"], ["shapes.ttl"], engine)


def validate(engine: str, shapes: str) -> None:
    """Validate blank nodes that point at each other, and a text."""
    with in_a_folder({"data.nt": _DATA, "text.ttl": _TEXT, "shapes.ttl": shapes.encode()}):
        validate_files(["data.nt", "text.ttl"], ["shapes.ttl"], engine)


def validate_in_time(pattern: str) -> None:
    """Validate with a limit of time, as one does with the shapes of a stranger."""
    shapes = PREFIXES + "e: sh:declare [ sh:prefix 'e' ; sh:namespace 'http://e/' ] ."
    query = f"sh:sparql [ sh:prefixes e: ; sh:select 'SELECT $this {{ {pattern} }}' ] ."
    with in_a_folder({"data.nt": _DATA, "shapes.ttl": (shapes + SHAPE + query).encode()}):
        command("validate", "data.nt", "--shapes", "shapes.ttl", "--timeout", "2")


@hostile("shapes")
def shapes() -> Iterator[Try]:
    """Yield queries that reach out, in each place, and shapes that are broken, large or endless."""
    for where, place in reaching.PLACES.items():
        for query in reaching.QUERIES:
            yield Try(f"{where}: {query}", partial(reach, "oxigraph", place, query))
    for engine in ENGINES:
        for what, text in BROKEN.items():
            yield Try(f"{engine}: {what}", partial(validate, engine, text))
        for what, text in HARMLESS.items():
            work = partial(validate, engine, text)
            yield Try(f"{engine}: {what}", work, must_be_refused=False)
    for what, pattern in ENDLESS.items():
        yield Try(f"a query of {what}", partial(validate_in_time, pattern), must_be_refused=False)
