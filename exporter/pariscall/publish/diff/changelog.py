"""The changes between two snapshots, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

from ...io.markdown import markdown
from .changes import Change, count
from .patch import Patch


def to_markdown(old: str, new: str, changes: Sequence[Change], patch: Patch) -> str:
    """Write changes as a changelog: one section per kind, one line per party."""
    lines = [
        f"# Changes from {_title(old)} to {_title(new)}",
        "",
        f"{len(patch.added):,} triples were added and {len(patch.deleted):,} removed.",
        "",
    ]
    for kind, group in groupby(changes, key=lambda change: change.kind):
        found = list(group)
        lines += [f"## {kind.capitalize()} ({len(found):,})", ""]
        lines += [f"- {_line(change)}" for change in found]
        lines.append("")
    if not changes:
        lines += ["No signatory changed.", ""]
    return "\n".join(lines)


def to_json(old: str, new: str, changes: Sequence[Change], patch: Patch) -> str:
    """Write changes as a JSON object."""
    document = {
        "old": {"name": old, "state": patch.before},
        "new": {"name": new, "state": patch.after},
        "added": len(patch.added),
        "removed": len(patch.deleted),
        "counts": count(changes),
        "changes": [asdict(change) for change in changes],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _line(change: Change) -> str:
    if change.before and change.after:
        what = f": {change.before} → {change.after}"
    else:
        what = f" ({change.before or change.after})"
    return markdown(f"{change.name}{what}")


def _title(name: str) -> str:
    """Return a date as it is, and the name of a file for Markdown."""
    return name if name.replace("-", "").isdecimal() else markdown(name)
