"""The graph of a project as a file, for a process that works on several.

``python -m pariscall.query.graph_file FILE [DATE]`` writes it as N-Triples.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ..errors import PariscallError
from ..tables.as_of import read_date
from ..tables.csvw import TABLES
from ..tables.graph import TableGraph


def main(file: str, day: str | None = None) -> int:
    """Write the graph, as of a date if one is given, and return the exit code."""
    try:
        graph = TableGraph(TABLES, read_date(day))
        with Path(file).open("wb") as out:
            out.writelines(document.ntriples().encode() for document in graph.documents())
    except PariscallError as error:
        sys.stderr.write(f"Error: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
