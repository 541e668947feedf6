"""RDF that a stranger wrote, to be read by ``validate``, ``query`` and ``diff``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from fuzz.rdf_texts import read_rdf
from pariscall.rdf.formats import format_named
from pariscall.rdf.reader import parse_bytes
from pariscall.rdf.sources import read_source
from support.bombs import bzip2_bomb, gzip_bomb

from .registry import Try, hostile

# What is valid, and must be read in its time.
_SP = "<http://e/s> <http://e/p> "
LARGE = {
    "ttl": {
        "brackets": _SP + "[ <http://e/p> " * 20_000 + "1" + "]" * 20_000 + ".",
        "collections": _SP + "( " * 20_000 + ") " * 20_000 + ".",
        "values": _SP + ",".join(map(str, range(50_000))) + ".",
        "letters": _SP + f"'{'x' * 5_000_000}' .",
        "quotes": _SP + "'''" + "'\\n" * 500_000 + " ''' .",
    },
    "jsonld": {
        "keys": '{"@id": "http://e/s", '
        + ", ".join(f'"http://e/{n}": 1' for n in range(20_000))
        + "}",
        "backslashes": '{"@id": "http://e/s", "http://e/p": "' + "\\\\" * 500_000 + '"}',
    },
}
_TRIPLE = b"<http://e/s> <http://e/p> <http://e/o> .\n"
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
_LONG = "x" * 1_000_000
DOCUMENTS = {
    "ttl": {
        "triple terms": "<http://e/s> <http://e/p> " + "<<( <http://e/s> <http://e/p> " * 50_000,
        "a long namespace": f"@prefix a: <http://e/{_LONG}> .\n" + "a:s a:p a:o .\n" * 2_000,
        "a long namespace after a comment": f"PreFix # >\n a: # <\n <http://e/{_LONG}>\n"
        + "a:s a:p a:o .\n" * 2_000,
        "a long base": f"@base <http://e/{_LONG}/> .\n" + "<s> <p> <o> .\n" * 2_000,
        "open brackets": "<http://e/s> <http://e/p> " + "[ <http://e/p> " * 100_000,
        "open collections": "<http://e/s> <http://e/p> " + "( " * 100_000,
        "not UTF-8": "<http://e/s> <http://e/p> '\udcff' .",
    },
    "nt": {
        "triple terms": "<http://e/s> <http://e/p> " + "<<( <http://e/s> <http://e/p> " * 50_000
    },
    "jsonld": {
        "nesting": '{"http://e/p":' * 100_000,
        "arrays": "[" * 1_000_000,
        "a remote context": '{"@context": "http://127.0.0.1:9/", "@id": "http://e/s", "p": 1}',
        "a remote context under an escaped key": '{"\\u0040context": "http://127.0.0.1:9/", "p": 1}',
        "an import": '{"@context": {"@import": "file:///etc/passwd"}, "@id": "http://e/s"}',
        "a long vocabulary": f'{{"@context": {{"@vocab": "http://e/{_LONG}"}}, "@id": "http://e/s", '
        + ", ".join(f'"p{n}": 1' for n in range(2_000))
        + "}",
        "a long number before a long vocabulary": '[{"http://e/p": {"@type": "@json", "@value": {"@context": '
        + "9" * 5_000
        + f'}}}}}}, {{"@context": {{"@vocab": "http://e/{_LONG}"}}, '
        + ", ".join(f'"p{n}": 1' for n in range(2_000))
        + "}]",
        "a long term": f'{{"@context": {{"t": {{"@id": "http://e/{_LONG}"}}}}, "@graph": ['
        + ", ".join('{"t": 1}' for _ in range(2_000))
        + "]}",
        "a chain of prefixes": '{"\\u0040\\u0063ontext": {"p0": "http://e/", '
        + ", ".join(f'"p{n + 1}": "p{n}:{_LONG[:10_000]}"' for n in range(100))
        + '}, "@graph": ['
        + ", ".join('{"p100:x": 1}' for _ in range(2_000))
        + "]}",
    },
    "rdf": {
        "an external entity": f'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rdf:RDF {RDF}>&a;</rdf:RDF>',
        "a billion laughs": "<!DOCTYPE r ["
        + "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(10))
        + f"]><rdf:RDF {RDF}>&a10;</rdf:RDF>",
        "a document type elsewhere": f'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/"><rdf:RDF {RDF}/>',
        "a long namespace": f'<rdf:RDF {RDF} xmlns:e="http://e/{_LONG}">'
        + "<rdf:Description><e:p>1</e:p></rdf:Description>" * 2_000
        + "</rdf:RDF>",
        "a long entity in a namespace": f'<!DOCTYPE r [<!ENTITY e "{_LONG}">]>'
        f'<rdf:RDF {RDF} xmlns:e="http://e/&e;">'
        + "<rdf:Description><e:p>1</e:p></rdf:Description>" * 2_000
        + "</rdf:RDF>",
        "depth": f"<rdf:RDF {RDF}>" + "<rdf:Description><rdf:value>" * 200_000,
        "no XML": f'<rdf:RDF {RDF}><rdf:Description rdf:a:b="x" rdf:value="1"/></rdf:RDF>',
    },
}


def read(name: str, text: str) -> None:
    """Read a document of some format, and find where its statements are written."""
    read_rdf(name, text.encode("utf-8", "surrogateescape"))


@hostile("documents")
def documents() -> Iterator[Try]:
    """Yield the documents above, and some that are compressed."""
    for name, texts in DOCUMENTS.items():
        for what, text in texts.items():
            yield Try(f"{name}: {what}", partial(read, name, text))
    for name, texts in LARGE.items():
        for what, text in texts.items():
            yield Try(f"{name}: many {what}", partial(read, name, text), must_be_refused=False)
    for suffix, bomb in (("gz", gzip_bomb), ("bz2", bzip2_bomb)):
        path = Path(f"/tmp/bomb.ttl.{suffix}")  # noqa: S108
        yield Try(f"a bomb of {suffix}", partial(read_bomb, path, bomb(300)))


def read_bomb(path: Path, content: bytes) -> None:
    """Read a compressed file."""
    path.write_bytes(content)
    try:
        read_source(str(path))
    finally:
        path.unlink()


@hostile("answers of a store")
def answers() -> Iterator[Try]:
    """Yield N-Triples that a store gives back, and lines of patches."""
    known = format_named("nt")
    yield Try("too many triples", lambda: parse_bytes("x", _TRIPLE * 600_000, known))
    for what, text in DOCUMENTS["nt"].items():
        yield Try(what, partial(parse_bytes, "x", text.encode(), known))
