"""A release comes over the web whole and verified, or not at all, and what broke off is resumed.

The server is a real one on loopback: that of Python for folders, made to misbehave file by file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from pariscall.errors import MisuseError, OutputError, ReleaseError, WebError
from pariscall.io.request import Limits
from pariscall.publish.release.assembly import release
from pariscall.publish.release.checksums import file_names, sha256
from pariscall.publish.release.download import download
from pariscall.publish.release.index import read_index
from pariscall.publish.release.pull import pull, verify_url
from support.command import Run
from support.folders import Answer, Folders, instead, serve, status

pytestmark = pytest.mark.server

OLD, NEW = "2026.11.22", "2026.11.22.10"
QUICK = Limits(connect=2, total=20, tries=2, pause=0.01, longest_pause=0.05)


def cut(handler: Folders) -> None:
    """Send half of what was asked for, and close the connection."""
    content = handler.content()
    start = int((handler.headers.get("Range") or "bytes=0-").removeprefix("bytes=").rstrip("-"))
    rest = content[start:]
    headers = {"Content_Length": str(len(rest))}
    if start:
        headers["Content_Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
    handler.send_bytes(rest[: len(rest) // 2], 206 if start else 200, **headers)
    handler.close_connection = True


def flip(handler: Folders) -> None:
    """Send the file with one byte changed."""
    content = bytearray(handler.content())
    content[len(content) // 2] ^= 1
    handler.send_bytes(bytes(content))


def another_part(handler: Folders) -> None:
    """Send the first bytes, whichever were asked for."""
    handler.send_bytes(handler.content()[:5], 206, Content_Range="bytes 0-4/5")


@pytest.fixture(scope="module")
def published(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish two releases of a small registry."""
    folder = tmp_path_factory.mktemp("published")
    for version in (NEW, OLD):
        release(version, folder, small)
    return folder


@pytest.fixture
def server(published: Path) -> Iterator[str]:
    with serve(published) as address:
        yield address


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in file_names(folder)}


# ---------------------------------------------------------------------------- the index


def test_the_index_names_the_releases_in_their_order_with_their_checksums(published: Path) -> None:
    index = json.loads((published / "releases.json").read_bytes())
    assert [entry["version"] for entry in index["releases"]] == [NEW, OLD]
    for entry in index["releases"]:
        assert entry["SHA256SUMS"] == sha256(published / entry["version"] / "SHA256SUMS")
    assert list(read_index((published / "releases.json").read_bytes(), "x")) == [OLD, NEW]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"releases": []}', b'{"releases": [{}]}', b"\xff"]
)
def test_what_is_no_index_is_refused(content: bytes) -> None:
    with pytest.raises(ReleaseError, match="x: "):
        read_index(content, "x")


# --------------------------------------------------------------------------------- pull


def test_the_newest_release_comes_whole(server: str, published: Path, tmp_path: Path) -> None:
    assert pull(None, server, tmp_path / "out") == tmp_path / "out" / NEW
    assert contents(tmp_path / "out" / NEW) == contents(published / NEW)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [NEW]


def test_a_release_comes_by_its_version(server: str, published: Path, tmp_path: Path) -> None:
    assert contents(pull(OLD, server, tmp_path)) == contents(published / OLD)
    assert "/releases.json" not in [path for path, _ in Folders.asked]


def test_a_release_that_is_here_is_not_asked_for_again(server: str, tmp_path: Path) -> None:
    pull(NEW, server, tmp_path)
    Folders.asked.clear()
    assert pull(NEW, server, tmp_path) == tmp_path / NEW
    assert Folders.asked == []


