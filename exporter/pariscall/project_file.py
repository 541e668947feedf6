"""The project file: its keys, what each must be, and on which line one is not so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

from .errors import ProjectError, did_you_mean, relative

NAME = "mscall.toml"
LANGUAGES = ("en", "fr")  # those in which the website has words

_LEAST_CONTRAST = 4.5  # https://www.w3.org/TR/WCAG22/#contrast-minimum
_HTTP = r"https?://[^\s<>\"{}|\\^`?#/@]+"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Key:
    """What the value of a key must be, in code and in words."""

    is_valid: Callable[[Any], bool]
    must: str
    is_required: bool = False


def _matching(pattern: str, must: str, *, is_required: bool = False) -> Key:
    matches = re.compile(pattern).fullmatch
    return Key(lambda value: isinstance(value, str) and bool(matches(value)), must, is_required)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_dark(value: object) -> bool:
    """Report whether white text on a colour is readable (WCAG 2.2, 1.4.3)."""
    if not isinstance(value, str) or not re.fullmatch("#[0-9a-fA-F]{6}", value):
        return False
    channels = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05) >= _LEAST_CONTRAST


_ORDERS = [list(order) for number in (1, 2) for order in permutations(LANGUAGES, number)]
_TEXT = Key(_is_text, "a text that is not empty")
_LIST = Key(_is_list, "a list of texts")
_SLUG = "[a-z0-9]+(-[a-z0-9]+)*", "of a-z, 0-9 and single hyphens"
_IRI = rf"{_HTTP}(/[^\s<>\"{{}}|\\^`]*)?", "an absolute http(s) IRI"


@dataclass(frozen=True)
class TableOf:
    """A table whose keys are free: what each key and each value must be."""

    value: Key | Mapping[str, Any] = _TEXT
    key: Key = Key(lambda key: bool(_LANGUAGE.fullmatch(key)), "a language such as en")


_TEXTS = TableOf()  # by language
_CODES = TableOf(key=_TEXT)
_FAULT = Key(lambda value: _is_list(value) and len(value) == 2, "a list of two texts")
# Another name of a party: whom it means, and the source that says so.
_ALIAS: Mapping[str, Any] = {
    "of": _matching(r"[^\s<>\"{}|\\^`]+", "the path of a page such as actor/abb", is_required=True),
    "source": _matching(*_IRI, is_required=True),
}
# The columns of ours that a field of a registry can fill.
REGISTRY_COLUMNS = ("name", "category", "country", "nature", "website", "signed", "calls")
_REGISTRY: Mapping[str, Any] = {
    "name": _matching(*_SLUG),
    "folder": _TEXT,
    "title": _TEXT,
    "list_title": _TEXT,
    "publisher": _TEXT,
    "commit_page": _matching(rf"{_HTTP}/[^\s<>\"]*", "an absolute http(s) IRI"),
    "bulk_note": _TEXTS,
    "fields": dict.fromkeys(REGISTRY_COLUMNS, _TEXT),
    "codes": dict.fromkeys(("category", "nature", "country"), _CODES),
    "faults": TableOf(_FAULT, _TEXT),
}
# The keys of the file; a mapping is a table.
KEYS: Mapping[str, Any] = {
    "slug": _matching(*_SLUG, is_required=True),
    "base": _matching(
        rf"{_HTTP}/([^\s<>\"{{}}|\\^`?#]*/)?",
        "an absolute http(s) IRI that ends in '/', without ? and #",
        is_required=True,
    ),
    "call": _matching(*_SLUG),
    "languages": Key(
        _ORDERS.__contains__, "a list of en and fr, or one of them, the first one first"
    ),
    "licence": _matching("[A-Za-z0-9.+-]+", "an SPDX identifier such as CC-BY-4.0"),
    "keywords": (_LIST, TableOf(_LIST)),
    "tables": _TEXT,
    "corrections": _TEXT,
    "decisions": _TEXT,
    "queries": _TEXT,
    "shapes": _TEXT,
    "publisher": {
        "iri": _matching(*_IRI, is_required=True),
        "name": _TEXT,
        "contact": _matching(
            rf"{_IRI[0]}|mailto:[^\s<>@]+@[^\s<>@]+", "an http(s) IRI, or mailto: with an address"
        ),
    },
    "name": _TEXTS,
    "short": _TEXTS,
    "summary": _TEXTS,
    "title": _TEXTS,
    "description": _TEXTS,
    "rights": _TEXTS,
    "about": {"data": _TEXTS, "limits": _TEXTS},
    "registry": _REGISTRY,
    "site": {
        "accent": Key(_is_dark, "a colour such as #1f4a7d, on which white text can be read"),
        "logo": _matching(r".+\.(svg|png)", "an .svg or .png file"),
        "address": _matching(
            rf"{_HTTP}/([^\s<>\"{{}}|\\^`?#]*/)?", "an absolute http(s) address that ends in '/'"
        ),
        "aliases": TableOf(_ALIAS, _TEXT),
    },
}
_REQUIRED_TABLES = ("publisher", "name", "short")
# The texts of the website, which are in each of its languages.
_OF_THE_SITE = (("name",), ("short",), ("summary",), ("about", "data"), ("about", "limits"))

_FOLDERS = ("tables", "corrections", "decisions", "queries", "shapes")
# What datasets.csv says of the dataset where it is; the project file does where it is not.
_OF_THE_DATASET = (
    *(("title",), ("description",), ("rights",), ("licence",)),
    ("publisher", "name"),
)


def read_project_file(file: Path) -> dict[str, Any]:
    """Read the keys of a project file, all of them valid; ``languages`` are those of the website.

    Raises:
        ProjectError: with one line for each problem.
    """
    return _Checked(file, _read(file)).content


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
        self._check(self.content, KEYS, ())
        for name in _REQUIRED_TABLES:
            if name not in self.content:
                self._problems.append(f"{self._place}: [{name}] is missing.")
        if not self._problems:
            self._check_languages()
            self._check_files(file.resolve().parent)
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
            else:
                self._check_value((*path, key), value, keys[key])
        for key, kind in keys.items():
            if isinstance(kind, Key) and kind.is_required and key not in table:
                self._report(path, f"the key {key!r} is missing.")

    def _check_value(self, path: tuple[str, ...], value: Any, kind: Any) -> None:
        if isinstance(kind, tuple):  # one value, or one for each language
            kind = kind[isinstance(value, dict)]
        if isinstance(kind, Key):
            if not kind.is_valid(value):
                self._report(path, f"{path[-1]!r} must be {kind.must}.")
        elif not isinstance(value, dict):
            self._report(path, f"{path[-1]!r} must be a table.")
        elif isinstance(kind, TableOf):
            self._check_entries(path, value, kind)
        else:
            self._check(value, kind, path)

    def _check_entries(
        self, path: tuple[str, ...], table: Mapping[str, Any], kind: TableOf
    ) -> None:
        if not table:
            self._report(path, f"{path[-1]!r} is empty. Fill it in, or remove it.")
        for key, value in table.items():
            if not kind.key.is_valid(key):
                self._report((*path, key), f"{key!r} must be {kind.key.must}.")
            else:
                self._check_value((*path, key), value, kind.value)

    def _check_languages(self) -> None:
        """Check that the texts of the website are in its languages: those named, or of its name."""
        named = [language for language in LANGUAGES if language in self.content["name"]]
        languages = self.content.setdefault("languages", named)
        if not languages:
            self._report(("name",), "'name' must be in en or fr, the languages of the website.")
        for path in _OF_THE_SITE:
            texts = self._value(path)
            for language in languages:
                if texts and language not in texts:
                    self._report(path, f"the key {language!r} is missing: the website has it.")

    def _check_files(self, folder: Path) -> None:
        """Check that files and folders are there, and that datasets.csv says nothing twice."""
        logo = self._value(("site", "logo"))
        if logo and not (folder / logo).is_file():
            self._report(("site", "logo"), f"there is no file {logo!r}.")
        for key in _FOLDERS:
            if key in self.content and not (folder / self.content[key]).is_dir():
                self._report((key,), f"there is no folder {self.content[key]!r}.")
        if (folder / self.content.get("tables", ".") / "datasets.csv").is_file():
            for path in _OF_THE_DATASET:
                if self._value(path):
                    self._report(path, f"datasets.csv says {path[-1]!r} too. Remove it from one.")

    def _value(self, path: tuple[str, ...]) -> Any:
        found: Any = self.content
        for key in path:
            found = found.get(key, {})
        return found

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
