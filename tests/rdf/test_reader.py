"""RDF from outside is read strictly, and nothing but the named file is opened."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal

from pariscall.errors import RdfError
from pariscall.rdf.formats import FORMATS
from pariscall.rdf.jsonld import CONTEXT_IRI
from pariscall.rdf.reader import read_file, read_files

TRIPLE = b"<http://example.org/s> <http://example.org/p> <http://example.org/o> .\n"
OWN_CONTEXT = {"@context": CONTEXT_IRI, "id": "http://example.org/s", "name": "S"}


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """Serve on loopback, and keep what is asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *arguments: object) -> None:
            """Keep quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}", asked
        listening.shutdown()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.ttl", b"", "a.ttl: the file holds no triple"),
        ("a.ttl", b"@prefix ex: <http://e/> .\n\nex:s ex:p .", "a.ttl:3: not valid text/turtle"),
        ("a.ttl", b"<http://e/a b> <http://e/p> 1 .", "a.ttl:1: not valid text/turtle"),
        ("a.ttl", TRIPLE + b'<http://e/s> <http://e/p> "\xff" .', "a.ttl:2: not UTF-8"),
        ("a.ttl", TRIPLE.decode().encode("utf-16"), "a.ttl:1: not UTF-8"),
        ("a.nt", TRIPLE + b"nonsense", "a.nt:2: not valid application/n-triples"),
        ("a.jsonld", b'{"@id": ', "a.jsonld:1: not valid application/ld+json"),
        ("a.jsonld", b"[" * 100_000, "a.jsonld: the JSON is nested more than 500 levels deep."),
        ("a.rdf", b"<rdf:RDF", "a.rdf: not valid application/rdf+xml"),
        ("a.txt", TRIPLE, "a.txt: the name does not tell the format"),
    ],
)
def test_a_bad_file_is_named_with_its_line(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RdfError) as caught:
        read_file(tmp_path / name)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(RdfError, match=r"none\.ttl: No such file or directory"):
        read_file(tmp_path / "none.ttl")
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(RdfError, match=r"folder\.ttl: this is a folder"):
        read_file(tmp_path / "folder.ttl")


def test_every_format_is_read_by_its_suffix(tmp_path: Path) -> None:
    contents = {
        "jsonld": b'{"@id": "http://example.org/s", "http://example.org/p": {"@id": "http://example.org/o"}}',
        "rdf": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
        b'<rdf:Description rdf:about="http://example.org/s"><e:p rdf:resource="http://example.org/o"/>'
        b"</rdf:Description></rdf:RDF>",
    }
    for kind in FORMATS:
        for suffix in (*kind.suffixes, *kind.shared_suffixes):
            path = tmp_path / f"a{suffix.upper()}"
            path.write_bytes(contents.get(kind.name, TRIPLE))
            assert [str(quad.triple) for quad in read_file(path)] == [TRIPLE.decode()[:-3]]


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(b"\xef\xbb\xbf" + TRIPLE)
    assert len(read_file(tmp_path / "a.ttl")) == 1


def test_blank_nodes_of_different_files_are_kept_apart(tmp_path: Path) -> None:
    for name in ("a.nt", "b.nt"):
        (tmp_path / name).write_bytes(b"_:x <http://example.org/p> _:x .\n")
    quads = read_files([tmp_path / "a.nt", tmp_path / "b.nt"])
    assert len({quad.subject for quad in quads}) == 2


@pytest.mark.parametrize("wrap", [lambda context: context, lambda context: [context, {}]])
def test_our_own_context_is_taken_from_the_package(tmp_path: Path, wrap: object) -> None:
    assert callable(wrap)
    document = OWN_CONTEXT | {"@context": wrap(CONTEXT_IRI)}
    (tmp_path / "a.jsonld").write_text(json.dumps([document]), encoding="utf-8")
    [quad] = read_file(tmp_path / "a.jsonld")
    assert quad.predicate.value == "http://www.w3.org/2004/02/skos/core#prefLabel"


@pytest.mark.slow
@pytest.mark.parametrize(
    "document",
    [
        '{"@context": "ADDRESS", "@id": "http://e/s", "http://e/p": "x"}',
        '{"@context": ["ADDRESS"], "@id": "http://e/s", "http://e/p": "x"}',
        '{"@context": {"@import": "ADDRESS"}, "@id": "http://e/s", "http://e/p": "x"}',
        '{"@context": {"t": {"@id": "http://e/p", "@context": "ADDRESS"}}, "@id": "http://e/s", "t": "x"}',
        '{"@id": "http://e/s", "http://e/p": {"@context": "ADDRESS", "@id": "http://e/o"}}',
    ],
)
@pytest.mark.parametrize(
    "address", ["SERVER/context.jsonld", "file:///etc/hostname", "context.jsonld"]
)
def test_no_other_context_is_fetched(
    tmp_path: Path, server: tuple[str, list[str]], document: str, address: str
) -> None:
    base, asked = server
    address = address.replace("SERVER", base)
    (tmp_path / "context.jsonld").write_text('{"@context": {}}', encoding="utf-8")
    (tmp_path / "a.jsonld").write_text(document.replace("ADDRESS", address), encoding="utf-8")
    with pytest.raises(RdfError, match="is not fetched"):
        read_file(tmp_path / "a.jsonld")
    assert asked == []


RDF_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
    '<rdf:Description rdf:about="http://example.org/s"><e:p>{}</e:p></rdf:Description></rdf:RDF>'
)


@pytest.mark.parametrize(
    ("subset", "problem"),
    [
        ('[<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]', "the entity b is not plain text"),
        ('[<!ENTITY a "<e:p/>">]', "the entity a is not plain text"),
        ('[<!ENTITY a SYSTEM "file:///etc/hostname">]', "the entity a is external"),
        ("[<!ENTITY % a \"<!ENTITY b 'c'>\">]", "the entity a is external or a parameter"),
        ('SYSTEM "a.dtd"', "a document type in another file"),
        (f'[<!ENTITY a "{"a" * 100_000}">]', "the entities expand to too much text"),
    ],
)
def test_entities_that_name_files_or_each_other_are_refused(
    tmp_path: Path, subset: str, problem: str
) -> None:
    content = f"<!DOCTYPE rdf:RDF {subset}>\n" + RDF_XML.format("&a;" * 1000)
    (tmp_path / "a.rdf").write_text(content, encoding="utf-8")
    with pytest.raises(RdfError, match=problem):
        read_file(tmp_path / "a.rdf")


def test_entities_of_plain_text_are_read(tmp_path: Path) -> None:
    content = '<!DOCTYPE rdf:RDF [<!ENTITY e "text">]>' + RDF_XML.format("&e;")
    (tmp_path / "a.owl").write_text(content, encoding="utf-8")
    [quad] = read_file(tmp_path / "a.owl")
    assert quad.object == Literal("text")


def test_a_document_type_in_a_comment_is_none(tmp_path: Path) -> None:
    content = "<!-- <!DOCTYPE rdf:RDF SYSTEM 'a.dtd'> -->" + RDF_XML.format("é")
    (tmp_path / "a.rdf").write_text(content, encoding="utf-8")
    assert len(read_file(tmp_path / "a.rdf")) == 1


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("a<!-- b\n-->c", "ac"),
        ("a<?b c?>d", "ad"),
        ("a<![CDATA[<b> & ]]>c", "a<b> & c"),
        ("<![CDATA[a]]]]><![CDATA[>]]>", "a]]>"),
        ("<![CDATA[<!-- a -->]]><!-- <![CDATA[b]]> -->", "<!-- a -->"),
    ],
)
def test_a_text_in_rdf_xml_may_be_interrupted(tmp_path: Path, content: str, text: str) -> None:
    (tmp_path / "a.rdf").write_text(RDF_XML.format(content), encoding="utf-8")
    [quad] = read_file(tmp_path / "a.rdf")
    assert isinstance(quad.object, Literal)
    assert quad.object.value == text


def test_nothing_becomes_xml_without_its_comments(tmp_path: Path) -> None:
    content = RDF_XML.format("a").replace("<rdf:Description", "<rdf:<!-- a -->Description")
    (tmp_path / "a.rdf").write_text(content, encoding="utf-8")
    with pytest.raises(RdfError):
        read_file(tmp_path / "a.rdf")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", '<?xml version="1.0" encoding="UTF-8"?>'),
        ("iso-8859-1", '<?xml version="1.0" encoding="ISO-8859-1"?>'),
        ("cp1252", "<?xml version='1.0' encoding='windows-1252' standalone='yes'?>"),
        ("utf-16", '<?xml version="1.0" encoding="UTF-16"?>'),
        ("utf-16", '<?xml version="1.0"?>'),
        ("utf-16-le", '<?xml version="1.0" encoding="UTF-16"?>'),
        ("utf-32", '<?xml version="1.0" encoding="UTF-32"?>'),
    ],
)
def test_rdf_xml_is_read_in_its_encoding(tmp_path: Path, encoding: str, declared: str) -> None:
    (tmp_path / "a.rdf").write_bytes((declared + RDF_XML.format("é")).encode(encoding))
    [quad] = read_file(tmp_path / "a.rdf")
    assert quad.object == Literal("é")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (RDF_XML.format("é").encode("latin-1"), "a.rdf:1: not UTF-8"),
        (b'<?xml version="1.0" encoding="x-none"?>' + RDF_XML.encode(), "the encoding x-none"),
        (b'<?xml version="1.0" encoding="hex"?>' + RDF_XML.encode(), "the encoding hex"),
    ],
)
def test_rdf_xml_in_another_encoding_than_it_declares_is_refused(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    (tmp_path / "a.rdf").write_bytes(content)
    with pytest.raises(RdfError, match=problem):
        read_file(tmp_path / "a.rdf")


def test_relative_iris_are_resolved_against_the_address_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(b"<> <#p> <b> .")
    [quad] = read_file(tmp_path / "a.ttl")
    address = (tmp_path / "a.ttl").as_uri()
    other = (tmp_path / "b").as_uri()
    assert str(quad.triple) == f"<{address}> <{address}#p> <{other}>"


@pytest.mark.parametrize("name", ["a.nt", "a.nq", "a.ttl"])
def test_a_version_of_rdf_1_2_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b'VERSION "1.2"\n' + TRIPLE)
    assert len(read_file(tmp_path / name)) == 1


def test_deep_triple_terms_are_refused_with_their_line(tmp_path: Path) -> None:
    term = "<<( <http://e/s> <http://e/p> " * 100_000 + "1" + " )>>" * 100_000
    (tmp_path / "a.ttl").write_text(f"\n<http://e/s> <http://e/p> {term} .", encoding="utf-8")
    with pytest.raises(
        RdfError, match=r"a\.ttl:2: triple terms are nested more than 100 levels deep"
    ):
        read_file(tmp_path / "a.ttl")


def test_numbers_and_lines_stay_when_our_context_is_put_in(tmp_path: Path) -> None:
    text = f'{{"@context": [\n"{CONTEXT_IRI}"\n],\n"http://e/p": 1e400, "http://e/q": "'
    (tmp_path / "a.jsonld").write_text(text + 'x"}', encoding="utf-8")
    assert Literal("x") in {quad.object for quad in read_file(tmp_path / "a.jsonld")}
    (tmp_path / "a.jsonld").write_text(text, encoding="utf-8")
    with pytest.raises(RdfError, match=r"a\.jsonld:4: "):
        read_file(tmp_path / "a.jsonld")


def test_json_that_would_exhaust_the_stack_is_refused(tmp_path: Path) -> None:
    text = '{"http://e/p":' * 5000 + '"]}"' + "}" * 5000
    (tmp_path / "a.jsonld").write_text(text, encoding="utf-8")
    with pytest.raises(RdfError, match=r"a\.jsonld: the JSON is nested more than 500 levels deep"):
        read_file(tmp_path / "a.jsonld")
    text = '{"http://e/p": 1, "http://e/q": "' + "[" * 5000 + '"}'
    (tmp_path / "a.jsonld").write_text(text, encoding="utf-8")
    assert len(read_file(tmp_path / "a.jsonld")) == 2
