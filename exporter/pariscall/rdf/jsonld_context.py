"""The active context of JSON-LD: what keys and identifiers mean at a point of a document.

Only what a key or an identifier expands to, not values.
https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

from .jsonld import CONTEXT_IRI, bundled_context
from .namespaces import is_iri

KEYWORDS = frozenset(
    [
        "@base",
        "@container",
        "@context",
        "@direction",
        "@graph",
        "@id",
        "@import",
        "@included",
        "@index",
        "@json",
        "@language",
        "@list",
        "@nest",
        "@none",
        "@prefix",
        "@propagate",
        "@protected",
        "@reverse",
        "@set",
        "@type",
        "@value",
        "@version",
        "@vocab",
    ]
)
_LIKE_A_KEYWORD = re.compile("@[A-Za-z]+")


_Scoped = dict[tuple[int, bool], tuple[dict[str, Any], "ActiveContext"]]


@dataclass(frozen=True)
class ActiveContext:
    """Terms with their definitions, the vocabulary and the base, if they are known.

    ``previous`` is the context that holds again in the next node object.
    """

    terms: Mapping[str, Any] = field(default_factory=dict)
    vocabulary: str | None = None
    base: str | None = None
    previous: ActiveContext | None = None
    _scoped: _Scoped = field(default_factory=dict, compare=False, repr=False)

    def scoped(self, definition: dict[str, Any], *, propagates: bool = True) -> ActiveContext:
        """Return this context with that of the definition of a term, if it has one."""
        if "@context" not in definition:
            return self
        key = id(definition), propagates
        if key not in self._scoped:
            context = self.extended(definition["@context"], propagates=propagates)
            self._scoped[key] = definition, context  # while it is kept, no other has its id
        return self._scoped[key][1]

    def extended(self, context: Any, *, propagates: bool = True) -> ActiveContext:
        """Return this context with another one processed after it."""
        found = self
        for part in context if isinstance(context, list) else [context]:
            if part is None:
                found = ActiveContext()
            elif isinstance(part, str):
                found = found.with_part(bundled_context()) if part == CONTEXT_IRI else found
            elif isinstance(part, dict):
                propagates = part.get("@propagate", propagates)
                found = found.with_part(part)
        return replace(found, previous=None if propagates else self, _scoped={})

    def with_part(self, context: Mapping[str, Any]) -> ActiveContext:
        """Return this context with the terms, the vocabulary and the base of another."""
        terms = {name: value for name, value in context.items() if not name.startswith("@")}
        base, vocabulary = self.base, self.vocabulary
        if "@base" in context:
            given = context["@base"]
            base = None if given is None else urljoin(base or "", given)
            base = base if base and is_iri(base) else None
        found = ActiveContext({**self.terms, **terms}, vocabulary, base)
        if "@vocab" in context:
            given = context["@vocab"]
            known = given and found._iri(given, vocab=True, document=True)
            found = replace(found, vocabulary=base if given == "" else known, _scoped={})
        return found

    def definition(self, term: str) -> dict[str, Any]:
        """Return the definition of a term, which is empty for other keys."""
        found = self.terms.get(term)
        return found if isinstance(found, dict) else {"@id": found} if term in self.terms else {}

    def is_ignored(self, key: str) -> bool:
        """Report whether a context says that a key means nothing."""
        return key in self.terms and self.definition(key).get("@id", key) is None

    def keyword(self, key: str) -> str | None:
        """Return the keyword that a key is or is an alias of, or None."""
        found = self.definition(key).get("@id", key)
        return found if found in KEYWORDS else None

    def predicate(self, key: str) -> str | None:
        """Return the keyword or valid IRI that a key expands to; None for a blank node too."""
        found = self._iri(key, vocab=True, document=False)
        return found if found is not None and (found in KEYWORDS or is_iri(found)) else None

    def means(self, value: str, *, vocab: bool = False, document: bool = False) -> bool:
        """Report whether a value expands to a keyword, a blank node or a valid IRI.

        Keys are relative to the vocabulary, identifiers to the document, types to both.
        """
        found = self._iri(value, vocab=vocab, document=document)
        return found is not None and (found in KEYWORDS or found[:2] == "_:" or is_iri(found))

    def _iri(
        self, value: str, *, vocab: bool, document: bool, seen: tuple[str, ...] = ()
    ) -> str | None:
        """Expand a value (https://www.w3.org/TR/json-ld11-api/#iri-expansion)."""
        if _LIKE_A_KEYWORD.fullmatch(value):
            return value if value in KEYWORDS else None
        if vocab and value in self.terms and value not in seen:
            return self._defined(value, seen)
        prefix, colon, rest = value.partition(":")
        if prefix and colon:
            is_prefix = prefix in self.terms and prefix not in seen and not rest.startswith("//")
            namespace = self._defined(prefix, seen) if is_prefix else f"{prefix}:"
            return None if namespace is None else namespace + rest
        if vocab and self.vocabulary is not None:
            return self.vocabulary + value
        return urljoin(self.base, value) if document and self.base else None

    def _defined(self, term: str, seen: tuple[str, ...]) -> str | None:
        definition = self.definition(term)
        iri = definition.get("@id", definition.get("@reverse", term))
        if not isinstance(iri, str):
            return None
        return self._iri(iri, vocab=True, document=False, seen=(*seen, term))
