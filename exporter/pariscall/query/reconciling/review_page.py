"""A page for the review of candidates, which needs nothing else: no server, no file beside it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from importlib.resources import files

from ...io.templates import template_environment
from ...rdf.namespaces import PREFIXES
from ..matching import Matcher
from .decision_file import COLUMNS
from .review import USUAL_REASON, needs_more

_FOLDER = "query/reconciling"


def write_page(rows: Iterable[Mapping[str, str]]) -> str:
    """Return a page that shows each candidate beside its party, and saves what is decided.

    Raises:
        TableError: if the tables cannot be read.
    """
    parties = {thing.iri.rpartition("/")[2]: thing for thing in Matcher().things}
    script = files("pariscall").joinpath(_FOLDER, "review.js").read_text(encoding="utf-8")
    environment = template_environment(_FOLDER, keep_trailing_newline=True)
    return environment.get_template("review.html").render(
        candidates=[
            {
                "row": row,
                "party": parties.get(row["subject_id"].partition(":")[2]),
                "party_address": _expand(row["subject_id"]),
                "address": _expand(row["object_id"]),
                "needs_more": needs_more(row),
            }
            for row in rows
        ],
        columns="\t".join(COLUMNS),
        usual_reason=USUAL_REASON,
        script=script,
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _expand(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return PREFIXES.get(prefix, f"{prefix}:") + local
