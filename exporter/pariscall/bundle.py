"""Where the ontology, the shapes, the tables and the queries are."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
BUNDLED = PACKAGE / "bundled"
ROOT = BUNDLED if BUNDLED.is_dir() else PACKAGE.parents[1]

ONTOLOGY = ROOT / "ontology" / "ontology.ttl"
ALIGNMENTS = ROOT / "ontology" / "alignments.ttl"
CODES = ROOT / "ontology" / "codes.ttl"
CONTEXT = ROOT / "ontology" / "context-v1.jsonld"
SHAPES = ROOT / "shapes"
TABLES = ROOT / "data"
METADATA = "csv-metadata.json"
QUERIES = PACKAGE / "query"
LOCK = ROOT / "requirements.lock"


def is_checkout() -> bool:
    """Tell a source checkout, whose tables may be rewritten, from an installed package."""
    return ROOT is not BUNDLED
