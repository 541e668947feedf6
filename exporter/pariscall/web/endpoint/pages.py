"""The pages of the site, served with content negotiation.

The IRI of a resource redirects (303, https://www.w3.org/TR/cooluris/, 4.2) to its document in the
format and language that the client prefers. Static hosts do the same with the rules of
``pariscall redirects``, as far as they can.
"""

from __future__ import annotations

from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from ..routes.negotiation import choose, choose_document, content_type
from ..routes.preferences import PAGE, PAGE_SUFFIXES, SUFFIXES, TYPES
from ..routes.routes import find_route
from .cors import preflight
from .files import Files
from .problems import NEGOTIATED, ProblemError, language, not_acceptable

METHODS = ("GET", "HEAD", "OPTIONS")
HEADERS = "Accept, Accept-Language, If-None-Match"
_TURTLE = SUFFIXES["text/turtle"]
_UNKNOWN, _ENCODED = "application/octet-stream", "application/gzip"
KEEP = "public, max-age=300"


class Documents:
    """The documents of a site: an ASGI application for all other paths.

    ``prefix`` is the path of the server's public URL, and ``pages`` the suffix of the pages in each
    language, the main one first.
    """

    def __init__(
        self, folder: Path, prefix: str = "", pages: Mapping[str, str] = PAGE_SUFFIXES
    ) -> None:
        self._files = Files(folder)
        self._prefix = prefix
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        request = Request(scope, receive)
        if request.method not in METHODS:
            raise ProblemError(405, "use GET.", {"Allow": ", ".join(METHODS)})
        is_asking = request.method == "OPTIONS"
        response = preflight(METHODS, HEADERS) if is_asking else self._answer(request)
        await response(scope, receive, send)

    def _answer(self, request: Request) -> Response:
        path = request.scope["path"].removeprefix("/")
        found = self._file(path, request) if path in self._files else None
        if found:
            return found
        target = find_route(path)
        if target and f"{target.document}{PAGE}" in self._files:
            return see_other(request, target.document, target.fragment, self._prefix, self._pages)
        return self._missing(request)

    def _file(self, path: str, request: Request) -> Response | None:
        document, suffix = split_suffix(path, self._pages)
        guessed = guess_type(path, strict=False)
        headers = {
            "Content-Type": guessed[0] or _UNKNOWN if not guessed[1] else _ENCODED,
            "Cache-Control": KEEP,
        }
        if suffix:
            headers["Content-Type"] = content_type(TYPES[suffix])
            if f"{document}{_TURTLE}" in self._files:
                headers["Link"] = alternates(document, self._prefix, suffix)
        return self._files.respond(path, request, headers)

    def _missing(self, request: Request) -> Response:
        accept = ",".join(request.headers.getlist("accept"))
        lang = language(request, self._pages)
        page = f"404{self._pages[lang]}"
        headers = {"Content-Type": content_type("text/html"), "Vary": NEGOTIATED}
        wants_page = choose(accept, ["text/plain", "text/html"]) == "text/html"
        if wants_page and page in self._files:
            headers["Content-Language"] = lang
            if found := self._files.respond(page, request, headers, status=404):
                return found
        raise ProblemError(404, "nothing is described here.")


def see_other(
    request: Request,
    document: str,
    fragment: str,
    prefix: str,
    pages: Mapping[str, str] = PAGE_SUFFIXES,
) -> Response:
    """Return the redirect from a resource to its document, in the format and language preferred."""
    accept = ",".join(request.headers.getlist("accept"))
    media_type = choose_document(accept, SUFFIXES)
    if media_type is None:
        raise not_acceptable(SUFFIXES)
    suffix = SUFFIXES[media_type]
    if suffix == PAGE:
        suffix = pages[language(request, pages)]
    part = f"#{fragment}" if fragment else ""
    return RedirectResponse(
        f"{prefix}/{quote(document)}{suffix}{part}",
        303,
        {
            "Vary": NEGOTIATED,
            "Link": alternates(document, prefix),
            "Cache-Control": KEEP,
        },
    )


def alternates(document: str, prefix: str, but: str = "") -> str:
    """Return the Link header with the other formats of a document (RFC 8288)."""
    return ", ".join(
        f'<{prefix}/{quote(document)}{suffix}>; rel="alternate"; type="{media_type}"'
        for media_type, suffix in SUFFIXES.items()
        if suffix != but
    )


def split_suffix(path: str, pages: Mapping[str, str] = PAGE_SUFFIXES) -> tuple[str, str]:
    """Return the name of a document and its suffix, empty if it is not one of ours."""
    for suffix in (*(end for end in pages.values() if end != PAGE), *SUFFIXES.values()):
        if path.endswith(suffix):
            return path.removesuffix(suffix), suffix
    return path, ""
