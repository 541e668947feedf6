"""Pull a release: it is downloaded and verified before it gets its name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from ...errors import ReleaseError, WebError, relative
from ...io.atomic import exclusive, staged_folder
from ...io.http import get
from ...io.progress import Detail, Progress, silent
from ...io.response import Answer
from .download import download
from .index import NAME as INDEX
from .index import read_index
from .manifest import read_manifest
from .verify import find_problems
from .version import check_version, in_order, releases_in
from .wanted import Wanted, dataset_named, version_named


def pull(  # noqa: PLR0913 one for each setting
    version: str | None,
    base: str,
    out: Path,
    progress: Progress = silent,
    signers: Path | None = None,
    *,
    max_age: int | None = None,
) -> Path:
    """Download a release, or the newest one, to a folder of its version below ``out``.

    A release that is there is verified and not fetched again, so this works without a network. What
    broke off is kept in a hidden folder, and the next pull goes on from there.

    Args:
        version: of the release, or nothing for the newest.
        base: the address of the folder of releases, with the slash at its end.
        out: the folder of releases here.
        progress: is told of each file that was fetched.
        signers: a file of allowed signers, one of whom must have signed the release.
        max_age: days since the date of the version, beyond which it is refused. Only this tells
            that newer releases are hidden (TUF, freeze attack).

    Raises:
        MisuseError: if the version is invalid.
        ReleaseError: if what is there, or here, is not a whole release, or is another one; or if
            the newest one there is older than the newest one here, or than ``max_age``.
        WebError: if a file does not come through.
        OutputError: if it cannot be written, or another run writes there.
    """
    is_newest = version is None
    version, sums = _choose(version, base, out, progress)
    age = (datetime.now(UTC).date() - check_version(version)).days
    if max_age is not None and age > max_age:
        raise ReleaseError(
            f"{base}: release {version} is {age:,} days old, more than {max_age:,}. There may be a "
            "newer one that does not come through: ask its publisher."
        )
    if is_newest and age > 0:
        progress(f"The newest release is {version}, {age:,} {'day' if age == 1 else 'days'} old.")
    final = out / version
    wanted = Wanted(version, dataset_named(base) or _dataset_here(out), sums, signers)
    with exclusive(out):
        if final.exists():
            _check(final, wanted, "Remove it and pull again")
            progress(f"{relative(final)} is here already, and whole.")
            return final
        with staged_folder(final, is_resumed=True) as partial:
            download(f"{base}{version}/", partial, progress, wanted=wanted)
            _check(partial, wanted, f"{relative(final)} was not made")
    return final


def _choose(
    version: str | None, base: str, out: Path, progress: Progress
) -> tuple[str, str | None]:
    """Return the version that is asked for, and the checksum that the index gives it, if known."""
    if version is not None:
        check_version(version)
        return version, None
    here = releases_in(out)
    try:
        known = read_index(get(base + INDEX, Answer.content), base + INDEX)
    except WebError as error:
        if not here:
            raise
        progress(f"{error} The newest release that is here is taken.")
        return here[-1].name, None
    newest, sums = list(known.items())[-1]
    if in_order([newest, *(path.name for path in here)])[-1] != newest:
        raise ReleaseError(
            f"{base}{INDEX}: its newest release is {newest}, older than {relative(here[-1])}. An "
            "index is never taken back: ask its publisher, or name the version that you want."
        )
    return newest, sums


def _dataset_here(out: Path) -> str | None:
    """Return the dataset whose releases are in a folder."""
    here = releases_in(out)
    return read_manifest(here[-1]).dataset if here else None


def _check(folder: Path, wanted: Wanted, consequence: str) -> None:
    problems = find_problems(folder, wanted)
    if problems:
        more = f" (and {len(problems) - 1:,} more problems)" if len(problems) > 1 else ""
        raise ReleaseError(f"{relative(folder)}/{problems[0]}{more} {consequence}.")


def verify_url(base: str, signers: Path | None = None, progress: Progress = silent) -> list[str]:
    """Return everything that is wrong with a release on the web, as ``verify`` does.

    Raises:
        ReleaseError: if there is no release at the address, or another one than it names.
        WebError: if a file does not come through.
        MisuseError: if a signature cannot be checked here.
    """
    version = version_named(unquote(base.rstrip("/").rpartition("/")[2]))
    wanted = Wanted(version, dataset_named(base), signers=signers)
    with TemporaryDirectory() as name:
        folder = Path(name)
        try:
            download(base, folder, lambda line: progress(Detail(line)), wanted=wanted)
            return find_problems(folder, wanted, progress)
        except ReleaseError as error:
            raise ReleaseError(str(error).replace(f"{folder}/", base)) from None
