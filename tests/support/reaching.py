"""Queries that reach out to a server or a file, and the places of shapes that hold queries."""

from __future__ import annotations

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .\n"
SHAPE = "e:S a sh:NodeShape ; sh:targetClass e:T ; sh:nodeKind sh:IRI"
PLACES = {
    "constraint": SHAPE + " ; sh:sparql [ sh:select {} ] .",
    "nested constraint": SHAPE + " ; sh:not [ sh:or ( [ sh:sparql [ sh:select {} ] ] ) ] .",
    "switched off": SHAPE + " ; sh:sparql [ sh:deactivated true ; sh:select {} ] .",
    "not used": SHAPE + " . e:U a sh:NodeShape ; sh:sparql [ sh:select {} ] .",
    "component": SHAPE + " . e:C a sh:ConstraintComponent ; sh:parameter [ sh:path e:q ] ; "
    "sh:validator [ a sh:SPARQLAskValidator ; sh:ask {} ] .",
    "target": SHAPE + " ; sh:target [ a sh:SPARQLTarget ; sh:select {} ] .",
    "rule": SHAPE + " ; sh:rule [ a sh:SPARQLRule ; sh:construct {} ] .",
    "function": SHAPE + " . e:F a sh:SPARQLFunction ; sh:ask {} .",
    "expression": SHAPE + " ; sh:expression [ sh:select {} ] .",
    "update": SHAPE + " ; sh:rule [ sh:update {} ] .",
}
QUERIES = [
    "SELECT $this { SERVICE <URL> { ?a ?b ?c } }",
    "SELECT $this { service silent <URL> { ?a ?b ?c } }",
    "SELECT $this { SERVICESILENT<URL>{ ?a ?b ?c } }",
    r"SELECT $this { SER\\u0056ICE <URL> { ?a ?b ?c } }",
    r"SELECT $this { \\U00000053ERVICE <URL> { ?a ?b ?c } }",
    "SELECT $this FROM <URL> { ?a ?b ?c }",
    "SELECT $this FROM NAMED <file:///etc/passwd> { ?a ?b ?c }",
    r"SELECT $this FR\\u004FM <URL> { ?a ?b ?c }",
    "PREFIX u: <URL> SELECT $this FROM u:x { ?a ?b ?c }",
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <e:g>",
]
