"""The command line: arguments in, one library call, its result out."""

from __future__ import annotations

import atexit
import gc
import signal
import sys
import traceback
from types import FrameType
from typing import Any, NoReturn

import click

from .. import __version__
from ..errors import PariscallError
from .diff import diff, patch
from .export import export
from .harvest import harvest
from .ledger import ledger
from .push import push
from .query import query
from .redirects import addresses
from .release import pull, release, verify
from .serve import serve
from .site import site
from .validate import validate

_FAULT, _INTERRUPTED, _TERMINATED = 70, 130, 143


class Cli(click.Group):
    """A group that turns the errors of the library into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; files that are being written are tidied up whatever ends it."""
        signal.signal(signal.SIGTERM, _terminate)
        gc.set_threshold(100_000)  # the millions of small objects of an export form no cycles
        atexit.register(gc.freeze)  # what is left then goes with the process, without a search
        try:
            return super().invoke(ctx)
        except PariscallError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            ctx.exit(_INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, OSError):
            raise
        except Exception:  # noqa: BLE001 a fault of ours must not look like a verdict
            traceback.print_exc()
            click.echo("This is a fault of pariscall. Please report it with the above.", err=True)
            ctx.exit(_FAULT)


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(_TERMINATED)


_EXIT_CODES = """\b
Exit codes:
  0  done; the data conform
  1  the data do not conform, a record is not accounted for, or a store altered the data
  2  the command was misused
  3  an input cannot be read
  4  a file or a store cannot be written
  5  the shapes are broken, or ask for what no engine does
  6  there was nothing to validate
  70 a fault of pariscall itself, with its traceback
"""


@click.group(cls=Cli, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EXIT_CODES)
@click.version_option(__version__, prog_name="pariscall")
def main() -> None:
    """Publish, check and query linked data on who endorses the Paris Call."""


main.add_command(addresses)
main.add_command(diff)
main.add_command(export)
main.add_command(harvest)
main.add_command(ledger)
main.add_command(patch)
main.add_command(pull)
main.add_command(push)
main.add_command(query)
main.add_command(release)
main.add_command(serve)
main.add_command(site)
main.add_command(validate)
main.add_command(verify)
