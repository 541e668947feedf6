"""RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html): triples to delete and to add.

The headers name the states before and after by the hashes of their canonical N-Triples, so that
a patch is applied to no other state than it was made for, and leads to no other.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import RdfFormat, parse

from ...errors import PatchError, printable
from .snapshot import canonical_lines, state_iri

_SHOWN = 100  # characters of a line


@dataclass(frozen=True)
class Patch:
    """Lines of N-Triples to delete and to add, and the states between which they lead."""

    before: str
    after: str
    deleted: list[str]
    added: list[str]

    def __str__(self) -> str:
        """Write the patch; where nothing changes it is empty."""
        if not self.deleted and not self.added:
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

    def reversed(self) -> Patch:
        """Return the patch that leads back."""
        return Patch(self.after, self.before, self.added, self.deleted)

    def apply(self, lines: list[str]) -> list[str]:
        """Return the lines of the state after.

        Raises:
            PatchError: if the lines are not the state before, or do not become the state after.
        """
        if not self.deleted and not self.added:
            return lines
        if state_iri(lines) != self.before:
            raise PatchError("the file is not the state that the patch was made for.")
        found = sorted(set(lines).difference(self.deleted).union(self.added))
        if state_iri(found) != self.after:
            raise PatchError("the result is not the state that the patch names. It was changed.")
        return found


def make_patch(old: list[str], new: list[str]) -> Patch:
    """Return the patch that leads from canonical lines to others."""
    before, after = set(old), set(new)
    return Patch(state_iri(old), state_iri(new), sorted(before - after), sorted(after - before))


def read_patch(text: str, name: str = "patch") -> Patch:
    """Read a patch that ``Patch`` has written, from a file of some name.

    Raises:
        PatchError: if it is invalid, or was cut, with the line.
    """
    headers: dict[str, str] = {}
    deleted: list[str] = []
    added: list[str] = []
    is_open, is_whole = False, not text
    for number, row in enumerate(text.split("\n")[:-1], 1):
        kind, _, rest = row.partition(" ")
        if kind == "H" and not is_open:
            header, _, value = rest.removesuffix(" .").partition(" ")
            headers[header] = value.strip("<>")
        elif row == "TX ." and not is_open and not is_whole:
            is_open = True
        elif kind in ("A", "D") and is_open:
            (added if kind == "A" else deleted).append(rest)
        elif row == "TC ." and is_open:
            is_open, is_whole = False, True
        else:
            raise PatchError(f"{name}:{number}: {row[:60]!r} has no place here.")
    if not is_whole:
        raise PatchError(f"{name}: the patch does not end. It was cut.")
    _check_triples(added, name)
    return Patch(headers.get("prev", ""), headers.get("id", ""), deleted, added)


def _check_triples(lines: list[str], name: str) -> None:
    """Check that lines are canonical N-Triples, for they are written as they are."""
    try:
        found = canonical_lines(parse("\n".join(lines), format=RdfFormat.N_TRIPLES))
    except SyntaxError as error:
        raise PatchError(f"{name}: an added line is not N-Triples: {error}.") from None
    wrong = sorted(set(lines).difference(found))
    if wrong:
        shown = printable(wrong[0][:_SHOWN])
        raise PatchError(f"{name}: an added line is not a canonical N-Triple: {shown}")
