"""Run a triple store until it is interrupted: ``python -m support.stores NAME [PORT]``."""

from __future__ import annotations

import signal
import sys

from . import SERVERS
from .server import MissingError, serve


def main() -> None:
    """Start the server and print how to push to it."""
    name, *port = sys.argv[1:]
    server = SERVERS[name]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        with serve(server, int(*port) or server.port) as endpoints:
            for variable, value in endpoints.environment.items():
                print(f"export {variable}={value}")
            print(f"pariscall push {endpoints.graph_store}")
            print(f"pariscall push --update {endpoints.update} --query {endpoints.query}")
            print("Stop with Ctrl-C; the data go too.", flush=True)
            signal.pause()
    except KeyboardInterrupt:
        print("stopped")
    except MissingError as error:
        sys.exit(f"{name}: {error}")


if __name__ == "__main__":
    main()
