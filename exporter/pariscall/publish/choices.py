"""The names of the dumps and of the formats of a diff, without importing what writes them."""

from __future__ import annotations

DIFFS = ("markdown", "json", "patch")
DUMPS = ("ttl", "jsonld", "nt", "trig", "csv", "spreadsheet", "atom")
# Of partitioned exports.
PARTITIONS = ("nt", "parquet")
# Written only if asked for: each by its name, or all dumps.
DUMPS_ON_DEMAND = (
    "rdf",
    "xlsx",
    "sqlite",
    "r2rml",
    "graphml",
    "geojson",
    "mappings",
    "sssom",
    "dictionary",
    "all",
)
