"""Export of several projects: a folder of dumps for each, and one dataset of all of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ..errors import relative
from ..io.atomic import Staging, staging
from ..io.progress import Progress, silent
from ..io.project_process import run_on
from ..project import Project, in_language
from ..query.mapping_file import write_mappings
from ..query.overlaps import read_overlaps
from ..query.union import Union, statements, union_of
from ..rdf.namespaces import PREFIXES
from ..rdf.turtle import turtle
from .export import choose

DATASET, CATALOGUE, MAPPINGS = "calls.trig", "catalog.ttl", "same-parties.sssom.tsv"
_AND = {"en": "and", "fr": "et"}


@dataclass(frozen=True)
class Summary:
    """The numbers of what an export of several projects published.

    ``parties`` counts those that are one only once; ``shared`` are those of several projects.
    """

    projects: int
    calls: int
    parties: int
    shared: int
    files: int
    seconds: float


def export_several(  # noqa: PLR0913 the options of the command
    out: Path,
    projects: Sequence[Project],
    formats: Sequence[str] = (),
    *,
    as_of: date | None = None,
    mappings: Sequence[Path] = (),
    progress: Progress = silent,
    use_cache: bool = True,
    jobs: int | None = None,
) -> Summary:
    """Check and write the dumps of projects, a folder for each, and one dataset of all of them.

    All files get their names together, when all are complete.

    Raises:
        PariscallError: as ``export``, of any of the projects.
        UnreadableError: as ``union_of``.
        OutputError: if the files cannot be written.
    """
    start = monotonic()
    wanted = {dump.name for dump in choose(formats)}
    with TemporaryDirectory() as folder, staging(out) as stage:
        folders = [Path(folder) / project.slug for project in projects]
        for project, part in zip(projects, folders, strict=True):
            arguments = _arguments(part, wanted, as_of, use_cache=use_cache)
            arguments += ["--jobs", str(jobs)] if jobs else []
            run_on(project, "pariscall", arguments, _without_place(progress))
        graphs = [
            part / f"{project.slug}.nt" for project, part in zip(projects, folders, strict=True)
        ]
        union = union_of(projects, graphs, mappings)
        _write_together(stage, projects, folders, union)
        for graph in graphs if "nt" not in wanted else ():
            graph.unlink()
        for file in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            with file.open("rb") as content:
                shutil.copyfileobj(content, stage.create(str(file.relative_to(folder))))
    progress(f"dumps: {len(stage.names)} files in {relative(out)}")
    overlaps = read_overlaps(union, projects)
    return Summary(
        projects=len(projects),
        calls=len(overlaps.calls),
        parties=overlaps.parties,
        shared=len(overlaps.shared),
        files=len(stage.names),
        seconds=monotonic() - start,
    )


def _without_place(progress: Progress) -> Progress:
    """Leave out where the dumps of one project are, which is not where they will be."""
    return lambda line: None if ": dumps: " in line else progress(line)


def _arguments(out: Path, wanted: set[str], as_of: date | None, *, use_cache: bool) -> list[str]:
    """Return the command for one project; the dataset of all is made from two of its dumps."""
    formats = [part for name in sorted(wanted | {"nt", "trig"}) for part in ("--format", name)]
    day = ["--as-of", as_of.isoformat()] if as_of else []
    cache = [] if use_cache else ["--no-cache"]
    return ["export", "--output", str(out), *formats, *day, *cache]


def _write_together(
    stage: Staging, projects: Sequence[Project], folders: Sequence[Path], union: Union
) -> None:
    """Write the dataset of all, as TriG: a graph for each project, then which parties are one."""
    dataset = stage.create(DATASET)
    for project, folder in zip(projects, folders, strict=True):
        with (folder / f"{project.slug}.trig").open("rb") as content:
            shutil.copyfileobj(content, dataset)
    for quad in statements(union.identities):
        dataset.write(f"{quad.triple} .\n".encode())
    stage.create(CATALOGUE).write(catalogue(projects, union).encode())
    stage.create(MAPPINGS).write(write_mappings(union.identities, projects).encode())


def catalogue(projects: Sequence[Project], union: Union) -> str:
    """Return the catalogue of the datasets as DCAT in Turtle; it is named by where it is."""
    languages = dict.fromkeys(lang for project in projects for lang in project.languages)
    titles = (str(Literal(_title(projects, lang), language=lang)) for lang in languages)
    head = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("dcat", "dcterms"))
    datasets = " , ".join(f"<{project.dataset}>" for project in projects)
    block = (
        "\n<>\n    a dcat:Catalog ;\n"
        f"    dcterms:title {' , '.join(titles)} ;\n    dcat:dataset {datasets} .\n\n"
    )
    return head + block + turtle(quad.triple for quad in _descriptions(projects, union))


def _title(projects: Sequence[Project], lang: str) -> str:
    """Return the names of projects as one text."""
    *names, last = [in_language(project.name, lang) for project in projects]
    return f"{', '.join(names)} {_AND[lang]} {last}"


def _descriptions(projects: Sequence[Project], union: Union) -> Iterator[Quad]:
    for project in projects:
        yield from sorted(
            union.store.quads_for_pattern(NamedNode(project.dataset), None, None, DefaultGraph()),
            key=str,
        )
