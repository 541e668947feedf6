"""Fetch the files of a server from Maven Central: ``python -m support.stores.fetch NAME``."""

from __future__ import annotations

import sys

from . import fuseki, rdf4j
from .server import MissingError

_ARTEFACTS = {"fuseki": [fuseki.SERVER], "rdf4j": [rdf4j.SERVER, rdf4j.JETTY]}


def main() -> None:
    """Fetch what is not there yet."""
    [name] = sys.argv[1:]
    try:
        for artefact in _ARTEFACTS[name]:
            artefact.fetch()
    except MissingError as error:
        sys.exit(f"{name}: {error}")


if __name__ == "__main__":
    main()
