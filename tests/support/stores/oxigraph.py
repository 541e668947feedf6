"""Oxigraph (https://github.com/oxigraph/oxigraph), which asks for no password."""

from __future__ import annotations

import sys
from pathlib import Path

from .server import Endpoints, MissingError


class Oxigraph:
    """The program of the package ``oxigraph``, beside the Python that runs the tests."""

    port = 7878

    def command(self, folder: Path, port: int) -> list[str]:
        """Keep the data on the disk, as one would."""
        program = Path(sys.executable).with_name("oxigraph")
        if not program.exists():
            raise MissingError("the package oxigraph is not installed (pip install oxigraph)")
        return [
            str(program),
            *("serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"),
        ]

    def endpoints(self, port: int) -> Endpoints:
        """Name the addresses of its documentation."""
        base = f"http://127.0.0.1:{port}"
        return Endpoints(f"{base}/store", f"{base}/update", f"{base}/query")
