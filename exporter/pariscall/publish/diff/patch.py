"""RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html): what to take away and what to add.

The headers name the states before and after by the hashes of their canonical N-Triples, so that
a patch is not applied to another state than it was made for.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import PatchError
from .snapshot import state_iri


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
        """Give the patch that leads back."""
        return Patch(self.after, self.before, self.added, self.deleted)

    def apply(self, lines: list[str]) -> list[str]:
        """Give the lines of the state after.

        Raises:
            PatchError: if the lines are not the state before.
        """
        if not self.deleted and not self.added:
            return lines
        if state_iri(lines) != self.before:
            raise PatchError("the file is not the state that the patch was made for.")
        return sorted(set(lines).difference(self.deleted).union(self.added))


def make_patch(old: list[str], new: list[str]) -> Patch:
    """Make the patch that leads from canonical lines to others."""
    before, after = set(old), set(new)
    return Patch(state_iri(old), state_iri(new), sorted(before - after), sorted(after - before))


def read_patch(text: str, name: str = "patch") -> Patch:
    """Read a patch that ``Patch`` has written, from a file of some name.

    Raises:
        PatchError: if it is not one, or was cut, with the line.
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
    return Patch(headers.get("prev", ""), headers.get("id", ""), deleted, added)
