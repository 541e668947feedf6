"""Run the command again and again, each time in a process of its own, without starting Python anew.

To start Python and to import what the command needs takes longer than most commands do. This
program imports it once, reads orders from standard input, a line of JSON each, and forks a
process for each, which is then as any other: it has its own folder, environment, output and
exit code. It answers each order with a line that holds the exit code.

With the argument ``anew``, each process imports our own modules anew, since they read the project
of its folder when they are imported. What is of others stays imported.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pkgutil import walk_packages
from typing import TypedDict


class Order(TypedDict):
    """What to run and where; the outputs are files, or the same one."""

    arguments: list[str]
    cwd: str
    environment: dict[str, str]
    stdout: str
    stderr: str


def serve() -> None:
    """Answer orders until there are no more."""
    answers = os.dup(1)
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            os.close(answers)
            _run(json.loads(line))
            return
        _, status = os.waitpid(process, 0)
        os.write(answers, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _run(order: Order) -> None:
    """Become the process that an order asks for, and end as it does."""
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["environment"])
    for number, path in ((0, os.devnull), (1, order["stdout"]), (2, order["stderr"])):
        file = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_APPEND)
        os.dup2(file, number)
        os.close(file)
    sys.argv = ["pariscall", *order["arguments"]]
    from pariscall.cli import main

    try:
        main(prog_name="pariscall")
    except SystemExit as ended:
        if isinstance(ended.code, int):
            _end(ended.code)
        raise


def _end(code: int) -> None:
    """End without taking apart first what was imported, which takes longer than most commands do."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def import_all() -> None:
    """Import all our modules, and so what commands import when they run."""
    import pariscall

    for module in walk_packages(pariscall.__path__, "pariscall."):
        if module.name != "pariscall.__main__":
            import_module(module.name)


def _forget_ours() -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] == "pariscall":
            del sys.modules[name]


if __name__ == "__main__":
    import_all()
    if "anew" in sys.argv:
        _forget_ours()
    serve()
