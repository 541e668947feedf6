"""A new project, made from a list: its files, all of them or none."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Template

from ... import __version__
from ...errors import MisuseError, TableError, relative
from ...io.atomic import staging
from ...project_file import NAME
from ...tables.csvw import SIGNATORIES
from ...tables.signatories import COLUMNS
from ...tables.text import slug
from .reading import Reading, Record

_ADDRESS = re.compile(r"https?://[^/?#:@\s<>\"]+[.][^/?#:@\s<>\"]+(:[0-9]+)?([/?#][^\s<>\"]*)?")
_TABLES: Mapping[str, Sequence[str]] = {
    "calls.csv": (
        *("call", "label_en", "label_fr", "launched", "launched_at", "initiator", "registry"),
        *("website", "source"),
    ),
    "principles.csv": ("call", "principle", "title_en", "title_fr", "wording_en", "source"),
    "sources.csv": (
        *("source", "title", "publisher", "type", "issued", "url", "registry", "commit"),
    ),
    SIGNATORIES: COLUMNS,
}


class _Template(Template):
    delimiter = "%"


@dataclass(frozen=True)
class NewProject:
    """What a new project is called, and where it belongs. Dates are ``YYYY-MM-DD``.

    ``titles`` are by language, English and French or one of them, ``list_address`` is where the list is on the web, and ``action`` our
    Action as ``OWNER/REPOSITORY@COMMIT``; each of the two may be empty.
    """

    titles: Mapping[str, str]
    base: str
    launched: str
    listed: str
    publisher: str
    licence: str
    website: str
    list_address: str = ""
    action: str = ""

    @property
    def title(self) -> str:
        """The title in the main language."""
        return next(iter(self.titles.values()))

    @property
    def slug(self) -> str:
        """The name of the dataset and of the call in IRIs and files."""
        return slug(self.title)

    @property
    def source(self) -> str:
        """The name of the list, in the state of its date."""
        return f"list-{self.listed}"

    def check(self) -> None:
        """Check what does not depend on the list.

        Raises:
            MisuseError: with one line for each problem.
        """
        problems = [
            f"the title {title!r} must begin with a capital letter or a digit."
            for title in self.titles.values()
            if not re.match(r"(?![a-z])\w", title)
        ]
        if not self.slug:
            problems.append(f"no name of files can be made from the title {self.title!r}.")
        problems += [
            f"{address!r} is not a web address."
            for address in (self.base, self.website, self.list_address)
            if address and not _ADDRESS.fullmatch(address)
        ]
        if self.launched > self.listed:
            problems.append(
                f"the list is of {self.listed}, before the launch on {self.launched}. Correct --date."
            )
        if problems:
            raise MisuseError(*problems)


def check_signatories(reading: Reading, launched: str, listed: str) -> None:
    """Check that a list names somebody, and nobody who signed before the launch or later than it.

    Raises:
        TableError: with one line for each cell.
    """
    if not reading.records:
        raise TableError(
            [f"{reading.grid.name}: it names nobody. Write one signatory on each row."]
        )
    problems = []
    for number, record in zip(reading.lines, reading.records, strict=True):
        for column in ("signed", "left"):
            day = record.get(column, "")
            where = f"{reading.grid.name}:{number}: {column} is {day}"
            if day and day < launched[: len(day)]:
                problems.append(f"{where}, before the launch on {launched}. Correct one of them.")
            if day > listed:
                problems.append(
                    f"{where}, after the day of the list, {listed}. Correct one of them."
                )
    if problems:
        raise TableError(problems)


def write_project(folder: Path, project: NewProject, records: Iterable[Record]) -> list[str]:
    """Write the files of a new project, all of them or none, and return their names.

    Raises:
        MisuseError: if the project is called what it cannot be, or one of the files is there.
        OutputError: if a file cannot be written.
    """
    project.check()
    files = _files(project, records)
    for name in files:
        if (folder / name).exists():
            place = relative(folder / name)
            raise MisuseError(
                f"{place}: it is there already. Nothing was written; choose a new folder."
            )
    with staging(folder) as stage:
        for name, text in files.items():
            stage.create(name).write(text.encode())
    return list(files)


def _files(project: NewProject, records: Iterable[Record]) -> dict[str, str]:
    values = {
        "title": project.title,
        "version": __version__,
        "date": project.listed.replace("-", "."),
        "list": json.dumps(project.list_address),
        "action": project.action,
    }
    kind = "action" if project.action else "command"
    values["validate"] = _filled(f"validate-{kind}.yml", values)
    files = {
        NAME: _project_file(project),
        **_tables(project, records),
        "README.md": _filled("README.md", values),
        ".github/workflows/publish.yml": _filled("publish.yml", values),
        ".pre-commit-config.yaml": _filled("pre-commit-config.yaml", values),
        ".gitignore": "build/\n",
    }
    if project.list_address:
        files[".github/workflows/update.yml"] = _filled("update.yml", values)
    return files


def _filled(name: str, values: Mapping[str, str]) -> str:
    template = resources.files(__package__).joinpath("project", name).read_text("utf-8")
    return _Template(template).substitute(values)


def _project_file(project: NewProject) -> str:
    texts = "".join(f"{lang} = {_quoted(text)}\n" for lang, text in project.titles.items())
    return (
        f"slug = {_quoted(project.slug)}\n"
        "# Where the addresses of the data begin: one of yours. Do not change it once published.\n"
        f"base = {_quoted(project.base)}\n"
        "# https://spdx.org/licenses/\n"
        f"licence = {_quoted(project.licence)}\n\n"
        "[publisher]\n"
        f"iri = {_quoted(project.base + 'agent/publisher')}\n"
        f"name = {_quoted(project.publisher)}\n\n"
        f"# The title of the website.\n[name]\n{texts}\n"
        f"# What the call is called within a sentence.\n[short]\n{texts}"
    )


def _quoted(text: str) -> str:
    """Return a basic string of TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _tables(project: NewProject, records: Iterable[Record]) -> dict[str, str]:
    call = {
        "call": project.slug,
        "label_en": project.titles.get("en", ""),
        "label_fr": project.titles.get("fr", ""),
        "launched": project.launched,
        "website": project.website,
        "source": project.source,
    }
    address = project.list_address or project.website
    source = source_record(project.title, project.publisher, project.listed, address)
    rows: dict[str, Iterable[Record]] = {
        "calls.csv": [call],
        "principles.csv": [],
        "sources.csv": [source],
        SIGNATORIES: records,
    }
    return {name: _csv(_TABLES[name], found) for name, found in rows.items()}


def source_record(title: str, publisher: str, day: str, address: str) -> Record:
    """Return the source that a list is in the state of a date."""
    return {
        "source": f"list-{day}",
        "title": f"Signatories of {title} on {day}",
        "publisher": publisher,
        "type": "official-statement",
        "issued": day,
        "url": address,
    }


def _csv(columns: Sequence[str], records: Iterable[Record]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()
