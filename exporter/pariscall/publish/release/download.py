"""Download a release, what vouches for the rest first.

That is the checksums, their signature, and the manifest, which bounds the size of each other file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ...errors import ReleaseError, relative
from ...io.progress import Progress, silent
from ...io.request import DEFAULT, DEFAULT_SIZE, Limits
from .checksums import SUMS, file_names, read_sums, sha256
from .manifest import NAME, Manifest, read_manifest
from .signature import SIGNATURE, check_signature
from .transfer import Transfer
from .wanted import ANY, Wanted

_LARGEST = 1024**3  # bytes of a release


def download(
    base: str,
    folder: Path,
    progress: Progress = silent,
    *,
    wanted: Wanted = ANY,
    limits: Limits = DEFAULT,
) -> None:
    """Download a release into a folder, where an earlier download may have broken off.

    Whether its files are what they should be is left to ``verify``.

    Args:
        base: the address of the release, with the slash at its end.
        folder: where to; it is made if it is missing.
        progress: is told of each file that was fetched.
        wanted: the release that is asked for.
        limits: what each file may take, besides a second for each kilobyte.

    Raises:
        ReleaseError: if there is no release at the address, or another one, or it is not signed as
            asked, or is too large.
        WebError: if a file does not come through; a missing one is left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    transfer = Transfer(base, folder, progress, limits)
    if not transfer.fetch(SUMS):
        raise ReleaseError(f"{base}: there is no release here, for it has no {SUMS}.")
    _refuse(folder, wanted.sums_problems(sha256(folder / SUMS)))
    _fetch_signature(transfer, wanted)
    sums = read_sums(folder)
    for name in set(file_names(folder)) - sums.keys() - {SUMS, SIGNATURE}:
        (folder / name).unlink()  # of another state of this release
    manifest = _fetch_manifest(transfer, sums)
    _refuse(folder, wanted.problems(manifest))
    for name, size in _sizes(folder, manifest, sums).items():
        transfer.fetch_checked(name, sums[name], size)


def _fetch_signature(transfer: Transfer, wanted: Wanted) -> None:
    """Fetch the signature, which a release need not have, and check it if that is asked for."""
    if not transfer.fetch(SIGNATURE):
        (transfer.folder / SIGNATURE).unlink(missing_ok=True)
    if wanted.signers:
        _refuse(transfer.folder, check_signature(transfer.folder, wanted.signers))


def _fetch_manifest(transfer: Transfer, sums: Mapping[str, str]) -> Manifest:
    folder = transfer.folder
    if NAME not in sums:
        _refuse(folder, [f"{SUMS}: does not name {NAME}."])
    transfer.fetch_checked(NAME, sums[NAME])
    if not (folder / NAME).is_file():
        _refuse(folder, [f"{NAME}: is missing."])
    if sha256(folder / NAME) != sums[NAME]:
        _refuse(folder, [f"{NAME}: was changed: its SHA-256 is not that of {SUMS}."])
    return read_manifest(folder)


def _sizes(folder: Path, manifest: Manifest, sums: Mapping[str, str]) -> dict[str, int]:
    """Return the files to fetch, with the largest size of each in bytes."""
    unknown = sorted(sums.keys() - manifest.names)
    _refuse(folder, (f"{name}: {SUMS} names it, {NAME} does not." for name in unknown))
    known = {file.path: file.size for file in manifest.files}
    sizes = {name: known.get(name, DEFAULT_SIZE) for name in sums}
    if sum(sizes.values()) > _LARGEST:
        problem = f"the release has {sum(sizes.values()):,} bytes, more than {_LARGEST:,}"
        _refuse(folder, [f"{NAME}: {problem}."])
    return sizes


def _refuse(folder: Path, problems: Iterable[str]) -> None:
    for problem in problems:
        raise ReleaseError(f"{relative(folder)}/{problem}")
