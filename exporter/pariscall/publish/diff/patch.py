"""RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html): triples to delete and to add.

The headers name the states before and after by the hashes of their canonical N-Triples, so that
a patch is applied to no other state than it was made for, and leads to no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import RdfFormat, parse

from ...errors import PatchError, RdfError, printable
from ...rdf.canonical import is_blank
from ...rdf.nesting import check_nesting
from .snapshot import canonical_lines, state_iri

_SHOWN = 100  # characters of a line
_HEADER = re.compile(r"H (id|prev) <([^<>\s]*)> \.")
_TRANSACTION = ("TX .", "TC .", "")


@dataclass(frozen=True)
class Patch:
    """Lines of N-Triples to delete and to add, and the states between which they lead."""

    before: str
    after: str
    deleted: list[str]
    added: list[str]

    def __str__(self) -> str:
        """Write the patch; where nothing changes it is empty."""
        if self.is_empty:
            return ""
        rows = [
            f"H id <{self.after}> .",
            f"H prev <{self.before}> .",
            "TX .",
            *(f"D {line}" for line in self.deleted),
            *(f"A {line}" for line in self.added),
            "TC .",
        ]
        return "".join(f"{row}\n" for row in rows)

    @property
    def is_empty(self) -> bool:
        """Whether this is the patch of two equal states, which is an empty file."""
        return not (self.deleted or self.added) and self.before == self.after

    def reversed(self) -> Patch:
        """Return the patch that leads back."""
        return Patch(self.after, self.before, self.added, self.deleted)

    def apply(self, lines: list[str]) -> list[str]:
        """Return the lines of the state after.

        Raises:
            PatchError: if the lines are not the state before, or do not become the state after.
        """
        if self.is_empty:
            return lines
        if state_iri(lines) != self.before:
            raise PatchError("the file is not the state that the patch was made for.")
        state = set(lines)
        if not state.issuperset(self.deleted) or not state.isdisjoint(self.added):
            raise PatchError(
                "the patch deletes what is not there, or adds what is. It was changed."
            )
        found = sorted(state.difference(self.deleted).union(self.added))
        if state_iri(found) != self.after:
            raise PatchError("the result is not the state that the patch names. It was changed.")
        return found


def make_patch(old: list[str], new: list[str]) -> Patch:
    """Return the patch that leads from canonical lines to others."""
    before, after = set(old), set(new)
    return Patch(state_iri(old), state_iri(new), sorted(before - after), sorted(after - before))


def read_patch(text: str, name: str = "patch") -> Patch:
    """Read a patch that ``Patch`` has written, from a file of some name.

    Every row is a canonical N-Triple, also those to delete: a reversed patch adds them.

    Raises:
        PatchError: if it is invalid, or was cut, with the line.
    """
    if not text:
        return Patch("", "", [], [])
    headers: dict[str, str] = {}
    rows: dict[str, list[tuple[int, str]]] = {"D": [], "A": []}
    transaction = _TRANSACTION[0]
    for number, row in enumerate(text.split("\n")[:-1], 1):
        kind, rest = row[:1], row[2:]
        header = _HEADER.fullmatch(row)
        if header and header[1] not in headers and transaction == _TRANSACTION[0]:
            headers[header[1]] = header[2]
        elif transaction and row == transaction:
            transaction = _TRANSACTION[_TRANSACTION.index(row) + 1]
        elif row[1:2] == " " and kind in rows and transaction == _TRANSACTION[1]:
            rows[kind].append((number, rest))
        else:
            raise PatchError(f"{name}:{number}: {printable(row[:60])!r} has no place here.")
    if transaction:
        raise PatchError(f"{name}: the patch does not end. It was cut.")
    if len(headers) < 2:
        raise PatchError(f"{name}: the patch does not name its two states. It was changed.")
    deleted, added = (_checked(found, name) for found in rows.values())
    return Patch(headers.get("prev", ""), headers.get("id", ""), deleted, added)


def _checked(rows: list[tuple[int, str]], name: str) -> list[str]:
    """Return rows that are canonical N-Triples, for they are written as they are."""
    lines = [line for _, line in rows]
    text = "\n".join(lines)
    try:
        check_nesting(name, text, RdfFormat.N_TRIPLES)
        quads = list(parse(text, format=RdfFormat.N_TRIPLES))
    except SyntaxError as error:
        number = rows[(error.lineno or 1) - 1][0]
        raise PatchError(f"{name}:{number}: not N-Triples: {error.msg}.") from None
    except RdfError as error:
        raise PatchError(str(error)) from None
    canonical = set(canonical_lines(quads))
    for number, line in rows:
        if line not in canonical:
            shown = printable(line[:_SHOWN])
            raise PatchError(f"{name}:{number}: not a canonical N-Triple: {shown}")
    if any(is_blank(quad.triple) for quad in quads):
        raise PatchError(f"{name}: blank nodes have no lasting names. The patch was changed.")
    return lines
