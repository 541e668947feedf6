"""Web hosts of others, started for a test on a free port of loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

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


def free_port() -> int:
    """Find a port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def apache(folder: Path, root: Path) -> Iterator[str]:
    """Serve a folder by Apache, which obeys the ``.htaccess`` files in it."""
    program = shutil.which("apache2", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if program is None:
        pytest.skip("apache2 is not installed (Debian package apache2)")
    port = free_port()
    folder.mkdir()
    configuration = folder / "apache.conf"
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    configuration.write_text(
        _APACHE.format(folder=folder, root=root, port=port, modules=_MODULES, user=user),
        encoding="utf-8",
    )
    command = [program, "-f", str(configuration), "-X"]
    with subprocess.Popen(command) as server:
        try:
            wait_for(port, server, folder / "error.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


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


@contextmanager
def nginx(folder: Path, root: Path, rules: Path) -> Iterator[str]:
    """Serve a folder by nginx, with rules that its server includes."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed (Debian package nginx-light)")
    port = free_port()
    folder.mkdir()
    configuration = folder / "nginx.conf"
    user = "user www-data;" if os.geteuid() == 0 else ""
    configuration.write_text(
        _NGINX.format(folder=folder, root=root, port=port, rules=rules, user=user),
        encoding="utf-8",
    )
    command = [program, "-c", str(configuration), "-e", str(folder / "error.log")]
    with subprocess.Popen(command) as server:
        try:
            wait_for(port, server, folder / "error.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until somebody listens on a port."""
    for _ in range(200):
        assert server.poll() is None, log.read_text(encoding="utf-8")
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nobody listens on port {port}")
