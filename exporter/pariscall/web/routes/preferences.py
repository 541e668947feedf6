"""What a client would rather have, told from its Accept header by regular expressions.

Hosts of static files cannot weigh quality values, so their rules know three steps: what is asked
for first (RFC 9110, 12.5.1: no quality, or 1), what is accepted, and what a wildcard covers. The
first expression that matches decides. A server of our own weighs all of them.
"""

from __future__ import annotations

# The suffix of a document in each format, the preferred first, and the page in French.
SUFFIXES = {
    "text/html": ".html",
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/n-triples": ".nt",
}
PAGE, PAGE_FR = ".html", ".fr.html"
# A French page is for those who name French first.
FRENCH = "^ *fr([-,; ]|$)"

_FIRST = "(^|, *){}( *;(?! *q=)[^,;]*)*( *; *q=1(\\.0*)?)? *(,|$)"
_ACCEPTED = "(^|, *){} *(;[^,]*)?; *q=0\\.0*[1-9]"
_WILDCARDS = {r"\*/\*": PAGE, r"text/\*": PAGE, r"application/\*": ".jsonld"}


def preferences() -> list[tuple[str, str]]:
    """Give the expressions to hold against an Accept header, and the suffix each stands for."""
    types = {media_type.replace("+", r"\+"): suffix for media_type, suffix in SUFFIXES.items()}
    steps = [
        (form.format(media_range), suffix)
        for ranges in (types, _WILDCARDS)
        for form in (_FIRST, _ACCEPTED)
        for media_range, suffix in ranges.items()
    ]
    return [("^ *$", PAGE), *steps]
