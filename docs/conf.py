"""Configuration of Sphinx: `make docs` builds these pages, README and CHANGELOG as a website."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

ROOT = Path(__file__).parent.parent

project = author = "Paris Call Linked Data"
extensions = ["myst_parser"]
myst_heading_anchors = 3  # links to headings work as they do on a forge, and are checked
templates_path = ["theme"]
exclude_patterns = ["theme"]
html_theme = "furo"  # no web fonts, no scripts of others
html_title = project
html_copy_source = False
html_use_index = False
html_show_copyright = False
html_show_sphinx = False

# Pages here that hold a document from the top of the repository.
_PAGES = {
    "README": "index",
    "CONTRIBUTING": "contributing",
    "CHANGELOG": "changelog",
    "SECURITY": "threat-model",
}
_INCLUDE = re.compile(r"```\{include\} \.\./(\w+\.md)\n```\n")
_TO_THE_TOP = re.compile(rf"(?<=\]\()((?:\.\./)*)\.\./({'|'.join(_PAGES)})\.md")


def setup(app: Sphinx) -> None:
    """Connect the functions below."""
    app.connect("source-read", _read)
    app.connect("build-finished", _tidy)


def _read(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Include documents from the top of the repository, and lead links to them to their pages."""
    text = _INCLUDE.sub(lambda found: _from_the_top(ROOT / found[1]), source[0])
    source[0] = _TO_THE_TOP.sub(lambda link: f"{link[1]}{_PAGES[link[2]]}.md", text)


def _from_the_top(document: Path) -> str:
    text = document.read_text(encoding="utf-8")
    text = re.sub(r"\]\((?!\w+:|#|docs/)", "](../", text)
    return text.replace("](docs/", "](")


def _tidy(app: Sphinx, _error: Exception | None) -> None:
    """Remove what no reader needs, and what is not the same bytes on every machine."""
    for name in (".buildinfo", "objects.inv"):
        (Path(app.outdir) / name).unlink(missing_ok=True)
