"""The command as a process, and the example that it can be given."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

EXAMPLE = Path(__file__).parents[1] / "example" / "valid.ttl"
_SERVER = Path(__file__).with_name("command_server.py")

Finished = subprocess.CompletedProcess[str]
Run = Callable[..., Finished]
RunIn = Callable[[Path, list[str]], Finished]


def run_command(
    folder: Path,
    arguments: list[str],
    environment: dict[str, str] | None = None,
    *,
    is_joined: bool = False,
) -> Finished:
    """Run the command in a folder, as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "pariscall", *arguments],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if is_joined else subprocess.PIPE,
        text=True,
        check=False,
        timeout=120,
    )


@contextmanager
def command_server(*, is_joined: bool = False) -> Iterator[RunIn]:
    """Yield a function that runs the command in a folder, each time as a process of its own.

    If the outputs are joined, both are returned as the standard output, in the order of a terminal.
    """
    if not hasattr(os, "fork"):
        yield partial(run_command, is_joined=is_joined)
        return
    program = [sys.executable, "-P", str(_SERVER)]
    with (
        TemporaryDirectory() as outputs,
        subprocess.Popen(program, stdin=-1, stdout=-1, text=True) as server,
    ):
        stdin, answers = server.stdin, server.stdout
        assert stdin is not None
        assert answers is not None
        files = {name: Path(outputs) / name for name in ("stdout", "stderr")}
        taken = dict.fromkeys(files, files["stdout"]) if is_joined else files

        def run(folder: Path, arguments: list[str]) -> Finished:
            for path in files.values():
                path.write_bytes(b"")
            order = {
                "arguments": arguments,
                "cwd": str(folder),
                "environment": dict(os.environ),
                **{name: str(path) for name, path in taken.items()},
            }
            stdin.write(json.dumps(order) + "\n")
            stdin.flush()
            code = int(answers.readline())
            texts = {name: path.read_text(encoding="utf-8") for name, path in files.items()}
            return subprocess.CompletedProcess(["pariscall", *arguments], code, **texts)

        yield run
        stdin.close()
