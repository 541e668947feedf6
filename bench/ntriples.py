"""Write tables as N-Triples, checked but not judged. Usage: ``python ntriples.py FOLDER FILE``."""

from __future__ import annotations

import sys
from pathlib import Path

from pariscall.tables.graph import TableGraph


def main() -> None:
    """Write the documents of a folder of tables."""
    folder, out = map(Path, sys.argv[1:])
    with out.open("wb") as file:
        file.writelines(each.ntriples().encode() for each in TableGraph(folder).documents())


if __name__ == "__main__":
    main()
