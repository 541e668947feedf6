"""Options that mean the same in every command."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from ..errors import MisuseError
from ..rdf.choices import FORMATS
from .folders import PathOrAddress, refuse_address, take_tables
from .reporter import Level, Reporter

if TYPE_CHECKING:
    from ..project import Project

F = TypeVar("F", bound=Callable[..., Any])

DAY = click.DateTime(["%Y-%m-%d"])


tables_option = click.option(
    "--tables",
    "folder",
    type=PathOrAddress(path_type=Path),
    callback=take_tables,
    is_eager=True,
    help="Folder of tables with their csv-metadata.json, instead of those of the project; or the "
    "address of one in an object store, such as s3://BUCKET/FOLDER (pip install 'pariscall[s3]').",
)


def _take_projects(
    context: click.Context, _argument: click.Parameter, names: tuple[Path, ...]
) -> tuple[Project, ...]:
    """Return the projects named; this process works on the first of them."""
    if not names:
        return ()
    from ..project import select
    from ..projects import find_projects

    if context.find_root().params.get("project"):
        raise click.UsageError("Name projects with --project or after the command, not both.")
    projects = find_projects(names)
    select(projects[0].file.parent)
    return tuple(projects)


projects_argument = click.argument(
    "projects",
    nargs=-1,
    type=click.Path(path_type=Path),
    metavar="[PROJECT]...",
    callback=_take_projects,
    is_eager=True,
)

mappings_option = click.option(
    "--mappings",
    "mappings",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Mappings in SSSOM that say which parties of several projects are one; may be given "
    "several times.",
)


output_file_option = click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    help="File to write to.  [default: the screen]",
)

data_option = click.option(
    "--data",
    "files",
    multiple=True,
    metavar="SOURCE",
    help="Read this RDF instead of the bundled graph: a file, a folder, a pattern, an address, or "
    "- for standard input; may be given several times.",
)

data_format_option = click.option(
    "--data-format",
    type=click.Choice(FORMATS),
    help="Format of the data, whatever the names of the files.  [default: from each name; Turtle "
    "from standard input]",
)

network_option = click.option(
    "--allow-network", is_flag=True, help="Fetch the data that are named by an http(s) address."
)

timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="Give up after this many seconds.  [default: never]",
)

memory_option = click.option(
    "--memory",
    type=click.IntRange(min=64),
    metavar="MB",
    help="Give up beyond this many megabytes, on Linux.  [default: no limit]",
)

as_of_option = click.option(
    "--as-of",
    type=DAY,
    callback=lambda _context, _option, day: day and day.date(),
    metavar="DATE",
    help="Show what the registry listed on this date (YYYY-MM-DD).  [default: the last known]",
)


cache_option = click.option(
    "--no-cache",
    "use_cache",
    flag_value=False,
    default=True,
    help="Use nothing that earlier runs kept: judge the tables although they have passed before.",
)


def _check_spread(
    context: click.Context, option: click.Parameter, value: int | str | None
) -> int | str | None:
    """Check that only one of two options is given, whichever comes first on the command line."""
    other = {"jobs": "scheduler", "scheduler": "jobs"}[str(option.name)]
    if value and context.params.get(other):
        raise click.UsageError("Name either --jobs or --scheduler, not both.")
    return value


jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    callback=_check_spread,
    help="Work in so many processes.  [default: one for each core if the tables are large, else one]",
)


scheduler_option = click.option(
    "--scheduler",
    metavar="ADDRESS",
    callback=_check_spread,
    help="Work on the cluster of this scheduler of Dask, such as tcp://HOST:8786 (pip install "
    "'pariscall[dask]'), or of this master of Spark, such as spark://HOST:7077 (pip install "
    "'pariscall[spark]'). Its workers have the same installation, and see the same files.",
)


_quiet_option = click.option(
    "-q", "--quiet", is_flag=True, help="Print no progress, only errors and the result."
)

_verbose_option = click.option(
    "-v", "--verbose", is_flag=True, help="Print each stage with the seconds that it took."
)

_json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the summary of the run as one JSON object, and nothing else to standard output.",
)


def progress_options(command: F) -> F:
    """Give a command -q and -v, and as ``reporter`` what heeds them.

    The command raises a MisuseError if both are given.
    """

    @_quiet_option
    @_verbose_option
    @wraps(command)
    def reporting(
        *arguments: Any, quiet: bool, verbose: bool, as_json: bool = False, **options: Any
    ) -> Any:
        if quiet and verbose:
            raise MisuseError("say either --quiet or --verbose, not both.")
        level = Level.QUIET if quiet else Level.VERBOSE if verbose else Level.NORMAL
        return command(*arguments, reporter=Reporter(level, as_json=as_json), **options)

    return cast("F", reporting)


def summary_options(command: F) -> F:
    """Give a command -q, -v and --json, and as ``reporter`` what heeds them."""
    return _json_option(progress_options(command))


def output_folder_option(
    default: str, text: str, *, can_be_address: bool = False
) -> Callable[[F], F]:
    """Return the option that names the folder to write to; a missing folder is created.

    If it can be an address in an object store, the command says when.
    """
    return click.option(
        "-o",
        "--output",
        "out",
        type=PathOrAddress(path_type=Path),
        default=Path(default),
        show_default=True,
        callback=None if can_be_address else refuse_address,
        help=text,
    )


def example(*lines: str) -> str:
    """Return an epilog for ``--help`` that shows the command in use."""
    return "\n".join(
        ["\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {x}" for x in lines)]
    )


def refuse_two_graphs(files: tuple[str, ...], as_of: date | None) -> None:
    """Refuse --data together with --as-of, since each of them names the graph.

    Raises:
        click.UsageError: if both are given.
    """
    if files and as_of:
        raise click.UsageError("Name either --data or --as-of, not both.")


def refuse_with_several(projects: tuple[Project, ...], **options: object) -> None:
    """Refuse options that are about one project, if there are several.

    Raises:
        click.UsageError: if one of them is given.
    """
    for name, value in options.items():
        if value and len(projects) > 1:
            raise click.UsageError(f"--{name} is for one project. Leave it out.")


def refuse_without_several(projects: tuple[Project, ...], mappings: tuple[Path, ...]) -> None:
    """Refuse mappings between projects, unless there are several.

    Raises:
        click.UsageError: if there are mappings, and not two projects.
    """
    if mappings and len(projects) < 2:
        raise click.UsageError("--mappings is between projects. Name two or more.")


class WebFolder(click.ParamType[str]):
    """The URL of a folder on the web; a missing slash at its end is added."""

    name = "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the URL, or fail if no path can be appended to it."""
        if not re.fullmatch(r"https?://[^\s/?#\"<>\\@]+(/[^\s?#\"<>\\]*)?", value):
            self.fail(
                f"{value!r} is not a web address. Write it like https://example.org/data/.",
                param,
                ctx,
            )
        return f"{value.rstrip('/')}/"
