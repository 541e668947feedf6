"""The project: whose data a process works on, and under which names they are published.

A project is a folder with a file ``mscall.toml``. A process works on one: on that of ``--project``,
or else of the current folder, or else on our own, which comes with the package.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from . import bundle
from .errors import MisuseError, relative
from .project_file import NAME, REGISTRY_COLUMNS, read_project_file

VARIABLE = "PARISCALL_PROJECT"
_SPDX = "https://spdx.org/licenses/"

Texts = Mapping[str, str]
_TABLES_OF_TEXTS = ("name", "short", "summary", "title", "description", "rights", "about")


@dataclass(frozen=True, kw_only=True)
class Alias:
    """Another name for a page of the website (``actor/abb``), with the source that says so."""

    name: str
    of: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Site:
    """How the website looks and what it finds.

    ``accent`` is a colour as #rrggbb, ``logo`` an SVG or PNG file, ``address`` where the website is,
    ``aliases`` are further names for the search.
    """

    accent: str | None = None
    logo: Path | None = None
    address: str | None = None
    aliases: tuple[Alias, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Registry:
    """How the official registry is kept in git, and what its states are called.

    ``fields`` are the fields of an entry by the columns of ours that they fill, and ``codes`` what
    published values mean, by column. ``{day}`` and ``{commit}`` stand for those of a state.
    ``faults`` are entries that are not YAML: file to what is wrong in it, and what is meant.
    """

    name: str
    folder: str | None
    title: str
    list_title: str
    publisher: str
    commit_page: str
    bulk_note: Texts
    fields: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    faults: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Project:
    """What a project file says. Texts are by language.

    ``base`` is where the data's own IRIs begin, and ``call`` the slug of the call that the
    ready-made queries ask about: the one of that name, or the first of the tables, unless said.
    ``languages`` are those of the website, the main one first. ``name`` is its title, ``short``
    what the call is called within a sentence, ``summary`` what the website is, and ``about`` what
    it says of the origin of the data (``data``) and of their limits (``limits``). ``publisher`` and
    ``licence`` are IRIs, ``contact`` one or nothing.

    ``title``, ``description``, ``rights``, ``licence`` and ``publisher_name`` describe the dataset
    of tables that have no datasets.csv. ``tables``, ``corrections``, ``decisions`` and ``queries``
    are folders, and so is ``shapes``, of shapes that hold of this project; the last two are beside
    the file unless said.
    """

    file: Path
    slug: str
    base: str
    call: str
    languages: tuple[str, ...]
    tables: Path
    corrections: Path
    decisions: Path
    queries: Path | None = None
    shapes: Path | None = None
    publisher: str
    publisher_name: str = ""
    contact: str | None = None
    licence: str = ""
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: Texts
    short: Texts
    summary: Texts
    title: Texts
    description: Texts
    rights: Texts
    about: Mapping[str, Texts]
    registry: Registry
    site: Site = Site()

    @property
    def main_language(self) -> str:
        """The language that the website shows first."""
        return self.languages[0]

    @property
    def dataset(self) -> str:
        """The IRI of its dataset, which names the graph of its data too."""
        return f"{self.base}dataset/{self.slug}"


def in_language(texts: Texts, language: str) -> str:
    """Return a text in a language or, if it lacks that, in the first that it has."""
    return texts.get(language) or next(iter(texts.values()), "")


@cache
def current() -> Project:
    """Return the project of this process.

    Raises:
        ProjectError: if its file cannot be read, or is not a project file.
    """
    return read_project(_file())


def select(folder: Path) -> None:
    """Choose the project of this process, and of the processes that it starts.

    Raises:
        MisuseError: if the folder has no project file, or this process has another project already.
    """
    file = folder / NAME
    if not file.is_file():
        raise MisuseError(f"{relative(file)}: there is no such file. A project has one.")
    if current.cache_info().currsize:
        if _names(read_project(file)) != _names(current()):
            raise MisuseError("a process works on one project. Start another for this one.")
    else:
        os.environ[VARIABLE] = str(folder.resolve())


def is_chosen() -> bool:
    """Report whether the project was chosen by its folder, not by where the command runs."""
    return VARIABLE in os.environ


def _names(project: Project) -> Project:
    """Return a project wherever its files are."""
    return replace(
        project,
        file=Path(),
        tables=Path(),
        corrections=Path(),
        decisions=Path(),
        queries=None,
        shapes=None,
    )


def _file() -> Path:
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen) / NAME
    here = Path.cwd() / NAME
    return here if here.is_file() else bundle.TABLES / NAME


def read_project(file: Path) -> Project:
    """Read a project file.

    Raises:
        ProjectError: with one line for each problem.
    """
    found = read_project_file(file)
    folder = file.resolve().parent
    tables = folder / found.get("tables", ".")
    publisher, site = found["publisher"], found.get("site", {})
    keywords = found.get("keywords", {})
    if isinstance(keywords, list):
        keywords = {found["languages"][0]: keywords}
    return Project(
        file=file.resolve(),
        slug=found["slug"],
        base=found["base"],
        call=found.get("call") or _call(tables, found["slug"]),
        languages=tuple(found["languages"]),
        tables=tables,
        corrections=folder / found["corrections"] if "corrections" in found else tables,
        decisions=folder / found["decisions"] if "decisions" in found else tables,
        queries=_folder(folder, found.get("queries"), "queries"),
        publisher=publisher["iri"],
        publisher_name=publisher.get("name", ""),
        contact=publisher.get("contact"),
        licence=_SPDX + found["licence"] if "licence" in found else "",
        shapes=_folder(folder, found.get("shapes"), "shapes"),
        keywords={language: tuple(words) for language, words in keywords.items()},
        **{key: found.get(key, {}) for key in _TABLES_OF_TEXTS},
        registry=_registry(found.get("registry", {}), found),
        site=Site(
            accent=site.get("accent"),
            logo=folder / site["logo"] if "logo" in site else None,
            address=site.get("address"),
            aliases=tuple(
                Alias(name=name, **meant) for name, meant in site.get("aliases", {}).items()
            ),
        ),
    )


def _registry(found: Mapping[str, Any], project: Mapping[str, Any]) -> Registry:
    """Return how the registry is kept; one that names no fields has those of our columns."""
    name = found.get("name", project["slug"])
    return Registry(
        name=name,
        folder=found.get("folder"),
        title=found.get("title", f"Registry {name} on {{day}}"),
        list_title=found.get("list_title", f"List {name} on {{day}}"),
        publisher=found.get("publisher", project["publisher"].get("name", "")),
        commit_page=found.get("commit_page", ""),
        bulk_note=found.get("bulk_note", {}),
        fields=found.get("fields", {column: column for column in REGISTRY_COLUMNS}),
        codes=found.get("codes", {}),
        faults={file: (old, new) for file, (old, new) in found.get("faults", {}).items()},
    )


def _folder(project: Path, named: str | None, usual: str) -> Path | None:
    """Return the folder that the project file names, or the one of the usual name if it is there."""
    folder = project / (named or usual)
    return folder if named or folder.is_dir() else None


def _call(tables: Path, slug: str) -> str:
    """Return the call that a project is about if it does not say so: that of its name, or the first."""
    try:
        with (tables / "calls.csv").open(encoding="utf-8", newline="") as file:
            calls = [row["call"] for row in csv.DictReader(file)]
    except (OSError, ValueError, KeyError, csv.Error):  # whoever reads the table says what is wrong
        return slug
    return slug if slug in calls or not calls else calls[0]
