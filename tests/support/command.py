"""The command as a process, and the example that it can be given."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

EXAMPLE = Path(__file__).parents[1] / "example" / "valid.ttl"
_SERVER = Path(__file__).with_name("command_server.py")

Finished = subprocess.CompletedProcess[str]
Run = Callable[..., Finished]
RunIn = Callable[[Path, list[str]], Finished]


def run_command(
    folder: Path, arguments: list[str], environment: dict[str, str] | None = None
) -> Finished:
    """Run the command in a folder, whose project it takes.

    Python is started for it only if it has an environment of its own, which Python may read then.
    """
    if environment is None:
        return _commands_anew()(folder, arguments)
    return _start_command(folder, arguments, environment)


def stop_commands() -> None:
    """Stop what runs the command for its project."""
    _running.close()
    _commands_anew.cache_clear()


_running = ExitStack()


@cache
def _commands_anew() -> RunIn:
    return _running.enter_context(command_server(anew=True))


def _start_command(
    folder: Path,
    arguments: list[str],
    environment: dict[str, str] | None = None,
    *,
    is_joined: bool = False,
) -> Finished:
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
def command_server(*, is_joined: bool = False, anew: bool = False) -> Iterator[RunIn]:
    """Yield a function that runs the command in a folder, each time as a process of its own.

    If the outputs are joined, both are returned as the standard output, in the order of a terminal.
    The command works on the bundled project, or on that of the folder if it is imported anew.
    """
    if not hasattr(os, "fork"):
        yield partial(_start_command, is_joined=is_joined)
        return
    program = [sys.executable, "-P", str(_SERVER), *(["anew"] if anew else [])]
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
