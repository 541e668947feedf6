"""The website of several projects: a folder for each, under one first page that compares them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from ... import __version__
from ...io.atomic import exclusive, staged_folder
from ...io.cache import caching
from ...io.numbers import format_number
from ...io.progress import Progress, silent
from ...io.project_process import run_on
from ...io.templates import template_environment
from ...project import Project, in_language
from ...publish.several import CATALOGUE, catalogue
from ...query.overlaps import Call, Overlaps, Shared, read_overlaps
from ...query.union import Union, read_union
from ..routes.preferences import PAGE, page_suffixes
from . import locale
from .assembly import check_is_ours, check_tools
from .chart_sentences import see_overlaps
from .charts import draw_overlaps
from .messages import words

_TO_THE_TOP = "../" * 8
# What pages of the folder above use of the first project's website.
_SHARED_FILES = ("assets/style.css", "assets/icon.svg", "assets/addresses.js")
_RELEASES = Path("build") / "releases"


@dataclass(frozen=True)
class Summary:
    """The size of a website of several projects."""

    projects: int
    calls: int
    shared: int
    files: int
    seconds: float = 0


def build_several(
    out: Path,
    projects: Sequence[Project],
    mappings: Sequence[Path] = (),
    progress: Progress = silent,
    *,
    use_cache: bool = True,
) -> Summary:
    """Write the website of each project to a folder of its slug, and the pages above them.

    Each offers the releases in ``build/releases`` of its own folder. The site of an earlier run is
    replaced when the new one is complete.

    Raises:
        MisuseError: if the packages of the extra ``site`` are not installed, or the output folder
            holds anything but a site.
        PariscallError: as ``build``, of any of the projects.
        UnreadableError: if a file of mappings cannot be read.
        OutputError: if the site cannot be written, or another run writes there.
    """
    start = monotonic()
    check_tools()
    check_is_ours(out)
    union = read_union(projects, mappings=mappings)
    with caching(is_used=use_cache), exclusive(out.parent), staged_folder(out) as partial:
        for project in projects:
            releases = project.file.parent / _RELEASES
            folder = partial / project.slug
            arguments = ["site", "--output", str(folder), "--releases", str(releases)]
            arguments += [] if use_cache else ["--no-cache"]
            run_on(project, "pariscall", arguments, progress)
        summary = _write_top(partial, projects, union)
    return replace(summary, seconds=monotonic() - start)


def suffixes_of(projects: Iterable[Project]) -> dict[str, str]:
    """Return the suffix of the pages in each language of any project; the first has no mark."""
    languages = dict.fromkeys(lang for project in projects for lang in project.languages)
    return page_suffixes(tuple(languages))


def _write_top(folder: Path, projects: Sequence[Project], union: Union) -> Summary:
    overlaps = read_overlaps(union, projects)
    suffixes = suffixes_of(projects)
    for lang, suffix in suffixes.items():
        pages = _Pages(projects, overlaps, lang, suffixes)
        (folder / f"index{suffix}").write_text(pages.index(), encoding="utf-8")
        (folder / f"404{suffix}").write_text(pages.missing(), encoding="utf-8")
    (folder / CATALOGUE).write_text(catalogue(projects, union), encoding="utf-8")
    first = folder / projects[0].slug
    for name in _SHARED_FILES:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(first / name, folder / name)
    for name in (".nojekyll", "_headers"):
        shutil.copyfile(first / name, folder / name)
    (folder / "_redirects").write_text(_redirects(folder, projects), encoding="utf-8")
    files = sum(path.is_file() for path in folder.rglob("*"))
    return Summary(len(projects), len(overlaps.calls), len(overlaps.shared), files)


def _redirects(folder: Path, projects: Sequence[Project]) -> str:
    """Return the rules of each project for hosts that read them in the folder above only."""
    lines = [
        " ".join(f"/{project.slug}{part}" if part[0] == "/" else part for part in line.split())
        for project in projects
        for line in (folder / project.slug / "_redirects").read_text("utf-8").splitlines()
    ]
    return "".join(f"{line}\n" for line in lines)


class _Pages:
    """The pages above the projects, in one language."""

    def __init__(
        self,
        projects: Sequence[Project],
        overlaps: Overlaps,
        lang: str,
        suffixes: Mapping[str, str],
    ) -> None:
        self._projects = projects
        self._overlaps = overlaps
        self._lang = lang
        self._environment = template_environment("web/site/templates", tables=["w"])
        self._environment.filters |= {
            "number": lambda number: format_number(number, lang),
            "day": lambda day: locale.format_date(day, lang),
            "count": lambda number, noun: locale.count(number, noun, lang),
        }
        self._environment.globals |= {
            "lang": lang,
            "w": words(lang),
            "suffix": suffixes[lang],
            "suffixes": suffixes,
            "version": __version__,
            "name": self._name,
            "text": lambda texts: in_language(texts, lang),
            "href": self._href,
            "home": self._home,
        }

    def index(self) -> str:
        """Return the first page: the projects, and what their calls share."""
        pairs = tuple(
            (self._name(one), self._name(other), number)
            for one, other, number in self._overlaps.pairs
            if number
        )
        return self._environment.get_template("several.html").render(
            root="",
            path="index",
            projects=self._projects,
            overlaps=self._overlaps,
            drawings=draw_overlaps(pairs, self._lang),
            told=see_overlaps(pairs, self._lang),
            catalogue=CATALOGUE,
        )

    def missing(self) -> str:
        """Return the page of an address that leads nowhere."""
        template = self._environment.get_template("several_404.html")
        return template.render(root=_TO_THE_TOP, path="404")

    def _name(self, named: Call | Shared) -> str:
        return in_language(named.names, self._lang)

    def _home(self, project: Project) -> str:
        return f"{project.slug}/index{self._suffix(project)}"

    def _href(self, iri: str) -> str:
        """Return the page of a party or a call, in the website of its project."""
        project = max(
            (each for each in self._projects if iri.startswith(each.base)),
            key=lambda each: len(each.base),
        )
        return f"{project.slug}/{iri.removeprefix(project.base)}{self._suffix(project)}"

    def _suffix(self, project: Project) -> str:
        return page_suffixes(project.languages).get(self._lang, PAGE)
