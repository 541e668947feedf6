"""Several projects taken together: which they are, and that they cannot be mistaken for each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from . import bundle
from .errors import MisuseError, relative
from .project import Project, read_project
from .project_file import NAME

# The first parts of the paths that a project mints IRIs with, below its base.
MINTED = (
    *("activity", "actor", "agent", "call", "claim", "dataset", "endorsement", "event", "group"),
    *("grouping", "mapping", "registry", "source"),
)
# Names that a website or a server of several projects has for itself beside their folders.
_TAKEN = ("assets", "health", "sparql")


def find_projects(names: Sequence[Path]) -> list[Project]:
    """Return the projects of folders; the slug of the bundled project stands for it.

    Raises:
        MisuseError: if a folder has no project file, or two projects cannot be told apart.
        ProjectError: if a file is not a project file.
    """
    projects = [read_project(project_folder(name) / NAME) for name in names]
    problems = [problem for pair in combinations(projects, 2) if (problem := _collision(*pair))]
    if len(projects) > 1:
        problems += [
            f"{relative(project.file)}: a website of several projects has a folder "
            f"{project.slug!r} already. Choose another slug."
            for project in projects
            if project.slug in _TAKEN
        ]
    if problems:
        raise MisuseError(*problems)
    return projects


def project_folder(name: Path) -> Path:
    """Return the folder that a user means: one with a project file, or that of the bundled project.

    Raises:
        MisuseError: if there is no such project.
    """
    if (name / NAME).is_file():
        return name
    bundled = bundle.TABLES
    if not name.exists() and str(name) == read_project(bundled / NAME).slug:
        return bundled
    raise MisuseError(f"{relative(name / NAME)}: there is no such file. A project has one.")


def _collision(one: Project, other: Project) -> str | None:
    """Return why two projects cannot be taken together, or None if they can."""
    files = f"{relative(other.file)} and {relative(one.file)}"
    if one.file == other.file:
        return f"{relative(one.file)}: named twice. Name each project once."
    if one.slug == other.slug:
        return f"{files} have the same slug {one.slug!r}. Give one of them another."
    if one.base == other.base:
        return f"{files} have the same base {one.base}. Give one of them another."
    shorter, longer = sorted((one.base, other.base), key=len)
    if longer.startswith(shorter) and longer[len(shorter) :].partition("/")[0] in MINTED:
        return f"{files}: the base {longer} is among the IRIs below {shorter}. Give one another."
    return None
