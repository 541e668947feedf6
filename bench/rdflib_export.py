"""What one would write with rdflib to publish the same formats: read, serialise, flatten.

Usage: rdflib_export.py DATA.nt CONTEXT.jsonld OUT VOCABULARY.ttl...
"""

import json
import sys
import warnings
from pathlib import Path

import rdflib

SIGNATORIES = """
PREFIX msc: <https://w3id.org/mscall/ns#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
SELECT ?signatory ?name ?category ?nature ?country ?status ?since ?basis ?until ?website WHERE {
    ?endorsement msc:signatory ?signatory ; msc:category ?category ; msc:status ?status ;
        msc:since ?since ; msc:sinceBasis ?basis .
    ?signatory skos:prefLabel ?name .
    FILTER (LANG(?name) IN ("", "en"))
    OPTIONAL { ?endorsement msc:until ?until }
    OPTIONAL { ?signatory org:classification ?nature }
    OPTIONAL { ?signatory msc:country ?country }
    OPTIONAL { ?signatory foaf:homepage ?website }
}
ORDER BY ?signatory
"""

data, context, out, *vocabularies = map(Path, sys.argv[1:])
out.mkdir(parents=True, exist_ok=True)
warnings.simplefilter("ignore")
graph = rdflib.Graph().parse(data, format="nt")
graph.serialize(out / "data.ttl", format="turtle")
terms = json.loads(context.read_text(encoding="utf-8"))["@context"]
graph.serialize(out / "data.jsonld", format="json-ld", context=terms)
graph.serialize(out / "data.nt", format="nt")
dataset = rdflib.Dataset()
named = dataset.graph("https://w3id.org/mscall/dataset/paris-call")
for triple in graph:
    named.add(triple)
dataset.serialize(out / "data.trig", format="trig")
for path in vocabularies:
    vocabulary = rdflib.Graph().parse(path)
    vocabulary.serialize(out / path.with_suffix(".nt").name, format="nt")
    vocabulary.serialize(out / path.with_suffix(".jsonld").name, format="json-ld")
graph.query(SIGNATORIES).serialize(str(out / "signatories.csv"), format="csv")
