"""The pages of the site, served with content negotiation.

The IRI of a resource redirects (303, https://www.w3.org/TR/cooluris/, 4.2) to its document in the
format and language that the client prefers. Static hosts do the same with the rules of
``pariscall redirects``, as far as they can.
"""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from ..routes.negotiation import choose, content_type, not_acceptable, rate_language
from ..routes.preferences import PAGE, PAGE_FR, SUFFIXES
from ..routes.routes import find_route
from .cors import preflight

METHODS = ("GET", "HEAD", "OPTIONS")
_HEADERS = "Accept, Accept-Language, If-None-Match"
_SUFFIX_TYPES = {suffix: media_type for media_type, suffix in SUFFIXES.items()}
_TURTLE = SUFFIXES["text/turtle"]
_KEEP = "public, max-age=300"


class Documents:
    """The documents of a site: an ASGI application for all other paths."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = StaticFiles(directory=folder)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        request = Request(scope, receive)
        if request.method not in METHODS:
            raise HTTPException(405, "use GET.\n", {"Allow": ", ".join(METHODS)})
        is_asking = request.method == "OPTIONS"
        response = preflight(METHODS, _HEADERS) if is_asking else await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.scope["path"].removeprefix("/")
        if not any(part.startswith(".") for part in path.split("/")):
            if (self._folder / path).is_file():
                return await self._file(path, request)
            target = find_route(path)
            if target and (self._folder / f"{target.document}{PAGE}").is_file():
                return _see_other(request, target.document, target.fragment)
        return await self._missing(request)

    async def _file(self, path: str, request: Request, status: int = 200) -> Response:
        response = await self._files.get_response(path, request.scope)
        document, suffix = _split(path)
        if suffix:
            media_type = _SUFFIX_TYPES.get(suffix, "text/html")
            response.headers["Content-Type"] = content_type(media_type)
            if (self._folder / f"{document}{_TURTLE}").is_file():
                response.headers["Link"] = _alternates(document, suffix)
        response.headers["Cache-Control"] = _KEEP
        if status != response.status_code == 200:
            response.status_code = status
        return response

    async def _missing(self, request: Request) -> Response:
        accept = ",".join(request.headers.getlist("accept"))
        page = f"404{PAGE_FR if _wants_french(request) else PAGE}"
        wants_page = choose(accept, ["text/plain", "text/html"]) == "text/html"
        if wants_page and (self._folder / page).is_file():
            return await self._file(page, request, status=404)
        raise HTTPException(404, "nothing is described here.\n")


def _see_other(request: Request, document: str, fragment: str) -> Response:
    accept = ",".join(request.headers.getlist("accept"))
    media_type = choose(accept, SUFFIXES)
    if media_type is None:
        raise HTTPException(406, f"{not_acceptable(SUFFIXES)}\n")
    suffix = SUFFIXES[media_type]
    if suffix == PAGE and _wants_french(request):
        suffix = PAGE_FR
    part = f"#{fragment}" if fragment else ""
    return RedirectResponse(
        f"/{document}{suffix}{part}",
        303,
        {
            "Vary": "Accept-Language",
            "Link": _alternates(document),
            "Cache-Control": _KEEP,
        },
    )


def _alternates(document: str, but: str = "") -> str:
    """Return the Link header with the other formats of a document (RFC 8288)."""
    return ", ".join(
        f'</{document}{suffix}>; rel="alternate"; type="{media_type}"'
        for suffix, media_type in _SUFFIX_TYPES.items()
        if suffix != but
    )


def _split(path: str) -> tuple[str, str]:
    """Return the name of a document and its suffix, empty if it is not one of ours."""
    for suffix in (PAGE_FR, *_SUFFIX_TYPES):
        if path.endswith(suffix):
            return path.removesuffix(suffix), suffix
    return path, ""


def _wants_french(request: Request) -> bool:
    header = ",".join(request.headers.getlist("accept-language"))
    return rate_language(header, "fr") > rate_language(header, "en")
