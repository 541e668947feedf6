"""The project: whose data a process works on, and under which names they are published.

A project is a folder with a file ``mscall.toml``. A process works on one: on that of ``--project``,
or else of the current folder, or else on our own, which comes with the package.
"""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from . import bundle
from .errors import MisuseError, ProjectError, did_you_mean, relative

NAME = "mscall.toml"
VARIABLE = "PARISCALL_PROJECT"
_SPDX = "https://spdx.org/licenses/"

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`?#/@]+(/[^\s<>\"{}|\\^`]*)?")
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`?#/@]+/([^\s<>\"{}|\\^`?#]*/)?")

Texts = Mapping[str, str]
_LANGUAGES = {"en": (str, True), "fr": (str, True)}
# The keys of the file: the type of a value, and whether it must be there; a mapping is a table.
_KEYS: Mapping[str, Any] = {
    "slug": (str, True),
    "base": (str, True),
    "call": (str, False),
    "licence": (str, False),
    "keywords": (list, False),
    "tables": (str, False),
    "queries": (str, False),
    "shapes": (str, False),
    "publisher": {"iri": (str, True), "name": (str, False)},
    "name": _LANGUAGES,
    "short": _LANGUAGES,
    "summary": _LANGUAGES,
    "about": {"data": _LANGUAGES, "limits": _LANGUAGES},
}
_REQUIRED = ("publisher", "name", "short")


@dataclass(frozen=True)
class Project:
    """What a project file says. Texts are by language.

    ``base`` is where the data's own IRIs begin, and ``call`` the slug of the call that the
    ready-made queries ask about: the one of that name, or the first of the tables, unless said.
    ``name`` is the title of the website, ``short`` what the call is called within a sentence,
    ``summary`` what the website is, and ``about`` what it says of the origin of the data (``data``)
    and of their limits (``limits``). ``queries`` is a folder of more ready-made queries, and ``shapes`` one of shapes that hold of this project, unless said the
    folders of these names beside the file. ``licence`` and ``publisher_name`` describe the dataset
    of a project that has one list in place of a table of datasets.
    """

    file: Path
    slug: str
    base: str
    call: str
    tables: Path
    publisher: str
    name: Texts
    short: Texts
    summary: Texts
    about: Mapping[str, Texts]
    keywords: tuple[str, ...] = ()
    queries: Path | None = None
    licence: str = ""
    publisher_name: str = ""
    shapes: Path | None = None


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
    return replace(project, file=Path(), tables=Path(), queries=None, shapes=None)


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
    text = _read(file)
    found = _Checked(file, text).content
    folder = file.resolve().parent
    return Project(
        file=file.resolve(),
        slug=found["slug"],
        base=found["base"],
        call=found.get("call") or _call(folder / found.get("tables", "."), found["slug"]),
        tables=folder / found.get("tables", "."),
        publisher=found["publisher"]["iri"],
        name=found["name"],
        short=found["short"],
        summary=found.get("summary", {}),
        about=found.get("about", {}),
        keywords=tuple(found.get("keywords", ())),
        queries=_folder(folder, found.get("queries"), "queries"),
        licence=_SPDX + found["licence"] if "licence" in found else "",
        publisher_name=found["publisher"].get("name", ""),
        shapes=_folder(folder, found.get("shapes"), "shapes"),
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


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise ProjectError(f"{relative(file)}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ProjectError(f"{relative(file)}: not UTF-8. Save the file as UTF-8.") from None


class _Checked:
    """The content of a project file, once it is known to be as it must."""

    def __init__(self, file: Path, text: str) -> None:
        self._place = relative(file)
        self._lines = text.splitlines()
        self._problems: list[str] = []
        self.content = self._parse(text)
        self._check(self.content, _KEYS, ())
        for name in _REQUIRED:
            if name not in self.content:
                self._problems.append(f"{self._place}: [{name}] is missing.")
        if not self._problems:
            self._check_values()
        if self._problems:
            raise ProjectError(*self._problems)

    def _parse(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            message, _, place = str(error).partition(" (at ")
            line = re.match(r"line (\d+)", place)
            at = f":{line[1] if line else len(self._lines)}"
            raise ProjectError(f"{self._place}{at}: not TOML: {message}.") from None

    def _check(
        self, table: Mapping[str, Any], keys: Mapping[str, Any], path: tuple[str, ...]
    ) -> None:
        for key, value in table.items():
            if key not in keys:
                self._report((*path, key), f"unknown key {key!r}.{did_you_mean(key, keys)}")
            elif isinstance(keys[key], Mapping) and not isinstance(value, dict):
                self._report((*path, key), f"{key!r} must be a table.")
            elif isinstance(keys[key], Mapping):
                self._check(value, keys[key], (*path, key))
            else:
                self._check_type((*path, key), value, keys[key][0])
        for key, kind in keys.items():
            if isinstance(kind, tuple) and kind[1] and key not in table:
                self._report(path, f"the key {key!r} is missing.")

    def _check_type(self, path: tuple[str, ...], value: object, kind: type) -> None:
        if kind is str and not (isinstance(value, str) and value.strip()):
            self._report(path, f"{path[-1]!r} must be a text that is not empty.")
        if kind is list and not (
            isinstance(value, list) and all(isinstance(item, str) for item in value)
        ):
            self._report(path, f"{path[-1]!r} must be a list of texts.")

    def _check_values(self) -> None:
        for key in ("slug", "call"):
            if not _SLUG.fullmatch(self.content.get(key, "a")):
                self._report((key,), f"{key!r} must be of a-z, 0-9 and single hyphens.")
        if not _BASE.fullmatch(self.content["base"]):
            self._report(
                ("base",),
                "'base' must be an absolute http(s) IRI that ends in '/', without ? and #.",
            )
        if not _IRI.fullmatch(self.content["publisher"]["iri"]):
            self._report(("publisher", "iri"), "'iri' must be an absolute http(s) IRI.")

    def _report(self, path: tuple[str, ...], problem: str) -> None:
        line = self._line(path)
        self._problems.append(f"{self._place}{f':{line}' if line else ''}: {problem}")

    def _line(self, path: tuple[str, ...]) -> int | None:
        """Find the line of a key or, if it is written otherwise than usual, of its table."""
        if not path:
            return None
        table: tuple[str, ...] = ()
        for number, line in enumerate(self._lines, 1):
            if header := re.match(r"\s*\[+\s*([\w.-]+)\s*\]", line):
                table = tuple(header[1].split("."))
                if table == path:
                    return number
            elif (key := re.match(r"\s*([\w.-]+)\s*=", line)) and path == (
                *table,
                *key[1].split("."),
            ):
                return number
        return self._line(path[:-1])
