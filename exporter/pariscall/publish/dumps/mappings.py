"""The mappings alone: as Turtle, and as a set of https://w3id.org/sssom."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from ...project import current, in_language
from ...rdf.namespaces import BASE, DATASET, PREFIXES, PUBLISHER
from ...rdf.turtle import HEADER
from ...tables.document import Document
from ...tables.mappings import GRAPH, TABLES
from ...tables.rows import Row
from .mapping_blocks import mapping_blocks
from .parted import Parted

_COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
    *("mapping_justification", "reviewer_label", "license", "mapping_source", "mapping_tool"),
    *("mapping_date", "confidence", "curation_rule_text", "comment"),
)
_PREFIXED = ("subject_id", "predicate_id", "object_id", "mapping_justification", "mapping_source")


class MappingsWriter(Parted):
    """Writes what parties and countries are elsewhere, and how each of it is known, as Turtle."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._file.write(HEADER.encode())

    def write(self, document: Document) -> None:
        """Write the mappings of a document, with an empty line before them."""
        self._file.write(mapping_blocks(document))

    def close(self) -> None:
        """End the file; Turtle has no footer."""


class SssomWriter:
    """Writes SSSOM/TSV: the metadata as comments in YAML, and a mapping a line."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._licence = ""
        self._mappings: list[dict[str, str]] = []

    def write(self, document: Document) -> None:
        """Note the mappings of a document, and the licence of the dataset."""
        if document.rows[0].table.name == "datasets.csv":
            self._licence = document.rows[0]["licence"]
        self._mappings += map(_mapping, _rows(document))

    def close(self) -> None:
        """Write the metadata and the mappings."""
        text = io.StringIO()
        text.writelines(f"#{line}\n" for line in _metadata(self._mappings, self._licence))
        writer = csv.DictWriter(text, _COLUMNS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(self._mappings)
        self._file.write(text.getvalue().encode())


def _rows(document: Document) -> Iterator[Row]:
    return (row for row in document.rows if row.table.name in TABLES)


def _mapping(row: Row) -> dict[str, str]:
    cells = {name: row[name] for name in _COLUMNS if name != "mapping_source"}
    return {**cells, "mapping_source": f"source:{row['source']}"}


def _metadata(mappings: Iterable[dict[str, str]], licence: str) -> Iterator[str]:
    """Yield the lines of the metadata, whose values are JSON and so YAML too."""
    project = current()
    prefixes = {mapping[name].partition(":")[0] for mapping in mappings for name in _PREFIXED}
    said = {
        "sssom_version": "1.1",
        "mapping_set_id": GRAPH.value,
        "mapping_set_title": f"{in_language(project.name, 'en')}: mappings",
        "license": licence,
        "mapping_provider": PUBLISHER,
        "subject_source": DATASET.value,
    }
    for name, value in said.items():
        yield f"{name}: {json.dumps(value, ensure_ascii=False)}"
    yield "curie_map:"
    for prefix in sorted(prefixes):
        yield f"  {prefix}: {json.dumps(PREFIXES.get(prefix, BASE))}"
