"""Work on a project in a process of its own, since a process works on one project."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from ..errors import (
    GateError,
    MisuseError,
    NothingValidatedError,
    OutputError,
    PariscallError,
    ShapesError,
    UnreadableError,
)
from ..project import VARIABLE, Project
from .background import end_with_parent
from .progress import Progress, silent

_PROBLEM = "Error: "
_ERRORS: dict[int, type[PariscallError]] = {
    family.exit_code: family
    for family in (
        *(GateError, MisuseError, UnreadableError, OutputError),
        *(ShapesError, NothingValidatedError),
    )
}


def environment_of(project: Project) -> dict[str, str]:
    """Return the environment of a process that works on a project."""
    return {**os.environ, VARIABLE: str(project.file.parent), "PYTHONUTF8": "1"}


def run_on(
    project: Project, module: str, arguments: Sequence[str], progress: Progress = silent
) -> None:
    """Run a module of ours on a project, and report each line that it says, with its slug.

    Raises:
        PariscallError: the error that the module ended with, of the family of its exit code.
        RuntimeError: if it ended with a fault.
    """
    problems: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environment_of(project),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="backslashreplace",
        preexec_fn=end_with_parent if os.name == "posix" else None,  # noqa: PLW1509 no thread runs
    ) as process:
        assert process.stderr is not None  # noqa: S101 it is a pipe
        try:
            for line in process.stderr:
                if problems or line.startswith(_PROBLEM):
                    problems.append(line.removeprefix(_PROBLEM).rstrip("\n"))
                else:
                    progress(f"{project.slug}: {line.rstrip()}")
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        _fail(project, process.returncode, problems)


def _fail(project: Project, code: int, problems: Sequence[str]) -> None:
    if code in _ERRORS and problems:
        first, *others = problems
        raise _ERRORS[code](f"{project.slug}: {first}", *others)
    raise RuntimeError(f"{project.slug}: the process ended with {code}: {' '.join(problems)}")
