"""The commands ``pariscall release``, ``pariscall verify`` and ``pariscall pull``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import (
    WebFolder,
    example,
    jobs_option,
    output_folder_option,
    scheduler_option,
    summary_options,
    tables_option,
)
from .screen import echo

if TYPE_CHECKING:
    from .reporter import Reporter

output_option = output_folder_option(
    "build/releases", "Folder of releases; each release is a folder in it."
)


@dataclass(frozen=True)
class ReleaseSummary:
    """The size of a release."""

    version: str
    triples: int
    files: int
    bytes: int
    seconds: float


@dataclass(frozen=True)
class Verification:
    """What is wrong with a release, a line for each problem."""

    problems: list[str]
    seconds: float


@dataclass(frozen=True)
class PullSummary:
    """The size of a release that is here and whole."""

    version: str
    files: int
    bytes: int
    seconds: float


@click.command(
    epilog=example("pariscall release 2026.11.22", "pariscall release 2026.11.22 --quiet --json")
)
@click.argument("version")
@output_option
@click.option(
    "--sign",
    "key",
    type=click.Path(path_type=Path),
    metavar="KEY",
    help="SSH key to sign the release with, by ssh-keygen.",
)
@tables_option
@jobs_option
@scheduler_option
@summary_options
def release(  # noqa: PLR0913 one for each option
    *,
    version: str,
    out: Path,
    key: Path | None,
    folder: Path | None,
    jobs: int | None,
    scheduler: str | None,
    reporter: Reporter,
) -> None:
    """Write a versioned and described release.

    VERSION is a date such as 2026.11.22, with one more number if a date has several releases. The
    release holds the dumps (plain and compressed), the vocabularies, reports, a manifest,
    descriptions for catalogues and tools (DCAT, VoID, schema.org, Data Package, RO-Crate,
    Croissant, CITATION.cff) and SHA256SUMS. The same tables and version give the same bytes;
    SOURCE_DATE_EPOCH sets the date of issue. An existing release is never changed.
    """
    from ..publish.release.assembly import release as make
    from ..tables.csvw import TABLES

    manifest = make(
        version,
        out,
        folder or TABLES,
        progress=reporter.progress,
        key=key,
        jobs=jobs,
        scheduler=scheduler,
    )
    size = sum(file.size for file in manifest.files)
    summary = ReleaseSummary(
        version, manifest.statistics.triples, len(manifest.files), size, reporter.seconds
    )
    reporter.finish(
        out / version,
        summary,
        f"{out / version}: {summary.triples:,} triples, {summary.files:,} files, {size:,} bytes",
    )


signers_option = click.option(
    "--verify-signature",
    "signers",
    type=click.Path(path_type=Path),
    metavar="SIGNERS",
    help="File of allowed signers (ssh-keygen), one of whom must have signed the release.",
)


@click.command(
    epilog=example(
        "pariscall verify build/releases/2026.11.22",
        "pariscall verify https://example.org/releases/2026.11.22/ --json",
        "pariscall verify s3://bucket/parts",
    )
)
@click.argument("release", metavar="FOLDER_OR_URL")
@signers_option
@summary_options
@click.pass_context
def verify(ctx: click.Context, *, release: str, signers: Path | None, reporter: Reporter) -> None:
    """Verify a release or a partitioned export.

    The checks: checksums and sizes, the list of files, compressed copies, triple counts, equal
    graphs in all formats, every description, and the version that the folder is named after. Each
    problem is printed on one line, and the exit code is 1 if there is any. A release at a URL is
    downloaded, verified and deleted; unexpected files cannot be seen there. Of a partitioned export
    (pariscall export --partitioned), in a folder or in an object store (s3://BUCKET/FOLDER), every file
    is checked against its manifest, and its triples and rows are counted.
    """
    from ..io.storage import folder_at, has_scheme
    from ..publish.partitions.manifest import is_partitioned

    said, wrong = "whole, the same in every format, and truly described", "not as it was released"
    if release.startswith(("http://", "https://")):
        from ..publish.release.pull import verify_url

        problems = verify_url(WebFolder().convert(release, None, ctx), signers, reporter.progress)
    elif has_scheme(release) or is_partitioned(folder_at(release)):
        if signers:
            raise click.UsageError(
                "A partitioned export has no signature: leave out --verify-signature."
            )
        from ..publish.partitions.verify import verify as find_problems_of_parts

        problems = find_problems_of_parts(release, reporter.progress)
        said, wrong = "whole, and as its manifest says", "not as it was exported"
    else:
        from ..publish.release.verify import verify as find_problems

        problems = find_problems(Path(release), signers, reporter.progress)
    reporter.finish(release, Verification(problems, reporter.seconds), *problems)
    if problems:
        number = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
        echo(f"{release}: {wrong}, {number}", err=True)
        ctx.exit(1)
    if not reporter.as_json:
        echo(f"{release}: {said}", err=True)


def _releases_of_project() -> str:
    from ..rdf.namespaces import DATASET

    return f"{DATASET.value}/"


@click.command(epilog=example("pariscall pull 2026.11.22 --from https://example.org/releases/"))
@click.argument("version", required=False)
@click.option(
    "--from",
    "base",
    type=WebFolder(),
    envvar="PARISCALL_RELEASES",
    default=_releases_of_project,
    show_default="those of the project",
    show_envvar=True,
    help="URL of the folder of releases, with its releases.json.",
)
@output_option
@signers_option
@click.option(
    "--max-age",
    type=click.IntRange(min=0),
    metavar="DAYS",
    help="Refuse a release whose version is a date longer ago than this.",
)
@summary_options
def pull(  # noqa: PLR0913 one for each option
    *,
    version: str | None,
    base: str,
    out: Path,
    signers: Path | None,
    max_age: int | None,
    reporter: Reporter,
) -> None:
    """Download a release and verify it.

    Without VERSION, the newest release is taken, and its age is said; an index whose newest
    release is older than one that is here is refused. An interrupted download is resumed by the next
    run. The release gets its name when it is complete and verified; a release that is already
    here is not downloaded again, so no network is needed for it. Prints the folder of the release.
    """
    from ..publish.release.manifest import read_manifest
    from ..publish.release.pull import pull as fetch

    folder = fetch(version, base, out, reporter.progress, signers, max_age=max_age)
    files = read_manifest(folder).files
    size = sum(file.size for file in files)
    summary = PullSummary(folder.name, len(files), size, reporter.seconds)
    reporter.finish(folder, summary, str(folder))
