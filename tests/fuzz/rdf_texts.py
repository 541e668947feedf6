"""RDF in each format, its locations, its language tags, and what JSON-LD drops."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pariscall.rdf.formats import format_named
from pariscall.rdf.language_tags import LanguageTags, written_tags
from pariscall.rdf.reader import parse_source
from pariscall.rdf.sources import Source
from pariscall.validation.locations.rdf import RdfFileLocator
from pariscall.validation.unmapped import find_unmapped

from .edits import edited, encoded
from .target import Target

_TURTLE = """\
@prefix ex: <http://example.org/> . # one comment
@base <http://example.org/base/> .
PREFIX f: <http://example.org/>
ex:ann ex:name '''Ann # not
a comment''' , "Anna"@en-GB , "\\u00e9\\n" ;
    ex:knows [ ex:name "deep" ; ex:knows [ ex:age 7 ] ] , ( ex:bob [ ex:age 8 ] ) ;
    ex:age "41"^^<http://www.w3.org/2001/XMLSchema#integer>, -1.5e3, true .
<bob> a f:Person ; f:knows ex:ann, _:b1 .
_:b1 ex:says <<( ex:a ex:b ex:c )>> .
"""
_TRIG = (
    "PREFIX ex: <http://example.org/>\nex:g { ex:a ex:b 'c'@fr . }\nGRAPH _:g { ex:a ex:b [] }\n"
)
_LINES = """\
VERSION "1.2"
<http://example.org/a> <http://example.org/b> "c\\t\\u00e9"@en-gb .
_:a <http://example.org/b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://example.org/a> <http://example.org/b> <<( _:a <http://example.org/c> _:a )>> .
"""
_JSON_LD = """\
{
 "@context": {
  "@vocab": "http://example.org/", "ex": "http://example.org/", "@base": "http://example.org/",
  "iri": "@id", "knows": {"@type": "@id", "@context": {"n": "ex:name"}},
  "name": {"@container": "@language"}, "list": {"@container": "@list"}, "of": {"@reverse": "ex:is"}
 },
 "@graph": [
  {"iri": "ex:ann", "knows": {"iri": "ex:bob", "n": "B"}, "name": {"en-GB": "Ann", "fr": ["Anne"]}},
  {"age": [40, 4.1e400], "list": [1, [2]], "of": {"@id": "_:b"}, "iri": "ex:bob", "@type": "T"},
  {"@id": "x", "p": {"@value": "v", "@language": "en", "@direction": "ltr"}, "@index": "i"}
 ]
}
"""
_OWN_CONTEXT = (
    '{"@context": ["https://w3id.org/mscall/context/v1.jsonld", {"a": null}], "id": "http://e/s", '
    '"name": {"en": "S"}, "a": 1, "@included": [{"id": "http://e/t", "type": "Call"}]}'
)
_RDF_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rdf:RDF [<!ENTITY e "http://example.org/">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="&e;" xml:base="&e;b">
 <!-- a comment -->
 <e:Person rdf:about="http://example.org/ann" e:name="Ann" xml:lang="en-GB">
  <e:knows rdf:resource="#bob"/><e:age rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">7</e:age>
  <e:text>a<![CDATA[<b>]]>c</e:text><e:xml rdf:parseType="Literal"><b>x</b></e:xml>
  <e:list rdf:parseType="Collection"><rdf:Description rdf:nodeID="n"/></e:list>
  <e:deep rdf:parseType="Resource"><e:p>x</e:p></e:deep><rdf:li>1</rdf:li>
 </e:Person>
 <rdf:Description rdf:ID="bob"><rdf:_1>x</rdf:_1></rdf:Description>
</rdf:RDF>
"""
_EXAMPLES = {
    "ttl": [_TURTLE],
    "trig": [_TRIG, _TURTLE],
    "nt": [_LINES],
    "nq": [_LINES.replace("@en-gb", "@en-gb <http://example.org/g>")],
    "jsonld": [_JSON_LD, _OWN_CONTEXT],
    "rdf": [_RDF_XML],
}
_TOKENS = {
    "ttl": [
        *"[](){};,.<>\"'@#:_",
        "'''",
        '"""',
        "<<(",
        ")>>",
        "{|",
        "|}",
        "~",
        "@prefix",
        "\\u0000",
    ],
    "trig": [*"{}[];.", "GRAPH", "PREFIX", "<<(", ")>>"],
    "nt": [*'<>"_:.^@#\\', "<<(", ")>>", "VERSION", "\\uD800"],
    "nq": [*'<>"_:.^@#\\', "<<(", ")>>"],
    "jsonld": [
        *'{}[]:,"',
        "@id",
        "@context",
        "@graph",
        "@nest",
        "@reverse",
        "null",
        "1e9",
        "\\u0040",
    ],
    "rdf": [*"<>&;\"'/", "<!--", "-->", "<![CDATA[", "]]>", "<?x ?>", "&e;", "xmlns=''", "rdf:li"],
}


def read_rdf(name: str, content: bytes) -> None:
    """Read RDF, and find where each of its statements is written."""
    source = Source(f"a.{name}", content, Path(f"a.{name}"), "http://example.org/file")
    file = parse_source(source, format_named(name))
    find_unmapped(file)
    locator = RdfFileLocator(file)
    for quad in file.quads[:50]:
        locator.statement(quad.subject, quad.predicate, quad.object)
        locator.subject(quad.subject)
        locator.mention(quad.object)
    tags = LanguageTags(written_tags(file.text, file.format.rdf))
    tags.restore(file.text.encode(), file.format.rdf)


TARGETS = [
    Target(f"rdf: {name}", encoded(edited(texts, _TOKENS[name])), partial(read_rdf, name))
    for name, texts in _EXAMPLES.items()
]
