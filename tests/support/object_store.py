"""An object store that speaks S3, on loopback: the server of moto, which keeps all in memory (``make moto``)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import pytest

from pariscall.publish.release.checksums import file_names
from support.hosts import free_port, wait_for
from support.process import stop

PROGRAM = Path(__file__).parents[2] / "build" / "moto" / "bin" / "moto_server"
BUCKET = "s3://bucket"


@dataclass(frozen=True)
class ObjectStore:
    """A store that has one bucket, which is empty at first."""

    environment: Mapping[str, str]
    process: subprocess.Popen[bytes]

    @property
    def files(self) -> Any:
        """The file system of fsspec, as another client has it."""
        options = {
            "key": self.environment["AWS_ACCESS_KEY_ID"],
            "secret": self.environment["AWS_SECRET_ACCESS_KEY"],
            "endpoint_url": self.environment["AWS_ENDPOINT_URL"],
        }
        return fsspec.filesystem("s3", use_listings_cache=False, **options)

    def put(self, folder: Path, name: str) -> str:
        """Copy a folder to the bucket, and return its address there."""
        for file in file_names(folder):
            self.files.put_file(str(folder / file), f"{BUCKET}/{name}/{file}")
        return f"{BUCKET}/{name}"

    def write(self, name: str, content: bytes) -> None:
        self.files.pipe_file(f"{BUCKET}/{name}", content)

    def remove(self, name: str) -> None:
        self.files.rm(f"{BUCKET}/{name}")

    def names(self, name: str) -> list[str]:
        """Return the names of the files below a folder."""
        start = len(f"bucket/{name}/")
        return sorted(path[start:] for path in self.files.find(f"{BUCKET}/{name}"))

    def contents(self, name: str) -> dict[str, bytes]:
        """Return the files below a folder."""
        return {file: self.files.cat_file(f"{BUCKET}/{name}/{file}") for file in self.names(name)}

    def records(self, name: str) -> list[str]:
        """Return the records of the parts that a run has written below a folder so far."""
        return [path for path in self.names(name) if path.endswith(".json")]


@contextmanager
def object_store(folder: Path, *, is_denied: bool = False) -> Iterator[ObjectStore]:
    """Start a store, and set the variables by which its clients find it, and no other.

    If it is denied, the keys of the clients open nothing from the first request on.
    """
    pytest.importorskip("s3fs")
    if not PROGRAM.exists():
        pytest.skip("no moto (make moto)")
    port, log = free_port(), folder / "moto.log"
    environment = {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_MAX_ATTEMPTS": "2",
        "INITIAL_NO_AUTH_ACTION_COUNT": "0" if is_denied else "inf",
    }
    command = [str(PROGRAM), "--host", "127.0.0.1", "--port", str(port)]
    with pytest.MonkeyPatch.context() as patched, log.open("wb") as output:
        for name, value in environment.items():
            patched.setenv(name, value)
        with subprocess.Popen(command, stdout=output, stderr=output) as process:
            try:
                wait_for(port, process, log, 60)
                store = ObjectStore(environment, process)
                if not is_denied:
                    store.files.mkdir(BUCKET)
                yield store
            finally:
                # fsspec keeps its clients, which know the address of this store.
                fsspec.get_filesystem_class("s3").clear_instance_cache()
                stop(process)
