"""Virtuoso Open Source (https://vos.openlinksw.com/), with Digest authentication."""

from __future__ import annotations

import shutil
from pathlib import Path

from support.hosts import free_port

from .server import Endpoints, MissingError

_SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
DirsAllowed = {allowed}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 5
Charset = UTF-8
"""


class Virtuoso:
    """The server of the Debian package, whose first user is ``dba`` with the password ``dba``."""

    port = 8890

    def __init__(self, allowed: Path | None = None) -> None:
        self.sql_port = 0
        self._allowed = allowed  # the folder from which files may be loaded

    def command(self, folder: Path, port: int) -> list[str]:
        """Start from an empty database, whose files go beside the settings."""
        program = shutil.which("virtuoso-t")
        if program is None:
            raise MissingError("virtuoso-t is not installed (Debian package virtuoso-opensource)")
        self.sql_port = free_port()
        settings = folder / "virtuoso.ini"
        text = _SETTINGS.format(port=port, sql_port=self.sql_port, allowed=self._allowed or folder)
        settings.write_text(text, encoding="utf-8")
        return [program, "+foreground", "+configfile", str(settings)]

    def endpoints(self, port: int) -> Endpoints:
        """Name the addresses that ask for a password."""
        base = f"http://127.0.0.1:{port}"
        return Endpoints(
            f"{base}/sparql-graph-crud-auth",
            f"{base}/sparql-auth",
            f"{base}/sparql-auth",
            {"PARISCALL_USER": "dba", "PARISCALL_PASSWORD": "dba"},
        )
