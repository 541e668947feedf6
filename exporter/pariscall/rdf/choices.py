"""The names of the RDF formats, without importing what reads them."""

from __future__ import annotations

FORMATS = ("ttl", "jsonld", "nt", "trig", "nq", "rdf")
