"""csv-reconcile, a service of the Reconciliation Service API by others, on loopback (``make csv-reconcile``)."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from support.process import stop

PYTHON = Path(__file__).parents[2] / "build" / "csv-reconcile" / "bin" / "python"
COUNTRY = "country0"  # what it calls the column of the country

_SERVE = """
import sys
from csv_reconcile import create_app, initdb
from werkzeug.serving import make_server
config, folder, table = sys.argv[1:]
app = create_app(config, instance_path=folder, scorerOption="dice")
with app.app_context():
    initdb.init_db_with_context(table, "id", "name")
server = make_server("127.0.0.1", 0, app)
print("listens at", server.server_port, flush=True)
server.serve_forever()
"""


@contextmanager
def csv_reconciling(
    folder: Path, space: str, rows: Iterable[tuple[str, str, str]]
) -> Iterator[str]:
    """Run a service over rows of identifier, name and country; the value is its address."""
    table, config = folder / "table.csv", folder / "reconcile.config"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "country"])
        writer.writerows(rows)
    manifest = {"identifierSpace": space, "batchSize": 50}
    said = f"MANIFEST = {manifest!r}\nLIMIT = 10\nTHRESHOLD = 30.0\nCSVENCODING = 'utf-8'\n"
    config.write_text(said, encoding="utf-8")
    command = [*map(str, (PYTHON, "-c", _SERVE, config, folder / "service", table))]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=folder
    ) as process:
        try:
            assert process.stdout is not None
            line = next(line for line in process.stdout if line.startswith("listens at"))
            yield f"http://127.0.0.1:{int(line.rpartition(' ')[2])}/reconcile"
        finally:
            stop(process)
