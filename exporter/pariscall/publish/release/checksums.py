"""The checksums of a release: SHA-256 by file name, in the format of ``sha256sum``."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from ...errors import ReleaseError, relative
from ...io.bounded import read_bounded

SUMS = "SHA256SUMS"
SIGNATURE = f"{SUMS}.sig"
CHECKSUM = r"[0-9a-f]{64}"
_LINE = re.compile(rf"({CHECKSUM})  (.*)")
FILE_NAME = "[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*"
_NAME = re.compile(FILE_NAME)
LONGEST_NAME = 200
_LARGEST = 1024 * 1024  # bytes of the checksums
MOST_FILES = 1_000


def read_sums(folder: Path) -> dict[str, str]:
    """Read the checksums of a release: SHA-256 by file name.

    Raises:
        ReleaseError: if they are missing, not in the format of ``sha256sum``, or too many, or if a
            name is not one of a file below the folder.
    """
    path = folder / SUMS
    try:
        lines = read_bounded(path, _LARGEST).decode().splitlines()
    except OSError as error:
        raise ReleaseError(f"{relative(path)}: cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise ReleaseError(f"{relative(path)}: cannot be read: {error}.") from None
    if len(lines) > MOST_FILES:
        raise ReleaseError(f"{relative(path)}: names more than {MOST_FILES:,} files.")
    sums: dict[str, str] = {}
    seen = set()
    for number, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line)
        if not found:
            raise ReleaseError(f"{relative(path)}:{number}: this is not a line of sha256sum.")
        if not _is_name(found[2]):
            name = repr(found[2][:LONGEST_NAME])
            raise ReleaseError(
                f"{relative(path)}:{number}: {name} is not the name of a file in a release."
            )
        if found[2].casefold() in seen:
            raise ReleaseError(f"{relative(path)}:{number}: {found[2]!r} is named twice.")
        seen.add(found[2].casefold())  # some systems have one file for both
        sums[found[2]] = found[1]
    _check_folders(path, sums)
    return sums


def file_names(folder: Path) -> list[str]:
    """Return the names of the files below a folder, in order."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def sha256(path: Path) -> str:
    """Compute the SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_name(text: str) -> bool:
    """Report whether a text can be the name of a file that the checksums cover."""
    own = text.casefold() in (SUMS.casefold(), SIGNATURE.casefold())
    return bool(_NAME.fullmatch(text)) and len(text) <= LONGEST_NAME and not own


def _check_folders(path: Path, sums: dict[str, str]) -> None:
    for name in sums:
        for above in Path(name).parents:
            if above.as_posix() in sums:
                problem = f"{above.as_posix()!r} cannot be a file and a folder"
                raise ReleaseError(f"{relative(path)}: {problem}.")
