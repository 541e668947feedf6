"""The command ``pariscall query``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from ..query.choices import FILE_FORMATS, FORMATS
from .options import (
    as_of_option,
    data_format_option,
    data_option,
    example,
    mappings_option,
    memory_option,
    network_option,
    projects_argument,
    refuse_two_graphs,
    refuse_without_several,
    timeout_option,
)
from .screen import echo

if TYPE_CHECKING:
    from ..project import Project
    from ..query.dataset import Dataset

_MIB = 1024 * 1024


def _read_parameters(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> dict[str, list[str]]:
    """Read ``NAME=VALUE``; a name that is given several times has several values."""
    found: dict[str, list[str]] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals:
            raise click.BadParameter(f"{value!r} is not NAME=VALUE, as party=actor:abb is.")
        found.setdefault(name, []).append(text)
    return found


def _complete(
    _context: click.Context, _argument: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the names of ready-made queries to the shell, each with its question."""
    from ..query.queries import named_queries

    return [
        CompletionItem(known.name, help=known.question)
        for known in named_queries()
        if known.name.startswith(incomplete)
    ]


def _format_of(out: Path | None) -> str | None:
    """Return the format that the suffix of a file names, if it names one."""
    suffix = out.suffix.removeprefix(".").lower() if out else ""
    return suffix if suffix in (*FORMATS, *FILE_FORMATS) else None


@click.command(
    epilog=example(
        "pariscall query supporters-by-category --format csv",
        "pariscall query history-of-a-party --param party=actor:abb",
        "pariscall query states --param call=call:counter-ransomware-initiative",
        'pariscall query "SELECT ?name { ?party msc:country country:RWA ; skos:prefLabel ?name }"',
        "pariscall query overlaps-of-calls paris-call ../charter",
        "pariscall query states -o states.xlsx",
        "pariscall query file.rq --data - --data-format nt --timeout 60 < dump.nt",
    )
)
@click.argument("query", required=False, shell_complete=_complete)
@projects_argument
@click.option("--list", "listing", is_flag=True, help="List the ready-made queries.")
@click.option("--show", "shown", is_flag=True, help="Show the query itself, and ask nothing.")
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_read_parameters,
    help="Value of a variable of the query, such as party=actor:abb; may be given several times.",
)
@data_option
@data_format_option
@network_option
@as_of_option
@mappings_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice([*FORMATS, *FILE_FORMATS]),
    help="Format of the results.  [default: table for rows, ttl for graphs]",
)
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write the results to; without --format, its suffix names the format.",
)
@timeout_option
@memory_option
def query(  # noqa: PLR0913 one for each option
    query: str | None,
    *,
    projects: tuple[Project, ...],
    mappings: tuple[Path, ...],
    listing: bool,
    shown: bool,
    parameters: dict[str, list[str]],
    files: tuple[str, ...],
    data_format: str | None,
    allow_network: bool,
    as_of: date | None,
    format_name: str | None,
    out: Path | None,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Answer a ready-made question or any SPARQL query.

    QUERY is the name of a ready-made query, a file.rq, or SPARQL 1.1. It runs over the bundled
    graph: the data, the ontology and the code lists. The prefixes of the project (msc:, actor:,
    skos: and so on) need no declaration. SERVICE is refused: no query leaves this machine.

    A question about one call, party, country or date has a default for it, which --param replaces:
    for a call, that of the project. A query declares its parameters in comments before it, such as
    '# @param day date = "2020-01-01"^^xsd:date'.
    A VALUE is an IRI if it is one or begins with a known prefix, and otherwise text; where there
    is a default, it is of the same kind. Several values for one NAME mean any of them.

    With --data, the default graph holds the triples of all files and of all their named graphs,
    each triple once. FROM and FROM NAMED choose among the named graphs, and among the files by
    their address (file:///...).

    Of several projects, each a folder with a file mscall.toml or paris-call for the bundled one, the
    default graph is the union, and the data of each are in the graph that its dataset names. The
    prefixes and defaults are those of the first.

    Language tags are shown as they are written, and LANG returns them so. As case has no meaning
    in them, compare with LANGMATCHES(LANG(?x), "en-gb").
    """
    from ..io.atomic import write_file
    from ..query.limits import answer_within, file_within
    from ..query.parameters import bind, check_known
    from ..query.queries import dataset_for, find_query, named_queries

    if listing:
        queries = named_queries()
        width = max(len(known.name) for known in queries)
        for known in queries:
            echo(f"{known.name.ljust(width)}  {known.question}")
    elif query is None:
        raise click.UsageError("Name a query, or see them with --list.")
    elif shown:
        echo(find_query(query).text.rstrip("\n"), is_data=True)
    else:
        from ..rdf.reader import InputOptions

        refuse_two_graphs(files, as_of)
        if projects and files:
            raise click.UsageError("Name either projects or --data, not both.")
        refuse_without_several(projects, mappings)
        found = find_query(query)
        wanted = bind(found, parameters)
        options = InputOptions(data_format, allow_network)
        size = memory and memory * _MIB
        format_name = format_name or _format_of(out)

        def load() -> Dataset:
            if len(projects) > 1:
                from ..query.union import read_union

                dataset = read_union(projects, as_of, mappings).dataset
            else:
                dataset = dataset_for(wanted, files, as_of, options)
            if not files and not as_of:
                check_known(found, parameters, dataset.store)
            return dataset

        if format_name not in FILE_FORMATS:
            text = answer_within(wanted, load, format_name, seconds=timeout, memory=size)
            if out is None:
                echo(text, nl=False, is_data=format_name != "table")
            else:
                write_file(out, text.encode())
        elif out is None:
            raise click.UsageError(f"{format_name} is for a file. Name it with --output.")
        else:
            content = file_within(wanted, load, format_name, seconds=timeout, memory=size)
            write_file(out, content)
