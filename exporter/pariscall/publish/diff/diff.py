"""The difference between two states, and the formats it can be written in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ...errors import MisuseError
from ...rdf.reader import DEFAULT, InputOptions
from ...tables.csvw import TABLES
from ..choices import DIFFS
from .changelog import to_json, to_markdown
from .changes import Change, find_changes
from .patch import Patch, make_patch
from .snapshot import Snapshot, read_snapshot


@dataclass(frozen=True)
class Diff:
    """What changed between two states."""

    old: Snapshot
    new: Snapshot

    @cached_property
    def changes(self) -> list[Change]:
        """Who joined, left, was renamed, reclassified, moved or corrected, in this order."""
        return find_changes(self.old.quads, self.new.quads)

    @cached_property
    def patch(self) -> Patch:
        """The triples to delete and to add."""
        return make_patch(self.old.lines, self.new.lines)

    def to(self, format_name: str) -> str:
        """Return the difference as ``markdown``, as ``json``, or as an RDF Patch (``patch``).

        Raises:
            MisuseError: if there is no such format.
        """
        if format_name not in DIFFS:
            raise MisuseError(
                f"there is no format {format_name!r}. Choose one of {', '.join(DIFFS)}."
            )
        if format_name == "patch":
            return str(self.patch)
        write = to_json if format_name == "json" else to_markdown
        return write(self.old.name, self.new.name, self.changes, self.patch)


def diff(old: str, new: str, folder: Path = TABLES, options: InputOptions = DEFAULT) -> Diff:
    """Compare two states: dates (``YYYY-MM-DD``), folders of releases or RDF files.

    Raises:
        MisuseError, TableError, RdfError, ReleaseError: as ``read_snapshot``.
    """
    return Diff(read_snapshot(old, folder, options), read_snapshot(new, folder, options))
