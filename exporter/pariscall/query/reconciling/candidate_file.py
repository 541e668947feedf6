"""The file of candidates: SSSOM that nobody has reviewed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ...errors import UnreadableError, relative
from ...io.bounded import read_text
from ...rdf.namespaces import DATASET, PREFIXES
from ...tables.schemes import SCHEMES

_LARGEST = 32 * 1024 * 1024  # bytes
COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
    *("mapping_justification", "mapping_tool", "confidence", "curation_rule_text", "comment"),
)


def write_candidates(rows: Iterable[dict[str, str]]) -> str:
    """Return candidates as SSSOM/TSV: the metadata as comments in YAML, and a mapping a line."""
    found = list(rows)
    text = io.StringIO()
    said = {
        "sssom_version": "1.1",
        "mapping_set_id": f"{DATASET.value}#candidates",
        "mapping_set_title": "Candidates that nobody has reviewed",
        "license": "https://spdx.org/licenses/CC0-1.0",
        "subject_source": DATASET.value,
    }
    text.writelines(f"#{name}: {json.dumps(value)}\n" for name, value in said.items())
    names = ("subject_id", "predicate_id", "object_id", "mapping_justification")
    prefixes = {row[name].partition(":")[0] for row in found for name in names}
    text.write("#curie_map:\n" if prefixes else "#curie_map: {}\n")
    text.writelines(f"#  {each}: {json.dumps(PREFIXES[each])}\n" for each in sorted(prefixes))
    writer = csv.DictWriter(text, COLUMNS, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return text.getvalue()


def read_candidates(path: Path) -> Iterator[dict[str, str]]:
    """Read candidates as ``write_candidates`` writes them, which a person may have edited since.

    Raises:
        UnreadableError: if the file has another form.
    """
    text = read_text(path, _LARGEST)
    lines = text.split("\n")
    begin = next((at for at, line in enumerate(lines) if not line.startswith("#")), 0)
    reader = csv.reader(io.StringIO("\n".join(lines[begin:])), delimiter="\t")
    if tuple(next(reader, ())) != COLUMNS:
        problem = "this is no file of 'pariscall reconcile'"
        raise UnreadableError(f"{relative(path)}:{begin + 1}: {problem}.")
    for line, cells in _numbered(reader, path, begin):
        place = f"{relative(path)}:{line}"
        if len(cells) != len(COLUMNS):
            raise UnreadableError(f"{place}: {len(cells)} cells instead of {len(COLUMNS)}.")
        row = dict(zip(COLUMNS, cells, strict=True))
        scheme, _, identifier = row["object_id"].partition(":")
        if scheme not in SCHEMES or SCHEMES[scheme].problem(identifier):
            raise UnreadableError(
                f"{place}: {row['object_id']} is no identifier of a known scheme."
            )
        if not re.fullmatch(r"0(\.[0-9]+)?|1(\.0+)?", row["confidence"]):
            raise UnreadableError(f"{place}: {row['confidence']!r} is no confidence from 0 to 1.")
        yield row


def _numbered(reader: Any, path: Path, begin: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with their lines; a cell may be longer than the library reads."""
    try:
        for cells in reader:
            yield begin + reader.line_num, cells
    except csv.Error as error:
        place = f"{relative(path)}:{begin + reader.line_num}"
        raise UnreadableError(f"{place}: {error}. Correct the line.") from None
