r"""Terms as text: the canonical spelling of https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples.

An IRI is ``<iri>``, a literal ``"text"``, ``"text"@en`` or ``"2018"^^<datatype>``. Each term has
one spelling, so that terms are equal if their texts are.
"""

from __future__ import annotations

import re

_NAMED = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f\ufffe\uffff]')
_ESCAPE = re.compile(r"\\(?:u(.{4})|U(.{8})|(.))")
_CHARACTERS = {spelt[1]: character for character, spelt in _NAMED.items()}


def escape(text: str) -> str:
    """Return a text as it stands between the quotes of a literal."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return _ESCAPED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return _NAMED.get(found[0]) or f"\\u{ord(found[0]):04X}"


def is_iri(term: str) -> bool:
    """Return whether a term is an IRI."""
    return term.startswith("<") and not term.startswith("<<")


def text_of(term: str) -> str:
    """Return the IRI of an IRI, and the text of a literal."""
    if not term.startswith('"'):
        return term[1:-1]
    text = term[1 : term.rindex('"')]
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def _unescape(found: re.Match[str]) -> str:
    return _CHARACTERS[found[3]] if found[3] else chr(int(found[1] or found[2], 16))


def tag_of(literal: str) -> str:
    """Return what follows the text of a literal: nothing, ``@`` and a language, or ``^^`` and a datatype."""
    return literal[literal.rindex('"') + 1 :]
