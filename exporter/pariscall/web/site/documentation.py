"""The documentation in the site: the pages that ``make docs`` builds, in the folder ``docs``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ...errors import MisuseError, relative

FOLDER = "docs"


def find_documentation(built: Path) -> Mapping[str, Path]:
    """Return the files of a built documentation by their path in the site, in order.

    Raises:
        MisuseError: if the folder has no first page.
    """
    if not (built / "index.html").is_file():
        raise MisuseError(f"{relative(built)}: there is no index.html. Run 'make docs'.")
    files = sorted(path for path in built.rglob("*") if path.is_file())
    return {f"{FOLDER}/{file.relative_to(built).as_posix()}": file for file in files}
