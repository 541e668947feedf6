"""The descriptions of the endpoint: service description, VoID and health.

The service description follows https://www.w3.org/TR/sparql11-service-description/, VoID
follows https://www.w3.org/TR/void/ and is served at the path of its §7.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, RdfFormat, serialize
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ... import __version__
from ...project import Project
from ...publish.release.descriptions.description import Description, name, typed
from ...publish.release.descriptions.void import add_counts
from ...rdf.formats import FORMATS
from ...rdf.namespaces import MSC, PREFIXES
from ..routes.negotiation import choose, content_type
from .limits import EndpointLimits
from .pool import WorkerPool
from .problems import NEGOTIATED, not_acceptable

_RESULT_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "N-Quads", "TriG", "JSON-LD", "RDF_XML", "N3"),
)
_OFFERS = {known.media_type: known.rdf for known in FORMATS}
_PREFIXES = {prefix: PREFIXES[prefix] for prefix in ("dcterms", "void", "xsd")} | {
    "sd": name("sd:").value,
    "formats": name("formats:").value,
}


class Descriptions:
    """The documents that describe an endpoint at a URL, over the graphs of projects if it has any."""

    def __init__(
        self,
        pool: WorkerPool,
        limits: EndpointLimits,
        url: str,
        *,
        projects: Sequence[Project],
        has_page: bool,
    ) -> None:
        self._pool = pool
        self._limits = limits
        self._prefix = urlsplit(url).path
        self.address = f"{url}/sparql"
        self._void = f"{url}/.well-known/void"
        self._dataset = f"{self._void}#dataset"
        self._projects = projects
        self._has_page = has_page

    async def service(self, request: Request) -> Response:
        """Return the service description: language, result formats and the default graph.

        A browser is redirected to the query page, if there is one.
        """
        if self._has_page and _accepted(request, [*_OFFERS, "text/html"]) == "text/html":
            return RedirectResponse(f"{self._prefix}/sparql.html", 303, {"Vary": NEGOTIATED})
        description = Description()
        service, default = self.address, f"{self.address}#dataset"
        description.add(service, "rdf:type", name("sd:Service"))
        description.add(service, "sd:endpoint", NamedNode(service))
        description.add(service, "sd:supportedLanguage", name("sd:SPARQL11Query"))
        description.add(service, "sd:feature", name("sd:UnionDefaultGraph"))
        description.add(
            service, "sd:resultFormat", *(name(f"formats:{f}") for f in _RESULT_FORMATS)
        )
        description.add(service, "sd:defaultDataset", NamedNode(default))
        description.add(default, "rdf:type", name("sd:Dataset"))
        description.add(default, "sd:defaultGraph", NamedNode(self._dataset))
        description.add(self._dataset, "rdf:type", name("sd:Graph"), name("void:Dataset"))
        triples = self._pool.graph.statistics.triples
        description.add(self._dataset, "void:triples", typed(triples, "integer"))
        for project in self._projects if len(self._projects) > 1 else ():
            graph = f"{self.address}#{project.slug}"
            description.add(default, "sd:namedGraph", NamedNode(graph))
            description.add(graph, "rdf:type", name("sd:NamedGraph"))
            description.add(graph, "sd:name", NamedNode(project.dataset))
        return _negotiated(request, description)

    async def void(self, request: Request) -> Response:
        """Return the VoID description of the graph, with its counts."""
        description = Description()
        dataset = self._dataset
        description.add(self._void, "rdf:type", name("void:DatasetDescription"))
        description.add(self._void, "foaf:primaryTopic", NamedNode(dataset))
        description.add(dataset, "rdf:type", name("void:Dataset"))
        description.add(dataset, "void:sparqlEndpoint", NamedNode(self.address))
        for project in self._projects:
            description.add(dataset, "void:subset", NamedNode(project.dataset))
            description.add(dataset, "void:uriSpace", Literal(project.base))
        if self._projects:
            description.add(dataset, "void:vocabulary", NamedNode(MSC))
        add_counts(description, dataset, self._pool.graph.statistics)
        return _negotiated(request, description)

    async def health(self, _request: Request) -> Response:
        """Return the status of the endpoint and the size of its graph; this needs no worker."""
        if not self._pool.is_up:
            again = {"Retry-After": str(self._limits.retry)}
            return JSONResponse({"status": "starting", "version": __version__}, 503, again)
        graph = self._pool.graph
        return JSONResponse(
            {
                "status": "ok",
                "triples": graph.statistics.triples,
                "version": __version__,
                "network": "cut off" if graph.is_cut_off else "not cut off by the kernel",
            },
            headers={"Cache-Control": "no-store"},
        )


def _accepted(request: Request, offers: Iterable[str]) -> str | None:
    return choose(",".join(request.headers.getlist("accept")), offers)


def _negotiated(request: Request, description: Description) -> Response:
    media_type = _accepted(request, _OFFERS)
    if media_type is None:
        raise not_acceptable(_OFFERS)
    rdf = _OFFERS[media_type]
    prefixes = None if rdf in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS) else _PREFIXES
    content = serialize(description.triples(), format=rdf, prefixes=prefixes)
    headers = {"Content-Type": content_type(media_type), "Cache-Control": "public, max-age=60"}
    return Response(content, headers=headers)
