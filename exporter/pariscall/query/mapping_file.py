"""Files of mappings in SSSOM, as TSV: read for what is exactly one, and written with the evidence.

https://mapping-commons.github.io/sssom/spec-formats-tsv/
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from ..errors import UnreadableError, relative
from ..project import Project
from ..rdf.namespaces import PREFIXES
from .identity import EXACT_MATCH, Identity, Match, party_prefix

SEMAPV = "https://w3id.org/semapv/vocab/"
_UNSPECIFIED = "https://w3id.org/sssom/license/unspecified"  # how SSSOM says that nothing is said
_SHOWN = 80
_COLUMNS = ("subject_id", "predicate_id", "object_id")
_WRITTEN = (*_COLUMNS, "mapping_justification", "comment")
_CURIE = re.compile(r"([\w.-]+):(.+)")
_PREFIX = re.compile(r"""\s+['"]?([\w.-]+)['"]?:\s+(['"]?)(\S+)\2\s*""")


def read_mappings(path: Path) -> Iterator[Match]:
    """Yield the exact matches of a file, each with its line.

    Raises:
        UnreadableError: if it cannot be read, lacks a column, or a prefix is not declared.
    """
    lines = _lines(path)
    head = [line.removeprefix("#") for line in lines if line.startswith("#")]
    prefixes = {**PREFIXES, **_curie_map(path, head)}
    body = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    names = body[0][1].split("\t") if body else []
    for name in _COLUMNS:
        if name not in names:
            raise UnreadableError(f"{relative(path)}: there is no column {name!r}. SSSOM has one.")
    for number, line in body[1:]:
        place = f"{relative(path)}:{number}"
        cells = dict(zip(names, line.split("\t"), strict=False))
        subject, predicate, object_ = (
            _expand(cells.get(name, "").strip(), prefixes, place) for name in _COLUMNS
        )
        if predicate == EXACT_MATCH.value and cells.get("predicate_modifier", "").strip() != "Not":
            yield Match(subject, object_, f"{path.name}:{number}")


def write_mappings(identities: Iterable[Identity], projects: Sequence[Project]) -> str:
    """Return the text of a file of parties that are one; a prefix is the slug of its project."""
    curies = {project.slug: party_prefix(project) for project in projects}
    rows = StringIO()
    writer = csv.writer(rows, "excel-tab", lineterminator="\n")
    writer.writerow(_WRITTEN)
    for each in identities:
        ends = (_shorten(iri, curies) for iri in (each.subject, each.object))
        subject, object_ = ends
        writer.writerow([subject, "skos:exactMatch", object_, each.justification, each.evidence])
    declared = {**curies, "semapv": SEMAPV, "skos": PREFIXES["skos"]}
    digest = hashlib.sha256(rows.getvalue().encode()).hexdigest()
    head = [
        f"mapping_set_id: urn:sha256:{digest}",
        f"license: {_UNSPECIFIED}",
        "curie_map:",
        *(f"  {prefix}: {iri}" for prefix, iri in sorted(declared.items())),
    ]
    return "".join(f"#{line}\n" for line in head) + rows.getvalue()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise UnreadableError(f"{relative(path)}: not UTF-8. Save the file as UTF-8.") from None
    except OSError as error:
        raise UnreadableError(f"{relative(path)}: {error.strerror}.") from None


def _curie_map(path: Path, head: Sequence[str]) -> Mapping[str, str]:
    """Return the prefixes of a header; of its YAML, the one block that holds them is read."""
    declared: dict[str, str] = {}
    is_inside = False
    for number, line in enumerate(head, 1):
        if line.strip() and not line.startswith("  "):
            is_inside = line.strip() == "curie_map:"
        elif is_inside and line.strip():
            found = _PREFIX.fullmatch(line)
            if not found:
                problem = "a line of curie_map reads 'prefix: IRI'. Correct it."
                raise UnreadableError(f"{relative(path)}:{number}: {problem}")
            declared[found[1]] = found[3]
    return declared


def _expand(text: str, prefixes: Mapping[str, str], place: str) -> str:
    text = text.removeprefix("<").removesuffix(">")
    found = _CURIE.fullmatch(text)
    if text.startswith(("http://", "https://", "urn:")):
        return text
    if not found or found[1] not in prefixes:
        raise UnreadableError(
            f"{place}: {text[:_SHOWN]!r} is no IRI, and its prefix is not declared. "
            "Add it to curie_map."
        )
    return prefixes[found[1]] + found[2]


def _shorten(iri: str, curies: Mapping[str, str]) -> str:
    return next(
        f"{slug}:{iri[len(base) :]}" for slug, base in curies.items() if iri.startswith(base)
    )
