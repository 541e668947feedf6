"""The search index, made by Pagefind from a small separate page for each record and language.

Beside it are the words of the records, by which the page corrects a word that is in no record.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ...errors import OutputError
from ...io.templates import template_environment
from ..routes.preferences import PAGE_SUFFIXES
from .page import Content
from .pagefind_order import canonical
from .search_records import records

_FOLDER = "pagefind"
# A whole name is a word of its own with this end, which no other word has.
_END_OF_NAME = "xqzx"
# Pagefind also writes user interfaces, which are not used.
_INTERFACES = ("pagefind-component-ui", "pagefind-highlight", "pagefind-modular-ui", "pagefind-ui")


@contextmanager
def indexing(content: Content) -> Iterator[Callable[[], Iterator[tuple[str, bytes]]]]:
    """Index the records in the background.

    Yields a function that waits for the files of the index and returns them by name.

    Raises:
        OutputError: if Pagefind fails.
    """
    from pagefind_bin import get_executable

    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        words = _write_records(folder, content)
        command = [str(get_executable()), "--site", temporary, "--silent"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as pagefind:
            try:
                yield lambda: _finish(pagefind, folder, words)
            finally:
                pagefind.kill()


def _write_records(folder: Path, content: Content) -> bytes:
    """Write the records as pages; return their words and names, the same in each language."""
    template = template_environment("web/site/templates").get_template("record.html")
    words: set[str] = set()
    names: set[str] = set()
    for lang in PAGE_SUFFIXES:
        for record in records(content, lang):
            words |= record.words
            names |= set(record.whole_names)
            path = folder / lang / f"{record.document}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            page = template.render(lang=lang, record=record, end_of_name=_END_OF_NAME)
            path.write_text(page, encoding="utf-8")
    known = {"words": sorted(words), "names": sorted(names), "end": _END_OF_NAME}
    return json.dumps(known, ensure_ascii=False).encode()


def _finish(
    pagefind: subprocess.Popen[str], folder: Path, words: bytes
) -> Iterator[tuple[str, bytes]]:
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
    yield f"{_FOLDER}/words.json", words
