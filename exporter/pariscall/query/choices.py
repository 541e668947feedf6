"""The names of the formats of results, without importing what writes them."""

from __future__ import annotations

FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "html", "ttl", "nt", "jsonld")
# What only a file can hold.
FILE_FORMATS = ("xlsx", "parquet")
