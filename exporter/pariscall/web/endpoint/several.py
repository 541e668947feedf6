"""Several projects on one server: the documents of each are below its slug."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ...io.templates import template_environment
from ...project import Project, in_language
from ..routes.negotiation import choose_document
from ..routes.preferences import SUFFIXES, page_suffixes
from .cors import preflight
from .limits import EndpointLimits
from .linked_data import LinkedData
from .pages import HEADERS, METHODS, Documents
from .pool import WorkerPool
from .problems import NEGOTIATED, ProblemError, language


@dataclass(frozen=True)
class Part:
    """A project that is served beside others, and the pool that writes its documents, if any."""

    project: Project
    pool: WorkerPool | None = None


class Several:
    """The documents of several projects: an ASGI application for all other paths.

    ``prefix`` is the path of the server's public URL, and ``site`` the folder of a website of the
    projects, if there is one.
    """

    def __init__(
        self, parts: Sequence[Part], limits: EndpointLimits, prefix: str, site: Path | None
    ) -> None:
        self._projects = [part.project for part in parts]
        self._parts = {part.project.slug: _documents(part, limits, prefix, site) for part in parts}
        languages = dict.fromkeys(lang for project in self._projects for lang in project.languages)
        self._pages = page_suffixes(tuple(languages))
        self._above = Documents(site, prefix, self._pages) if site else None
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request: by the project that the path begins with, or by what is above all."""
        slug, slash, rest = scope["path"].removeprefix("/").partition("/")
        if slash and slug in self._parts:
            await self._parts[slug]({**scope, "path": f"/{rest}"}, receive, send)
            return
        request = Request(scope, receive)
        if self._above and slug not in self._parts and (slug or _wants_page(request)):
            await self._above(scope, receive, send)
        else:
            await self._answer(request, slug)(scope, receive, send)

    def _answer(self, request: Request, slug: str) -> Response:
        if request.method not in METHODS:
            raise ProblemError(405, "use GET.", {"Allow": ", ".join(METHODS)})
        if request.method == "OPTIONS":
            return preflight(METHODS, HEADERS)
        if slug in self._parts:
            return RedirectResponse(f"{self._prefix}/{slug}/", 308)
        if slug:
            raise ProblemError(404, "nothing is described here.")
        if not _wants_page(request):
            return RedirectResponse(f"{self._prefix}/.well-known/void", 303, {"Vary": NEGOTIATED})
        return self._index(language(request, self._pages))

    def _index(self, lang: str) -> Response:
        """Return a plain page of the projects."""
        template = template_environment("web/endpoint/templates").get_template("projects.html")
        links = [
            (f"{self._prefix}/{project.slug}/", in_language(project.name, lang))
            for project in self._projects
        ]
        page = template.render(lang=lang, links=links, sparql=f"{self._prefix}/sparql")
        policy = {"Content-Security-Policy": "default-src 'none'", "Content-Language": lang}
        return HTMLResponse(page, headers={"Vary": NEGOTIATED, **policy})


def _wants_page(request: Request) -> bool:
    accept = ",".join(request.headers.getlist("accept"))
    return choose_document(accept, SUFFIXES) == "text/html"


def _documents(part: Part, limits: EndpointLimits, prefix: str, site: Path | None) -> ASGIApp:
    below = f"{prefix}/{part.project.slug}"
    pages = page_suffixes(part.project.languages)
    if part.pool:
        return LinkedData(part.pool, limits, below, is_bundled=True, pages=pages)
    if site is None:
        raise ValueError(part.project.slug)
    return Documents(site / part.project.slug, below, pages)
