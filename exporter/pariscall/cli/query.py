"""The command ``pariscall query``."""

from __future__ import annotations

from datetime import date

import click

from ..query.choices import FORMATS
from .options import (
    as_of_option,
    data_format_option,
    data_option,
    example,
    memory_option,
    network_option,
    refuse_two_graphs,
    timeout_option,
)
from .screen import echo

_MIB = 1024 * 1024


@click.command(
    epilog=example(
        "pariscall query supporters-by-category --format csv",
        'pariscall query "SELECT ?name { ?party msc:country country:RWA ; skos:prefLabel ?name }"',
        "pariscall query file.rq --data - --data-format nt --timeout 60 < dump.nt",
    )
)
@click.argument("query", required=False)
@click.option("--list", "listing", is_flag=True, help="List the ready-made queries.")
@data_option
@data_format_option
@network_option
@as_of_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    help="Format of the results.  [default: table for rows, ttl for graphs]",
)
@timeout_option
@memory_option
def query(  # noqa: PLR0913 one for each option
    query: str | None,
    *,
    listing: bool,
    files: tuple[str, ...],
    data_format: str | None,
    allow_network: bool,
    as_of: date | None,
    format_name: str | None,
    timeout: float | None,
    memory: int | None,
) -> None:
    """Answer a ready-made question or any SPARQL query.

    QUERY is the name of a ready-made query, a file.rq, or SPARQL 1.1. It runs over the bundled
    graph: the data, the ontology and the code lists. The prefixes of the project (msc:, actor:,
    skos: and so on) need no declaration. SERVICE is refused: no query leaves this machine.

    With --data, the default graph holds the triples of all files and of all their named graphs,
    each triple once. FROM and FROM NAMED choose among the named graphs, and among the files by
    their address (file:///...).

    Language tags are shown as they are written, and LANG returns them so. As case has no meaning
    in them, compare with LANGMATCHES(LANG(?x), "en-gb").
    """
    from ..query.limits import answer_within
    from ..query.queries import dataset_for, find_query, named_queries

    if listing:
        queries = named_queries()
        width = max(len(known.name) for known in queries)
        for known in queries:
            echo(f"{known.name.ljust(width)}  {known.question}")
    elif query is None:
        raise click.UsageError("Name a query, or see them with --list.")
    else:
        from ..rdf.reader import InputOptions

        refuse_two_graphs(files, as_of)
        wanted = find_query(query)
        options = InputOptions(data_format, allow_network)
        text = answer_within(
            wanted,
            lambda: dataset_for(wanted, files, as_of, options),
            format_name,
            seconds=timeout,
            memory=memory and memory * _MIB,
        )
        echo(text, nl=False)