def test_without_a_network_the_newest_that_is_here_is_taken(server: str, tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9/"
    with pytest.raises(WebError, match=r"releases\.json: the server cannot be reached"):
        pull(None, nowhere, tmp_path)
    pull(OLD, server, tmp_path)
    told: list[str] = []
    assert pull(None, nowhere, tmp_path, told.append) == tmp_path / OLD
    assert "The newest release that is here is taken." in told[0]


def test_the_age_of_the_newest_release_is_said_and_may_be_too_much(
    server: str, tmp_path: Path
) -> None:
    told: list[str] = []
    with pytest.raises(ReleaseError, match=rf"release {NEW} is [\d,]+ days? old, more than 0"):
        pull(None, server, tmp_path, told.append, max_age=0)
    assert list(tmp_path.iterdir()) == []
    pull(None, server, tmp_path, told.append, max_age=1_000_000)
    assert told[0].startswith(f"The newest release is {NEW}, ")
    with pytest.raises(ReleaseError, match="more than 0"):
        pull(None, "http://127.0.0.1:9/", tmp_path, max_age=0)
    with pytest.raises(ReleaseError, match=f"release {OLD} is"):
        pull(OLD, server, tmp_path, max_age=0)


def test_what_broke_off_is_resumed_where_it_did(
    server: str, published: Path, tmp_path: Path
) -> None:
    size = (published / OLD / "paris-call.ttl").stat().st_size
    Folders.faults["paris-call.ttl"] = cut
    with pytest.raises(WebError, match=r"paris-call\.ttl: the answer was cut"):
        download(f"{server}{OLD}/", tmp_path / f".{OLD}.partial", limits=QUICK)
    kept = (tmp_path / f".{OLD}.partial" / "paris-call.ttl").stat().st_size
    assert kept == size // 2 + (size - size // 2) // 2
    Folders.faults.clear()
    Folders.asked.clear()
    pull(OLD, server, tmp_path)
    assert contents(tmp_path / OLD) == contents(published / OLD)
    asked = dict(Folders.asked)
    assert asked[f"/{OLD}/paris-call.ttl"] == f"bytes={kept}-"
    assert f"/{OLD}/paris-call.nt" not in asked or not asked[f"/{OLD}/paris-call.nt"]
    assert f"/{OLD}/dcat.ttl" not in asked  # it came before what broke off


@pytest.mark.parametrize("fault", [another_part, instead(b""), status(416)])
def test_a_server_that_does_not_resume_well_gives_no_wrong_file(
    server: str, published: Path, tmp_path: Path, fault: Answer
) -> None:
    beginning = tmp_path / f".{OLD}.partial" / "paris-call.ttl"
    beginning.parent.mkdir()
    beginning.write_bytes(b"not the beginning")

    def only_parts(handler: Folders) -> None:
        fault(handler) if handler.headers.get("Range") else SimpleHTTPRequestHandler.do_GET(handler)

    Folders.faults["paris-call.ttl"] = only_parts
    assert contents(pull(OLD, server, tmp_path)) == contents(published / OLD)


def test_what_was_begun_wrongly_is_fetched_anew(
    server: str, published: Path, tmp_path: Path
) -> None:
    begun = tmp_path / f".{OLD}.partial"
    begun.mkdir()
    (begun / "paris-call.nt").write_bytes(b"of another release")
    (begun / "void.ttl").write_bytes(bytes(1_000_000))
    (begun / "old.txt").write_bytes(b"")
    assert contents(pull(OLD, server, tmp_path)) == contents(published / OLD)


@pytest.mark.parametrize(
    ("file", "answer", "error"),
    [
        ("paris-call.ttl", flip, "paris-call.ttl: was changed"),
        ("manifest.json", flip, "manifest.json"),
        ("void.ttl", status(404), "void.ttl: is missing."),
        ("void.ttl", status(403), "void.ttl: the server answers 403 Forbidden."),
        ("SHA256SUMS", status(404), "there is no release here"),
        ("SHA256SUMS", instead(b"../../x"), "this is not a line of sha256sum"),
        ("SHA256SUMS", instead(b"0" * 64 + b"  ../../x\n"), "'../../x' is not the name of a file"),
        ("SHA256SUMS", instead(b"0" * 64 + b"  /etc/x\n"), "'/etc/x' is not the name of a file"),
        ("SHA256SUMS", instead(b""), "SHA256SUMS: does not name manifest.json."),
    ],
)
def test_what_is_not_whole_gets_no_name(
    server: str, tmp_path: Path, file: str, answer: Answer, error: str
) -> None:
    Folders.faults[file] = answer
    with pytest.raises((ReleaseError, WebError)) as caught:
        pull(OLD, server, tmp_path / "out")
    assert error in str(caught.value)
    assert not (tmp_path / "out" / OLD).exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    Folders.faults.clear()
    assert pull(OLD, server, tmp_path / "out") == tmp_path / "out" / OLD  # which is verified


def test_a_release_that_is_not_the_one_of_the_index_is_refused(server: str, tmp_path: Path) -> None:
    entry = {"version": OLD, "SHA256SUMS": "0" * 64}
    Folders.faults["releases.json"] = instead(json.dumps({"releases": [entry]}).encode())
    with pytest.raises(ReleaseError, match="is not that of the index"):
        pull(None, server, tmp_path)


def test_a_damaged_release_that_is_here_is_named(server: str, tmp_path: Path) -> None:
    pull(OLD, server, tmp_path)
    (tmp_path / OLD / "void.ttl").unlink()
    with pytest.raises(ReleaseError, match=r"void\.ttl: is missing\. Remove it and pull again\."):
        pull(OLD, server, tmp_path)


def test_where_nothing_can_be_written_there_is_one_line(server: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot write"):
        pull(OLD, server, tmp_path / "file")
    with pytest.raises(MisuseError, match="is not a version"):
        pull("../x", server, tmp_path)


def test_a_signature_comes_along_and_is_asked_for(server: str, tmp_path: Path) -> None:
    signers = tmp_path / "signers"
    signers.write_text("", encoding="utf-8")
    with pytest.raises(ReleaseError, match="the release is not signed"):
        pull(OLD, server, tmp_path, signers=signers)
    Folders.faults["SHA256SUMS.sig"] = instead(b"a signature\n")
    folder = pull(OLD, server, tmp_path)
    assert (folder / "SHA256SUMS.sig").read_bytes() == b"a signature\n"


# -------------------------------------------------------------------- verify, the commands


def test_a_release_on_the_web_is_verified_there(server: str) -> None:
    assert verify_url(f"{server}{OLD}/") == []
    Folders.faults |= {"paris-call.nt": flip, "codes.ttl": status(404)}
    problems = verify_url(f"{server}{OLD}/")
    assert [line for line in problems if line.startswith("paris-call.nt: was changed")]
    assert "vocabulary/codes.ttl: is missing." in problems


def test_an_error_names_the_address_and_not_a_folder_here(server: str) -> None:
    Folders.faults["manifest.json"] = instead(b"[]")
    with pytest.raises(ReleaseError) as caught:
        verify_url(f"{server}{OLD}/")
    assert str(caught.value).startswith(f"{server}{OLD}/manifest.json: was changed")


def test_the_commands_pull_and_verify(run: Run, server: str) -> None:
    pulled = run("pull", "--from", server)
    assert (pulled.returncode, pulled.stdout) == (0, f"build/releases/{NEW}\n")
    assert "paris-call.ttl: " in pulled.stderr
    again = run("pull", NEW, PARISCALL_RELEASES="http://127.0.0.1:9/")
    assert (again.returncode, again.stdout) == (0, pulled.stdout)
    assert again.stderr == f"build/releases/{NEW} is here already, and whole.\n"
    summed_up = run("pull", NEW, "-q", "--json", PARISCALL_RELEASES="http://127.0.0.1:9/")
    assert (summed_up.returncode, summed_up.stderr) == (0, "")
    found = json.loads(summed_up.stdout)
    assert list(found) == ["path", "version", "files", "bytes", "seconds"]
    assert (found["path"], found["version"]) == (f"build/releases/{NEW}", NEW)
    assert found["bytes"] > found["files"] > 20
    assert run("verify", f"{server}{NEW}").returncode == 0
    Folders.faults["paris-call.ttl"] = flip
    found = run("verify", f"{server}{NEW}")
    assert found.returncode == 1
    assert found.stdout.startswith("paris-call.ttl: was changed")
    missing = run("pull", "2001.01.01", "--from", server)
    assert missing.returncode == 3
    assert missing.stderr.startswith("Error: ")
    assert "there is no release here" in missing.stderr
    assert run("pull", "--from", "example.org").returncode == 2
