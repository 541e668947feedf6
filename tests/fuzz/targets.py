"""All targets, by name."""

from __future__ import annotations

from . import http_texts, query_texts, rdf_texts, release_texts, table_texts
from .target import Target

_MODULES = (rdf_texts, query_texts, http_texts, release_texts, table_texts)
TARGETS: dict[str, Target] = {
    target.name: target for module in _MODULES for target in module.TARGETS
}
