"""What a client prefers, read from its Accept header with regular expressions.

Static hosts cannot compare quality values, so their rules have three steps: media types without
a quality or with quality 1 (RFC 9110, 12.5.1), other accepted media types, and wildcards: before those of
pages come those of clients that name RDF and no page. The first expression that matches decides. Our own server compares all quality values.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...project import current
from ...project_file import LANGUAGES

# The suffix of each format, the preferred one first.
SUFFIXES = {
    "text/html": ".html",
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
}
PAGE = ".html"


def page_suffixes(languages: Sequence[str]) -> dict[str, str]:
    """Return the suffix of the pages in each language; those in the first have no mark."""
    return {lang: f".{lang}{PAGE}" if at else PAGE for at, lang in enumerate(languages)}


PAGE_SUFFIXES = page_suffixes(current().languages)
TRANSLATIONS = {lang: suffix for lang, suffix in PAGE_SUFFIXES.items() if suffix != PAGE}
TYPES = {suffix: media_type for media_type, suffix in SUFFIXES.items()} | dict.fromkeys(
    (f".{lang}{PAGE}" for lang in LANGUAGES), "text/html"
)
# RDF that we do not write: who names it and accepts anything else as well wants RDF, not a page.
OTHER_RDF = (
    *("text/n3", "text/rdf+n3", "application/x-turtle", "application/trig", "application/n-quads"),
    *("application/owl+xml", "application/rdf+json", "application/trix"),
)

_FIRST = "(^|, *){}( *;(?! *q=)[^,;]*)*( *; *q=1(\\.0*)?)? *(,|$)"
_ACCEPTED = "(^|, *){} *(;[^,]*)?; *q=0\\.0*[1-9]"
_RDF_OR_ANYTHING = r"^(?=.*\*/\*).*(^|, *)({}) *(;(?! *q=0(\.0*)?( |,|$))|,|$)"
_WILDCARDS = {r"\*/\*": PAGE, r"text/\*": PAGE, r"application/\*": ".jsonld"}


def naming_first(lang: str) -> str:
    """Return the expression of the Accept-Language headers that name a language first."""
    return f"^ *{lang}([-,; ]|$)"


def preferences() -> list[tuple[str, str]]:
    """Return pairs of an expression to match with an Accept header, and a suffix."""
    types = {media_type.replace("+", r"\+"): suffix for media_type, suffix in SUFFIXES.items()}
    named, wildcards = (
        [
            (form.format(media_range), suffix)
            for form in (_FIRST, _ACCEPTED)
            for media_range, suffix in ranges.items()
        ]
        for ranges in (types, _WILDCARDS)
    )
    others = "|".join(media_type.replace("+", r"\+") for media_type in OTHER_RDF)
    rdf = (_RDF_OR_ANYTHING.format(others), SUFFIXES["text/turtle"])
    return [("^ *$", PAGE), *named, rdf, *wildcards]
