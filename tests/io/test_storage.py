"""A folder of an object store does what a folder of this machine does."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pariscall.errors import MisuseError, OutputError
from pariscall.io.storage import Folder, folder_at, has_scheme

CONTENT = ("nt", "ledger.csv")


@pytest.fixture(params=["local", "memory"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Folder]:
    if request.param == "local":
        yield folder_at(tmp_path / "out")
        return
    fsspec = pytest.importorskip("fsspec")
    yield folder_at("memory://out/")
    fsspec.filesystem("memory").store.clear()


def fill(folder: Folder, **contents: bytes) -> None:
    folder.make()
    for name, content in contents.items():
        folder.write(f"nt/{name}", content)


def test_what_is_not_there_has_no_files(folder: Folder) -> None:
    assert folder.entries() == set()
    assert folder.read_all(["a"]) == {}
    assert folder.whole({"a": ""}) == set()
    with pytest.raises(FileNotFoundError) as raised:
        folder.read("a")
    assert raised.value.strerror == "No such file or directory"
    folder.remove()


def test_files_are_read_as_they_were_written(folder: Folder) -> None:
    fill(folder, b=b"two", a=b"1")
    assert folder.entries() == {"nt"}
    assert list(folder.sizes().items()) == [("nt/a", 1), ("nt/b", 3)]
    assert folder.read_all(["nt/a", "nt/c"]) == {"nt/a": b"1"}
    assert folder.below("nt").read("b", 3) == b"two"
    with pytest.raises(OSError, match="longer than 2 bytes"):
        folder.read("nt/b", 2)
    sums = {f"nt/{name}": hashlib.sha256(b"1").hexdigest() for name in "ac"}
    assert folder.whole(sums) == {"nt/a"}
    assert folder.sha256("nt/a") == sums["nt/a"]
    with folder.open("nt/b") as file:
        assert file.read() == b"two"


def test_staged_files_appear_when_all_are_complete(folder: Folder) -> None:
    folder.make()
    with folder.staged("mark") as stage:
        stage.create("nt/a").write(b"1")
        assert stage.sha256("nt/a") == hashlib.sha256(b"1").hexdigest()
        stage.create("record").write(b"2")
        assert "record" not in folder.entries()
    assert folder.sizes() == {"nt/a": 1, "record": 1}
    with pytest.raises(ZeroDivisionError), folder.staged("mark") as stage:
        stage.create("nt/c").write(b"3")
        raise ZeroDivisionError
    assert folder.sizes() == {"nt/a": 1, "record": 1}


def test_what_cannot_be_written_is_an_error_of_the_output(folder: Folder) -> None:
    with pytest.raises(OutputError, match="cannot write: it is full"), folder.exclusive():
        raise OSError(5, "it is full")


def test_what_was_made_takes_the_place_of_what_was_there(folder: Folder) -> None:
    fill(folder, a=b"old", z=b"of more parts")
    folder.write("manifest.json", b"old")
    folder.write("notes.txt", b"of others")
    made = folder.below(".partial").below("key")
    fill(made, a=b"new", left=b"by a worker that was killed")
    made.write("part-1.json", b"record")
    folder.take(made, ["nt/a"], ("manifest.json", b"new"), CONTENT)
    folder.below(".partial").remove()
    assert folder.read_all([*folder.sizes()]) == {
        "manifest.json": b"new",
        "notes.txt": b"of others",
        "nt/a": b"new",
    }


def test_paths_are_no_addresses() -> None:
    assert has_scheme("s3://bucket/folder")
    assert not any(map(has_scheme, ("C:\\data", "C:/data", "data", "./s3://x", "-", "a:b")))
    for web in ("https://host/folder", "file:///folder"):
        with pytest.raises(MisuseError, match="name a path, or an address in an object store"):
            folder_at(web)


@pytest.mark.slow
def test_nothing_of_fsspec_is_imported_without_an_address(tmp_path: Path) -> None:
    program = (
        "import sys; from pariscall.io.storage import folder_at; "
        "from pariscall.publish.partitions import export, verify; import pariscall.cli; "
        f"folder_at({str(tmp_path)!r}).sizes(); print('fsspec' in sys.modules)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert shown == "False\n"
