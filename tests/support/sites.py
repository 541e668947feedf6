"""A small site with a release, made once, and how the names of its pages end in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from pariscall.web.site.assembly import build
from support.shared import made_once

LANGUAGES = {"en": ".html", "fr": ".fr.html"}


def site_with_release(small: Path, release: Path, factory: pytest.TempPathFactory) -> Path:
    """Return the site of the small tables and a release of them."""

    def make(folder: Path) -> None:  # in a folder of its own, which nothing else locks
        build(folder / "site", small, [release])

    return made_once(factory, "site-with-release", make) / "site"
