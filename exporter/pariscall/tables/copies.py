"""Copies of tables that are at addresses of object stores, so that a run reads them quickly, and as they were.

Messages name the files by their addresses. A copy lasts as long as its process, at the most.
"""

from __future__ import annotations

import json
from pathlib import Path
from shutil import rmtree
from threading import Lock

from .. import bundle
from ..errors import UnreadableError, name_by_address
from ..io.objects import ObjectFolder, object_folder
from ..io.temporary import make_temporary_folder
from ..project_file import NAME

# By the address; a process that is forked has those of its parent.
_COPIES: dict[str, Path] = {}
_LOCK = Lock()


def copy_of(address: str, *, is_new: bool = False) -> Path:
    """Return a copy of the folder of tables at an address, which is made once.

    A project, which has a project file, is copied whole. Of another folder, the description of the
    tables is copied, with the tables that it names.

    Args:
        address: as fsspec knows it, such as ``s3://bucket/folder``.
        is_new: whether a copy that was made before is out of date.

    Raises:
        MisuseError: if what knows such addresses is not installed.
        UnreadableError: if the files cannot be copied.
    """
    address = address.rstrip("/")
    with _LOCK:
        if is_new and address in _COPIES:
            rmtree(_COPIES.pop(address), ignore_errors=True)
        found = _known(address)
        if found is None:
            found = _COPIES[address] = _copy(address)
        return found


def address_of(folder: Path) -> str | None:
    """Return the address that a folder is a copy of, or a part of one, if it is."""
    whole = folder.resolve()
    for address, copy in _COPIES.items():
        if whole.is_relative_to(copy):
            return "/".join([address, *whole.relative_to(copy).parts])
    return None


def _known(address: str) -> Path | None:
    """Return the copy of a folder, or of one that it is in, if it was made before."""
    for known, copy in _COPIES.items():
        if f"{address}/".startswith(f"{known}/") and (copy / address[len(known) + 1 :]).is_dir():
            return copy / address[len(known) + 1 :]
    return None


def _copy(address: str) -> Path:
    source = object_folder(address)
    try:
        folder = make_temporary_folder("pariscall-tables-")
        name_by_address(folder, str(source))
        there = source.sizes()
        wanted = _wanted(source, there)
        source.fetch([name for name in there if name in wanted and _is_below(name)], folder)
    except OSError as error:
        raise UnreadableError(f"{source}: cannot be read: {error.strerror}.") from error
    return folder


def _wanted(source: ObjectFolder, there: dict[str, int]) -> set[str]:
    """Return the names of the files that are copied, if they are there."""
    if NAME in there:
        return set(there)
    if bundle.METADATA not in there:
        return set()
    try:
        tables = json.loads(source.read(bundle.METADATA))["tables"]
        return {bundle.METADATA, *(table["url"] for table in tables)}
    except (ValueError, KeyError, TypeError):  # whoever reads it says what is wrong
        return {bundle.METADATA}


def _is_below(name: str) -> bool:
    """Report whether a name, which a store may have in any form, is that of a file below a folder."""
    return "\\" not in name and not {"", ".", ".."} & set(name.split("/"))
