"""What ``pariscall validate`` was asked to do: the options as one value, checked and carried out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..io.progress import Progress
    from ..validation.report import Report

_MEBIBYTE = 1 << 20
Wanted = tuple[str, Path | None]


@dataclass(frozen=True)
class Request:
    """What the command was asked to do."""

    files: tuple[str, ...]
    data_format: str | None
    allow_network: bool
    allow_unmapped: bool
    fix: bool
    folder: Path | None
    shapes: tuple[str, ...]
    engine: str
    reports: list[Wanted]
    lang: str
    fail_on: str
    allow_empty: tuple[str, ...]
    allow_ill_typed: bool
    require_imports: bool
    allow_not_run: bool
    coverage: bool
    timeout: float | None
    memory: int | None
    jobs: int | None
    scheduler: str | None
    use_cache: bool
    baseline: Path | None
    update_baseline: bool
    reason: str | None
    expires: datetime | None

    def check(self) -> None:
        """Check that the options go together."""
        from ..tables.copies import address_of

        if self.files and self.folder:
            raise click.UsageError("Name either files or --tables, not both.")
        for option in ("jobs", "scheduler"):
            if self.files and getattr(self, option):
                raise click.UsageError(f"--{option} is for tables. Leave it out.")
        if self.scheduler and (self.engine != "oxigraph" or self.coverage):
            raise click.UsageError("--scheduler goes with the fast engine, and without --coverage.")
        if self.files and self.fix:
            raise click.UsageError("--fix rewrites tables. Name them with --tables.")
        if self.update_baseline and not (self.baseline and self.reason and self.expires):
            raise click.UsageError("--update-baseline needs --baseline, --reason and --expires.")
        if self.fix and self.folder and address_of(self.folder):
            raise click.UsageError(
                "--fix rewrites tables of this machine, not those at an address."
            )
        if not self.update_baseline and (self.reason or self.expires):
            raise click.UsageError("--reason and --expires go with --update-baseline.")


def judge(request: Request, progress: Progress) -> Report:
    """Validate what is asked for, and return the report that the exit code is read from."""
    from ..io.cache import caching
    from ..io.progress import Detail
    from ..rdf.reader import InputOptions
    from ..tables.csvw import TABLES
    from ..validation.files import validate_files
    from ..validation.validate import validate_tables

    if request.files:
        options = InputOptions(request.data_format, request.allow_network)
        validation = partial(
            validate_files,
            request.files,
            options=options,
            allow_unmapped=request.allow_unmapped,
        )
    else:
        folder = request.folder or TABLES
        if request.fix:
            _fix(folder, progress)
        validation = partial(
            validate_tables, folder, jobs=request.jobs, scheduler=request.scheduler
        )
    work = partial(
        validation,
        request.shapes,
        request.engine,
        allow_empty=request.allow_empty,
        allow_ill_typed=request.allow_ill_typed,
        require_imports=request.require_imports,
        allow_not_run=request.allow_not_run,
        coverage=request.coverage,
    )
    with caching(is_used=request.use_cache):
        report = _within_limits(work, request).failing_on(request.fail_on)
    progress(Detail(f"shapes: {report.triples:,} triples judged"))
    if not request.baseline:
        return report
    return _with_baseline(report, request.baseline, request, progress)


def _fix(folder: Path, progress: Progress) -> None:
    from ..tables.csvw import list_of_signatories, read_schema
    from ..tables.repair import repair_tables

    changes = repair_tables(read_schema(folder), list_of_signatories(folder))
    for change in changes:
        progress(change)
    progress(f"{len(changes):,} changes")


def _within_limits(work: Callable[[], Report], request: Request) -> Report:
    """Validate in a watched process what strangers wrote, or what must keep limits."""
    from ..validation.limits import validate_within

    if not (request.files or request.shapes or request.timeout or request.memory):
        return work()
    return validate_within(work, request.timeout, request.memory and request.memory * _MEBIBYTE)


def _with_baseline(report: Report, path: Path, request: Request, progress: Progress) -> Report:
    from ..validation import baseline

    today = datetime.now(UTC).date()
    if request.reason and request.expires:
        number = baseline.update(report, path, request.reason, request.expires.date(), today)
        progress(f"{path}: {number:,} rows are new or renewed")
    return baseline.accept(report, path, today)
