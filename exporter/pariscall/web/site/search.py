"""The search index: a record for each party in each language, made by Pagefind.

Each record is a small separate page, so that a search finds the names of parties and not the
words of the site. Each text is in it with and without accents.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import Environment, PackageLoader, StrictUndefined

from ...errors import OutputError
from .endorsements import standing
from .locale import LANGUAGES
from .page import Content
from .pagefind_order import canonical
from .resources import Resource, Text, fold

_FOLDER = "pagefind"
_NAMES = ("skos:prefLabel", "skos:altLabel", "skos:notation")
# Pagefind also writes user interfaces, which are not used.
_INTERFACES = ("pagefind-component-ui", "pagefind-highlight", "pagefind-modular-ui", "pagefind-ui")


@contextmanager
def indexing(content: Content) -> Iterator[Callable[[], Iterator[tuple[str, bytes]]]]:
    """Index the parties in the background.

    Yields a function that waits for the files of the index and returns them by name.

    Raises:
        OutputError: if Pagefind fails.
    """
    from pagefind_bin import get_executable

    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _write_records(folder, content)
        command = [str(get_executable()), "--site", temporary, "--silent"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as pagefind:
            try:
                yield lambda: _finish(pagefind, folder)
            finally:
                pagefind.kill()


def _write_records(folder: Path, content: Content) -> None:
    environment = Environment(
        loader=PackageLoader("pariscall", "web/site/templates"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    template = environment.get_template("record.html")
    parties = [name for name in content.documents if name.startswith("actor/")]
    for lang in LANGUAGES:
        (folder / lang / "actor").mkdir(parents=True)
        for name in parties:
            party = content.resources[_iri(content, name)]
            record = template.render(
                lang=lang,
                party=party,
                names=_texts([party]),
                places=_texts(party.resources("msc:country")),
                filters=list(_filters(party)),
                key=fold(party.name(lang).value),
            )
            (folder / lang / f"{name}.html").write_text(record, encoding="utf-8")


def _iri(content: Content, name: str) -> str:
    return next(iter(content.documents[name].descriptions)).value


def _texts(resources: Iterable[Resource]) -> list[str]:
    """Yield the texts by which a resource is found, with and without accents."""
    texts = {
        value.value
        for resource in resources
        for predicate in _NAMES
        for value in resource.values(predicate)
        if isinstance(value, Text)
    }
    return sorted(texts | {fold(text) for text in texts})


def _filters(party: Resource) -> Iterator[tuple[str, str]]:
    """Yield the filters of a party: the name of the filter, and the code."""
    for country in party.resources("msc:country"):
        yield "country", country.code
    endorsement = standing(party)
    if endorsement is None:
        yield "status", "none"
        return
    for name in ("category", "status"):
        for resource in endorsement.resources(f"msc:{name}"):
            yield name, resource.code
    yield "year", endorsement.date("msc:since")[:4]


def _finish(pagefind: subprocess.Popen[str], folder: Path) -> Iterator[tuple[str, bytes]]:
    _, complaint = pagefind.communicate()
    if pagefind.returncode:
        raise OutputError(f"the index of the search cannot be made: {complaint.strip()}")
    written = folder / _FOLDER
    files = {
        path.relative_to(written).as_posix(): path.read_bytes()
        for path in written.rglob("*")
        if path.is_file() and not path.name.startswith(_INTERFACES)
    }
    for name, content in canonical(files).items():
        yield f"{_FOLDER}/{name}", content
