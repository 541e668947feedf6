"""The command line: arguments in, one library call, its result out."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import traceback
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from .. import __version__
from ..errors import EXIT_CODES, PariscallError, printable
from ..io.terminal import visible, without_commands
from .diff import diff, patch
from .export import export
from .find import search, show
from .fmt import fmt
from .harvest import harvest
from .init import init
from .ledger import ledger
from .match import match
from .open import open_page
from .push import push
from .query import query
from .reconcile import reconcile
from .redirects import redirects
from .release import pull, release, verify
from .screen import discard_output, echo, output_problem, use_utf8
from .serve import serve
from .site import site
from .update import update
from .validate import validate

_FAULT, _INTERRUPTED, _BROKEN_PIPE, _TERMINATED = 70, 130, 141, 143

_NAME_WIDTH = 9  # of the longest name, so that all sections align
_RENAMED = {"addresses": "redirects"}


class Cli(click.Group):
    """A group that turns the errors of the library into messages and exit codes."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a name of the past leads to a hint."""
        if args[0] in _RENAMED:
            ctx.fail(f"The command {args[0]!r} is now called {_RENAMED[args[0]]!r}.")
        return super().resolve_command(ctx, args)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the command line; names in it are no options, and its errors harmless."""
        try:
            return super().make_context(*args, **kwargs)
        except click.ClickException as error:
            raise _made_safe(error) from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options, unless one of them is the name of a file that is there.

        A pattern of a shell and a hook hand on the names of files that others chose.
        """
        named = args[: args.index("--")] if "--" in args else args
        for name in named:
            if name.startswith("-") and name != "-" and os.path.lexists(name):
                ctx.fail(f"There is a file called {name!r}. Put -- before the names of files.")
        return super().parse_args(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands under what one does with them."""
        for title, commands in _SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [
                        ((command.name or "").ljust(_NAME_WIDTH), command.get_short_help_str(66))
                        for command in commands
                    ]
                )

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line in UTF-8; help on a full disk is no verdict either."""
        use_utf8()
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            problem = output_problem(error, "standard output")
            if problem is None:
                raise
            echo(f"Error: {problem}", err=True)
            sys.exit(problem.exit_code)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; files that are being written are tidied up whatever ends it."""
        signal.signal(signal.SIGTERM, _terminate)
        gc.set_threshold(100_000)  # the millions of small objects of an export form no cycles
        atexit.register(gc.freeze)  # what is left then goes with the process, without a search
        try:
            return super().invoke(ctx)
        except PariscallError as error:
            echo("Error: " + "\n".join(map(printable, error.lines)), err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            discard_output()
            ctx.exit(_BROKEN_PIPE)
        except KeyboardInterrupt:
            echo("Interrupted.", err=True)
            ctx.exit(_INTERRUPTED)
        except click.ClickException as error:
            raise _made_safe(error) from None
        except (click.exceptions.Exit, click.Abort):
            raise
        except Exception as fault:  # noqa: BLE001 a fault of ours must not look like a verdict
            problem = output_problem(fault, "output") if isinstance(fault, OSError) else None
            if problem:
                echo(f"Error: {problem}", err=True)
                ctx.exit(problem.exit_code)
            echo(traceback.format_exc(), nl=False, err=True)
            echo("This is a fault of pariscall. Please report it with the above.", err=True)
            ctx.exit(_FAULT)


def _made_safe(error: click.ClickException) -> click.ClickException:
    """Return an error whose message, which has what was typed, is safe to show."""
    error.message = without_commands(visible(error.message))  # type: ignore[misc] # click shows it
    return error


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(_TERMINATED)


_SECTIONS: dict[str, tuple[click.Command, ...]] = {
    "Read": (show, search, open_page, match, query, diff, patch, pull, serve),
    "Check": (validate, verify, ledger),
    "Publish": (export, release, site, push, redirects),
    "Keep": (init, update, fmt, harvest, reconcile),
}

_EPILOG = "\n".join(
    [
        "\b",
        "Example:",
        "  pariscall query supporters-by-category",
        "",
        "\b",
        "Exit codes:",
        *(f"  {code:<3}{meaning}" for code, meaning in EXIT_CODES.items()),
    ]
)


@click.group(cls=Cli, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG)
@click.version_option(__version__, prog_name="pariscall")
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Work on the project of this folder, which has a file mscall.toml.  [default: that of the "
    "current folder, or else the bundled one]",
)
def main(project: Path | None) -> None:
    """Publish, check and query linked data on who endorses a call, such as the Paris Call."""
    if project:
        from ..project import select

        select(project)


for _commands in _SECTIONS.values():
    for _command in _commands:
        main.add_command(_command)
