"""The site as a whole: a folder that gets its name when every page is complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import partial
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from time import monotonic
from types import MappingProxyType

from pyoxigraph import Store

from ... import bundle
from ...errors import MisuseError, relative
from ...io.atomic import exclusive, staged_folder
from ...io.background import run_in_background
from ...io.cache import caching
from ...io.compression import COMPRESSED, compress_once, is_compressible
from ...io.extras import require
from ...io.progress import Detail, Progress, silent
from ...publish.release.index import to_json
from ...query.loading import load_graph
from ...query.queries import named_queries
from ...rdf import statistics
from ...rdf.namespaces import DATASET
from ...rdf.reader import read_file
from ...rdf.vocabulary import vocabulary
from ...tables.csvw import TABLES
from ...tables.graph import TableGraph
from ...validation.gate import examine
from ..routes.preferences import PAGE_SUFFIXES, SUFFIXES
from . import charts, documents, downloads, feeds, figures, pictures, questions
from .companions import companions
from .dataset import packed
from .documentation import find_documentation
from .page import Content, Page
from .pages import PAGES
from .releases import Release, index_path, read_releases
from .rendering import Renderer, suffix_of
from .resources import Resources
from .shapes import read_views

_LARGE = 32 * 1024
_OURS = b'<meta name="generator" content="pariscall'


@dataclass(frozen=True)
class Summary:
    """The size of a site: pages in all languages, documents with RDF, and files."""

    pages: int
    documents: int
    files: int
    seconds: float = 0


def build(  # noqa: PLR0913 one for each setting
    out: Path,
    folder: Path = TABLES,
    releases: Sequence[Path] = (),
    progress: Progress = silent,
    documentation: Path | None = None,
    *,
    use_cache: bool = True,
) -> Summary:
    """Write the site of the tables of a folder, with releases to download.

    The same tables, releases and documentation give the same bytes. The site of an earlier run is
    replaced when the new one is complete. ``use_cache`` is as in ``export``.

    Raises:
        MisuseError: if the packages of the extra ``site`` are not installed, the output folder
            holds anything but a site, two releases have the same version, or the folder of the
            documentation has no first page.
        TableError, GateError: as ``export``.
        ReleaseError: if a release cannot be read or was changed.
        OutputError: if the site cannot be written, or another run writes there.
    """
    start = monotonic()
    check_tools()
    check_is_ours(out)
    found = read_releases(releases)
    pages = find_documentation(documentation) if documentation else {}
    graph = TableGraph(folder)
    progress(Detail(f"tables: {sum(graph.rows.values()):,} rows in {len(graph.rows)} tables"))
    with caching(is_used=use_cache):
        examine(graph).raise_if_failing(progress)
        with exclusive(out.parent), staged_folder(out) as partial:
            summary = write(partial, graph, found, pages, progress)
    return replace(summary, seconds=monotonic() - start)


class _Site:
    """The folder of a site while it is written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[str] = set()
        self.files = 0

    def path(self, name: str) -> str:
        """Return the path of a new file; its folder exists."""
        parent = name.rpartition("/")[0]
        if parent not in self._made:
            (self._folder / parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        self.files += 1
        return f"{self._folder}/{name}"

    def write(self, name: str, content: bytes) -> None:
        """Write a file, and a large one compressed as well, so that no server has to."""
        _write_file(self.path(name), content)
        if len(content) >= _LARGE and _is_compressible(name):
            _write_file(self.path(name + COMPRESSED), compress_once(content))

    def link(self, name: str, source: Path) -> None:
        """Add another name for a file, or copy it where the disk has no hard links."""
        path = self.path(name)
        try:
            os.link(source, path)
        except OSError:
            shutil.copyfile(source, path)


def _write_file(path: str, content: bytes) -> None:
    with open(path, "wb") as file:  # noqa: PTH123 one of some twenty thousand
        file.write(content)


def write(
    folder: Path,
    graph: TableGraph,
    releases: Sequence[Release] = (),
    documentation: Mapping[str, Path] = MappingProxyType({}),
    progress: Progress = silent,
) -> Summary:
    """Write the files of a site into a folder; the gate is not checked.

    Raises:
        GateError: if the IRI of a resource has no document.
    """
    site = _Site(folder)
    content = replace(_content(graph, releases), has_documentation=bool(documentation))
    drawn = {lang: pictures.pictures(content, lang) for lang in PAGE_SUFFIXES}
    content = replace(content, pictures=drawn)
    progress(Detail("pictures"))
    pages = {lang: _pages(content, lang) for lang in PAGE_SUFFIXES}
    renderers = {
        lang: Renderer(content, {page.path for page in pages[lang]}, lang) for lang in pages
    }
    for renderer in renderers.values():
        renderer.compile()
    with ExitStack() as stack:
        pages_written = [
            stack.enter_context(
                run_in_background(partial(_write_pages, folder, renderers[lang], pages[lang], lang))
            )
            for lang in PAGE_SUFFIXES
        ]
        described = _write_data(site, content)
        progress(Detail(f"data: {described:,} documents"))
        for name, written in companions(content, graph, pages):
            site.write(name, written)
        for name, file in documentation.items():
            site.write(name, file.read_bytes())
        number = sum(written() for written in pages_written)
    progress(Detail(f"pages: {number:,} in {len(PAGE_SUFFIXES)} languages"))
    return Summary(number, described, site.files + number)


def _content(graph: TableGraph, releases: Sequence[Release]) -> Content:
    statements = (
        statement
        for document in graph.documents()
        for description in document.descriptions.values()
        for statement in description.statements()
    )
    store = Store()
    load_graph(store, graph)
    resources = Resources(graph.documents(), [*vocabulary(), *read_file(bundle.ALIGNMENTS)])
    grouped = documents.group(graph)
    dataset, queries = resources[DATASET.value], named_queries()
    drawn = figures.all_figures(resources, grouped, dataset.date("dcterms:modified"))
    return Content(
        resources=resources,
        documents=grouped,
        releases=releases,
        statistics=statistics.count_terms(statements),
        shapes=read_views(),
        dataset=dataset,
        charts={
            lang: [charts.draw(figure, lang) for figure in drawn if figure.rows]
            for lang in PAGE_SUFFIXES
        },
        packed=packed(graph),
        queries=queries,
        answers=questions.answers(store, resources, grouped, queries),
        offers=list(downloads.offers(graph)),
        feeds=feeds.feeds(grouped.values(), resources),
    )


def _write_data(site: _Site, content: Content) -> int:
    number = 0
    for name, document in content.documents.items():
        number += 1
        for suffix, written in documents.represent(name, document):
            site.write(name + suffix, written)
    for name, represented in documents.vocabularies():
        number += 1
        for suffix, written in represented.items():
            site.write(name + suffix, written)
    for release in content.releases:
        number += 1
        for suffix, written in release.represent():
            site.write(release.document + suffix, written)
        for download in release.downloads:
            site.link(f"{release.document}/{download.path}", release.folder / download.path)
    if content.releases:
        oldest_first = [release.folder for release in reversed(content.releases)]
        site.write(index_path(content.releases), to_json(oldest_first))
    return number


def _pages(content: Content, lang: str) -> list[Page]:
    return [page for maker in PAGES for page in maker(content, lang)]


def _write_pages(folder: Path, renderer: Renderer, pages: Sequence[Page], lang: str) -> int:
    site = _Site(folder)
    for page in pages:
        site.write(page.path + suffix_of(lang), renderer.render(page).encode())
    return site.files


def _is_compressible(name: str) -> bool:
    suffix = PurePosixPath(name).suffix
    if suffix == COMPRESSED:
        return False
    known = {suffix: media_type for media_type, suffix in SUFFIXES.items()}
    return is_compressible(known.get(suffix) or guess_type(name)[0] or "")


def check_tools() -> None:
    """Check that the packages of the extra ``site`` are installed.

    Raises:
        MisuseError: if they are not.
    """
    require("a site", "site")


def check_is_ours(out: Path) -> None:
    """Check that the folder to replace is a site, not some other folder.

    Raises:
        MisuseError: if it is not.
    """
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    with suppress(OSError):
        if _OURS in (out / "index.html").read_bytes():
            return
    raise MisuseError(f"{relative(out)} is there and is not a site of ours. Name another folder.")
