"""Web hosts of others, started for a test on a free port of loopback."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from support.process import stop

_MODULES = Path("/usr/lib/apache2/modules")
_APACHE = """\
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/error.log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule negotiation_module {modules}/mod_negotiation.so
LoadModule rewrite_module {modules}/mod_rewrite.so
TypesConfig /dev/null
DocumentRoot {root}
{user}
<Directory {root}>
  AllowOverride All
  Require all granted
</Directory>
"""


_NGINX = """\
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
daemon off;
{user}
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder};
  proxy_temp_path {folder};
  fastcgi_temp_path {folder};
  uwsgi_temp_path {folder};
  scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port};
    root {root};
    include {rules};
  }}
}}
"""


_PROXY = """\
location /calls/ {{ proxy_pass http://127.0.0.1:{port}/; }}
location /kept/ {{ proxy_pass http://127.0.0.1:{port}; }}
"""


def free_port() -> int:
    """Return a port of loopback that nobody listens on.

    It is none of those that a system gives to clients and to who asks for any: other tests would be
    given it before the program that is to listen there has started.
    """
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextmanager
def apache(folder: Path, root: Path) -> Iterator[str]:
    """Serve a folder by Apache, which obeys the ``.htaccess`` files in it."""
    user = "User www-data\nGroup www-data"
    with _serving("apache2", _APACHE, folder, user, root=root, modules=_MODULES) as address:
        yield address


@contextmanager
def nginx(folder: Path, root: Path, rules: Path) -> Iterator[str]:
    """Serve a folder by nginx, with rules that its server includes."""
    with _serving("nginx", _NGINX, folder, "user www-data;", root=root, rules=rules) as address:
        yield address


@contextmanager
def proxy(folder: Path, port: int) -> Iterator[str]:
    """Have nginx pass on what is below /calls/, without that path, and below /kept/, with it."""
    folder.mkdir()
    rules = folder / "rules"
    rules.write_text(_PROXY.format(port=port), encoding="utf-8")
    with nginx(folder / "nginx", folder, rules) as address:
        yield address


_COMMANDS = {
    "apache2": ["-X", "-f", "{folder}/configuration"],
    "nginx": ["-c", "{folder}/configuration", "-e", "{folder}/error.log"],
}


@contextmanager
def _serving(name: str, template: str, folder: Path, user: str, **values: object) -> Iterator[str]:
    """Run a server with a configuration; ``user`` says as whom, where it is started by root."""
    program = shutil.which(name, path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if program is None:
        pytest.skip(f"{name} is not installed (Debian packages apache2 and nginx-light)")
    port = free_port()
    folder.mkdir()
    configuration = template.format(
        folder=folder, port=port, user=user if os.geteuid() == 0 else "", **values
    )
    (folder / "configuration").write_text(configuration, encoding="utf-8")
    options = [option.format(folder=folder) for option in _COMMANDS[name]]
    with subprocess.Popen([program, *options]) as server:
        try:
            wait_for(port, server, folder / "error.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            stop(server)


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path, seconds: float = 10) -> None:
    """Wait until somebody listens on a port."""
    for _ in range(int(seconds * 20)):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nobody listens on port {port}")
