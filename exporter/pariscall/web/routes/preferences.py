"""What a client prefers, read from its Accept header with regular expressions.

Static hosts cannot compare quality values, so their rules have three steps: media types without
a quality or with quality 1 (RFC 9110, 12.5.1), other accepted media types, and wildcards. The first
expression that matches decides. Our own server compares all quality values.
"""

from __future__ import annotations

# The suffix of each format, the preferred one first, and of the French page.
SUFFIXES = {
    "text/html": ".html",
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
}
PAGE, PAGE_FR = ".html", ".fr.html"
TYPES = {suffix: media_type for media_type, suffix in SUFFIXES.items()} | {PAGE_FR: "text/html"}
# The French page is for clients that name French first.
FRENCH = "^ *fr([-,; ]|$)"

_FIRST = "(^|, *){}( *;(?! *q=)[^,;]*)*( *; *q=1(\\.0*)?)? *(,|$)"
_ACCEPTED = "(^|, *){} *(;[^,]*)?; *q=0\\.0*[1-9]"
_WILDCARDS = {r"\*/\*": PAGE, r"text/\*": PAGE, r"application/\*": ".jsonld"}


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
