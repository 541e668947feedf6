"""Try hostile inputs by name, each in a fork of this process, which is small.

A process of pytest holds hundreds of megabytes, so that a fork of it takes three times as long.
This program reads the name of a try from each line of standard input, a text of JSON, and answers
with a line that says why the try failed: a text of JSON, which is empty if it did not.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module

from hostile import shapes
from hostile.registry import by_name
from pariscall.rdf import canonical
from support.command_server import import_all
from support.registry import templates
from support.tries import watch

# What commands import only when they need it.
_LATER = ("encodings.utf_8_sig", "openpyxl", "pyshacl", "uvicorn.protocols.http.h11_impl")


def serve() -> None:
    """Answer names until there are no more."""
    tries = by_name()
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)  # where what a try prints is no answer
        for line in sys.stdin:
            one = tries[json.loads(line)]
            failure, _ = watch(one.run, one.seconds)
            answers.write(json.dumps(failure) + "\n")
            answers.flush()


if __name__ == "__main__":
    import_all()
    for name in _LATER:
        import_module(name)
    # Reads the shapes of shapes, which then need not be read anew either.
    shapes.validate("oxigraph", shapes.HARMLESS["a pattern that goes back"])
    templates()
    # The naming of blank nodes is given up after a fifth of a second; ``make hostile`` waits as users do.
    canonical._SECONDS = 0.2  # noqa: SLF001 nobody else wants another
    serve()
