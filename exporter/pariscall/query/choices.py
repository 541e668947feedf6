"""The names of the formats of results, without importing what writes them."""

from __future__ import annotations

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld")
