"""What a client prefers, read from its Accept header with regular expressions.

Static hosts cannot compare quality values, so their rules have three steps: media types without
a quality or with quality 1 (RFC 9110, 12.5.1), other accepted media types, and wildcards. The first
expression that matches decides. Our own server compares all quality values.
"""

from __future__ import annotations

from ...project import current

# The suffix of each format, the preferred one first.
SUFFIXES = {
    "text/html": ".html",
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
}
PAGE = ".html"
# The suffix of the pages in each language of the website; those in the main one have no mark.
PAGE_SUFFIXES = {
    lang: PAGE if lang == current().main_language else f".{lang}{PAGE}"
    for lang in current().languages
}
TRANSLATIONS = {lang: suffix for lang, suffix in PAGE_SUFFIXES.items() if suffix != PAGE}
TYPES = {suffix: media_type for media_type, suffix in SUFFIXES.items()} | dict.fromkeys(
    TRANSLATIONS.values(), "text/html"
)

_FIRST = "(^|, *){}( *;(?! *q=)[^,;]*)*( *; *q=1(\\.0*)?)? *(,|$)"
_ACCEPTED = "(^|, *){} *(;[^,]*)?; *q=0\\.0*[1-9]"
_WILDCARDS = {r"\*/\*": PAGE, r"text/\*": PAGE, r"application/\*": ".jsonld"}


def naming_first(lang: str) -> str:
    """Return the expression of the Accept-Language headers that name a language first."""
    return f"^ *{lang}([-,; ]|$)"


def preferences() -> list[tuple[str, str]]:
    """Return pairs of an expression to match with an Accept header, and a suffix."""
    types = {media_type.replace("+", r"\+"): suffix for media_type, suffix in SUFFIXES.items()}
    steps = [
        (form.format(media_range), suffix)
        for ranges in (types, _WILDCARDS)
        for form in (_FIRST, _ACCEPTED)
        for media_range, suffix in ranges.items()
    ]
    return [("^ *$", PAGE), *steps]
