"""PostgreSQL with an empty database, on a free port of loopback (Debian package postgresql)."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.hosts import free_port
from support.process import stop
from support.server import wait_for

_USER = "postgres"
_SECONDS = 60
# Debian keeps the programs of the server out of the path.
_FOLDERS = [*map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))]
_PATH = os.pathsep.join([*_FOLDERS, os.environ["PATH"]])


@contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """Run the server and yield the variables that its clients know it by (``PGHOST`` and others).

    It refuses to run as root, and runs as its own user then.
    """
    programs = [shutil.which(name, path=_PATH) for name in ("initdb", "postgres", "pg_isready")]
    if None in programs:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    initdb, server, is_ready = map(str, programs)
    user = _USER if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="pariscall-postgres-") as folder:
        if user:
            shutil.chown(folder, user)
        options = ["-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        made = [initdb, "-D", f"{folder}/data", *options]
        subprocess.run(made, cwd=folder, user=user, check=True, stdout=subprocess.DEVNULL)
        port = str(free_port())
        settings = ["-h", "127.0.0.1", "-p", port, "-k", "", "-F"]
        with (
            (Path(folder) / "log").open("wb") as log,
            subprocess.Popen(
                [server, "-D", f"{folder}/data", *settings], cwd=folder, user=user, stderr=log
            ) as process,
        ):
            try:
                asking = [is_ready, "-q", "-h", "127.0.0.1", "-p", port]
                assert wait_for(
                    _SECONDS, lambda: subprocess.run(asking, check=False).returncode == 0
                ), (Path(folder) / "log").read_text(encoding="utf-8", errors="replace")
                yield {"PGHOST": "127.0.0.1", "PGPORT": port, "PGUSER": _USER}
            finally:
                stop(process)
