"""Tables are read from an object store, and parts are written there, as in folders of this machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pariscall.errors import OutputError, ReleaseError
from pariscall.io.objects import ObjectFolder
from pariscall.publish.partitions.export import export_partitioned
from pariscall.publish.partitions.manifest import UNFINISHED
from pariscall.publish.partitions.verify import verify
from support.command import Run, run_command
from support.object_store import BUCKET, ObjectStore, object_store
from support.partitions import BOTH, contents
from support.registry import digests
from support.releases import VERSION
from support.server import wait_for
from support.tables import edit

pytestmark = [pytest.mark.slow, pytest.mark.server]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStore]:
    with object_store(tmp_path_factory.mktemp("store")) as started:
        yield started


@pytest.fixture(scope="module")
def tables(store: ObjectStore, small: Path) -> str:
    return store.put(small, "tables")


def test_parts_in_a_store_are_those_in_a_folder(
    store: ObjectStore, partitions: Path, small: Path
) -> None:
    out = f"{BUCKET}/parts"
    export_partitioned(out, BOTH, small, jobs=2)
    assert store.contents("parts") == contents(partitions)
    assert verify(out) == []
    export_partitioned(out, ["nt"], small)
    assert verify(out) == []
    assert not [name for name in store.names("parts") if name.startswith("parquet/")]


def test_each_fault_of_parts_in_a_store_is_named(store: ObjectStore, own_partitions: Path) -> None:
    out = store.put(own_partitions, "spoilt")
    store.write("spoilt/nt/part-000000.nt.gz", b"changed")
    store.remove("spoilt/nt/part-000001.nt.gz")
    store.write("spoilt/nt/part-000999.nt.gz", b"")
    assert [problem.partition(":")[0][-14:-6] for problem in verify(out)] == [
        "t-000000",
        "t-000001",
        "t-000999",
    ]
    store.remove("spoilt/manifest.json")
    with pytest.raises(ReleaseError, match="did not come to its end"):
        verify(out)


def test_a_part_that_cannot_be_written_leaves_the_earlier_export(
    store: ObjectStore, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = f"{BUCKET}/earlier"
    export_partitioned(out, (), small)
    before = store.contents("earlier")
    newer = shutil.copytree(small, tmp_path / "tables")
    edit(newer / "sources.csv", "Agora24 on the Paris", "Another page on the Paris")
    written = ObjectFolder.write

    def write(folder: ObjectFolder, name: str, content: bytes) -> None:
        if name == "nt/part-000003.nt.gz":
            raise OSError(5, "the store is full", name)
        written(folder, name, content)

    with monkeypatch.context() as patched:
        patched.setattr(ObjectFolder, "write", write)
        with pytest.raises(OutputError, match=r"earlier.*: cannot write: the store is full"):
            export_partitioned(out, (), newer, jobs=2)
    found = store.contents("earlier")
    assert {name: found[name] for name in before} == before
    assert verify(out) == []
    export_partitioned(out, (), newer)
    assert verify(out) == []
    assert store.names("earlier") == list(before)
    assert store.contents("earlier") != before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_an_export_to_a_store_that_is_killed_is_resumed(
    store: ObjectStore, tables: str, small: Path, tmp_path: Path
) -> None:
    options = ["--partitioned", "-o", f"{BUCKET}/killed", "--jobs", "2"]
    program = [sys.executable, "-m", "pariscall", "export", "--tables", tables, *options]
    with subprocess.Popen(program, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not store.records("killed"):
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        assert process.wait(60) != 0
    assert all(name.startswith(UNFINISHED) for name in store.names("killed"))
    finished = run_command(tmp_path, ["export", "--tables", tables, *options])
    assert finished.returncode == 0, finished.stderr
    assert "are there from an earlier run" in finished.stderr
    export_partitioned(tmp_path / "parts", (), small)
    assert store.contents("killed") == contents(tmp_path / "parts")


def test_dumps_and_releases_of_tables_in_a_store_are_those_of_a_folder(
    tables: str, small: Path, small_release: Path, run: Run, tmp_path: Path
) -> None:
    for place, name in ((small, "here"), (tables, "there")):
        done = run("export", "--tables", place, "-o", name, "--format", "nt")
        assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "here") == digests(tmp_path / "there")
    assert run("release", VERSION, "--tables", tables, "-o", "releases").returncode == 0
    assert digests(tmp_path / "releases" / VERSION) == digests(small_release)


def test_findings_in_tables_in_a_store_have_their_addresses(
    store: ObjectStore, small: Path, run: Run, tmp_path: Path
) -> None:
    faulty = shutil.copytree(small, tmp_path / "faulty")
    edit(faulty / "parties.csv", "ABB", "Abb")
    address = store.put(faulty, "faulty")
    here, there = (run("validate", "--tables", place, "--jobs", "1") for place in (faulty, address))
    assert here.returncode == there.returncode == 1
    assert re.sub("(?<!/)faulty/", f"{address}/", here.stdout) == there.stdout != here.stdout
    reported = run("validate", "--quiet", "--tables", address, "--report", "sarif")
    assert f'"uri": "{address}/parties.csv"' in reported.stdout

    store.write("faulty/parties.csv", b"nonsense\n")
    refused = run("validate", "--tables", address)
    assert refused.returncode == 3
    assert f"Error: {address}/parties.csv:1: the header must read" in refused.stderr


def test_a_project_in_a_store_is_exported(
    store: ObjectStore, charter: Path, tmp_path: Path
) -> None:
    for place, name in ((str(charter), "here"), (store.put(charter, "charter"), "there")):
        arguments = ["export", "--tables", place, "-o", name, "--format", "nt"]
        done = run_command(tmp_path, arguments)
        assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "here") == digests(tmp_path / "there")


MISSING = "The specified bucket does not exist."


REFUSED: dict[str, tuple[list[str], dict[str, str], int, str]] = {
    "no-bucket-to-read": (
        ["--tables", "s3://none/tables"],
        {},
        3,
        f"s3://none/tables: cannot be read: {MISSING}",
    ),
    "no-tables": (
        ["--tables", f"{BUCKET}/none"],
        {},
        3,
        f"{BUCKET}/none/csv-metadata.json: No such file or directory. A folder of tables needs",
    ),
    "no-bucket": (["-o", "s3://none/parts"], {}, 4, f"s3://none/parts: cannot write: {MISSING}"),
    "no-credentials": (
        ["-o", f"{BUCKET}/unsigned"],
        {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""},
        4,
        f"{BUCKET}/unsigned: cannot write: Unable to locate credentials.",
    ),
    "no-server": (
        ["-o", f"{BUCKET}/unheard"],
        {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"},
        4,
        f"{BUCKET}/unheard: cannot write: Could not connect to the endpoint URL",
    ),
    "password": (["-o", "s3a://user:word@host/x"], {}, 4, "s3a://host/x: cannot write: "),
    "others": (["-o", f"{BUCKET}/tables"], {}, 2, f"{BUCKET}/tables: other files are here."),
    "no-package": (["-o", "gs://bucket/x"], {}, 2, "gs://bucket/x: fsspec opens no address that"),
    "web": (["-o", "https://host/x"], {}, 2, "https://host/x: name a path, or an address in"),
}


@pytest.mark.parametrize("refused", REFUSED)
def test_what_the_store_refuses_is_told_in_a_line(
    tables: str, small: Path, run: Run, refused: str
) -> None:
    arguments, environment, code, told = REFUSED[refused]
    assert tables  # the bucket is there, and has them
    named = [] if "--tables" in arguments else ["--tables", small]
    done = run("export", "--partitioned", "--quiet", *named, *arguments, **environment)
    assert done.returncode == code, done.stderr
    [line] = done.stderr.splitlines()
    assert line.startswith(f"Error: {told}")


def test_a_store_that_denies_or_is_gone_is_told_in_a_line(
    small: Path, run: Run, tmp_path: Path
) -> None:
    options = ["--tables", str(small), "--partitioned", "-q", "--jobs", "2", "-o"]
    with object_store(tmp_path, is_denied=True):
        denied = run("export", *options, f"{BUCKET}/parts")
    assert denied.returncode == 4, denied.stderr
    [line] = denied.stderr.splitlines()
    assert line.startswith(f"Error: {BUCKET}/parts: cannot write: ")

    program = [sys.executable, "-m", "pariscall", "export", *options, f"{BUCKET}/parts"]
    with (
        object_store(tmp_path) as store,
        subprocess.Popen(program, stderr=subprocess.PIPE, text=True, env=os.environ) as process,
    ):
        assert wait_for(60, lambda: store.records("parts"))
        store.process.kill()
        _, said = process.communicate(timeout=120)
    assert process.returncode == 4, said
    [line] = said.splitlines()
    assert line.startswith(f"Error: {BUCKET}/parts/{UNFINISHED}/")


def test_what_is_written_to_folders_only_says_so(run: Run, tmp_path: Path) -> None:
    for arguments in (["export"], ["release", VERSION], ["site"]):
        done = run(*arguments, "-o", f"{BUCKET}/out")
        assert done.returncode == 2
        assert "--partitioned" in done.stderr.splitlines()[-1]
    assert not list(tmp_path.iterdir())
