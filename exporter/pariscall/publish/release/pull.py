"""Pulling a release: downloaded, verified, and only then under its name."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ...errors import ReleaseError, WebError, relative
from ...io.atomic import exclusive, staged_folder
from ...io.progress import Progress, silent
from .download import download, fetch
from .index import NAME as INDEX
from .index import read_index
from .verify import verify
from .version import check_version, releases_in


def pull(
    version: str | None,
    base: str,
    out: Path,
    progress: Progress = silent,
    signers: Path | None = None,
) -> Path:
    """Download a release, the newest without a version, to a folder of its version below ``out``.

    A release that is there is not asked for again, so that this works without a network. What
    broke off is kept in a hidden folder, and the next pull goes on from there.

    Args:
        version: of the release, or nothing for the newest.
        base: the address of the folder of releases, with the slash at its end.
        out: the folder of releases here.
        progress: is told how it goes on.
        signers: a file of allowed signers, one of whom must have signed the release.

    Raises:
        MisuseError: if the version is none.
        ReleaseError: if what is there, or here, is not a whole release.
        WebError: if a file does not come through.
        OutputError: if it cannot be written, or another run writes there.
    """
    version, sums = _choose(version, base, out, progress)
    final = out / version
    with exclusive(out):
        if final.exists():
            _check(final, signers, "Remove it and pull again")
            progress(f"{relative(final)} is here already, and whole.")
            return final
        with staged_folder(final, is_resumed=True) as partial:
            download(f"{base}{version}/", partial, progress, sums=sums)
            _check(partial, signers, f"{relative(final)} was not made")
    return final


def _choose(version: str | None, base: str, out: Path, progress: Progress) -> tuple[str, str]:
    """Tell which release is meant, and which checksum the index gives it."""
    if version is not None:
        check_version(version)
        return version, ""
    try:
        known = read_index(fetch(base + INDEX), base + INDEX)
    except WebError as error:
        here = releases_in(out)
        if not here:
            raise
        progress(f"{error} The newest release that is here is taken.")
        return here[-1].name, ""
    return list(known.items())[-1]


def _check(folder: Path, signers: Path | None, consequence: str) -> None:
    problems = verify(folder, signers)
    if problems:
        more = f" (and {len(problems) - 1:,} more problems)" if len(problems) > 1 else ""
        raise ReleaseError(f"{relative(folder)}/{problems[0]}{more} {consequence}.")


def verify_url(base: str, signers: Path | None = None) -> list[str]:
    """Find everything that is wrong with a release on the web, as ``verify`` does.

    Raises:
        ReleaseError: if there is no release at the address.
        WebError: if a file does not come through.
        MisuseError: if a signature cannot be checked here.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        try:
            download(base, folder)
            return verify(folder, signers)
        except ReleaseError as error:
            raise ReleaseError(str(error).replace(f"{folder}/", base)) from None
