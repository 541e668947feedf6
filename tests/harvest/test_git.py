"""A repository is data: nothing in it, or around it, runs a program or changes what is read."""

from __future__ import annotations

import os
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pariscall.errors import RegistryError
from pariscall.harvest.git import objects_of
from pariscall.harvest.repository import Repository, State, check_file, opened
from support.git_faults import object_of
from support.registry import Registry

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
FOLDER = "_supporters"


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    made = Registry.new(tmp_path / "registry")
    made.commit({"a.md": "a"}, "2019-09-01")
    made.commit({"b.md": "b"}, "2019-10-01")
    return made


def states(folder: Path, revision: str | None = None) -> list[tuple[str, set[str]]]:
    with opened(folder, revision) as repository:
        return [(state.commit.day, set(state.files)) for state in repository.history(FOLDER)]


WHOLE = [("2019-09-01", {"a.md"}), ("2019-10-01", {"a.md", "b.md"})]


@pytest.fixture
def other(tmp_path: Path) -> Registry:
    made = Registry.new(tmp_path / "other")
    made.commit({"z.md": "z"}, "2019-01-01")
    return made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_DIR", "{other}/.git"),
        ("GIT_COMMON_DIR", "{other}/.git"),
        ("GIT_OBJECT_DIRECTORY", "/nowhere"),
        ("GIT_CONFIG_PARAMETERS", "'log.showroot'='false'"),
        ("GIT_CONFIG_COUNT", "x"),
        ("GIT_EXEC_PATH", "/nowhere"),
        ("GIT_LITERAL_PATHSPECS", "x"),
        ("GIT_TRACE", "2"),
    ],
)
def test_a_variable_of_a_hook_changes_nothing(
    registry: Registry, other: Registry, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value.format(other=other.folder))
    assert states(registry.folder) == WHOLE


SETTINGS = {
    "the first commit is left out": "[log]\n showRoot = false\n",
    "paths are relative": "[diff]\n relative = true\n",
    "colours": "[color]\n ui = always\n diff = always\n",
    "another encoding": "[i18n]\n logOutputEncoding = UTF-16\n",
    "an order that is not there": "[diff]\n orderFile = /nowhere\n",
    "a program for signatures": "[log]\n showSignature = true\n[gpg]\n program = PROGRAM\n",
    "a program for differences": "[diff]\n external = PROGRAM\n[core]\n pager = PROGRAM\n",
    "a program for the index": "[core]\n fsmonitor = PROGRAM\n hooksPath = FOLDER\n",
    "a program for a command": "[alias]\n log = !PROGRAM\n rev-parse = !PROGRAM\n",
}


@pytest.mark.parametrize("whose", ["user", "clone"])
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_a_setting_of_the_user_or_the_clone_changes_nothing(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, whose: str
) -> None:
    ran, program = tmp_path / "ran", tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{ran}'\n", encoding="utf-8")
    program.chmod(0o755)
    settings = settings.replace("PROGRAM", str(program)).replace("FOLDER", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    config = tmp_path / ".gitconfig" if whose == "user" else registry.folder / ".git" / "config"
    with config.open("a", encoding="utf-8") as file:
        file.write(settings)
    assert states(registry.folder) == WHOLE
    assert not ran.exists()


def test_a_replaced_commit_does_not_cut_the_history(registry: Registry) -> None:
    orphan = registry.git("commit-tree", "HEAD^{tree}", "-m", "x").strip()
    registry.git("replace", "HEAD", orphan)
    assert states(registry.folder) == WHOLE


def test_a_graft_does_not_cut_the_history(registry: Registry) -> None:
    info = registry.folder / ".git" / "info"
    info.mkdir(exist_ok=True)
    (info / "grafts").write_text(registry.git("rev-parse", "HEAD"), encoding="utf-8")
    assert states(registry.folder) == WHOLE


def clone(source: Path, target: Path, *options: str) -> Path:
    environment = {**os.environ, "GIT_ALLOW_PROTOCOL": "file"}
    command = ["git", "clone", "--quiet", *options, source.as_uri(), str(target)]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return target


def test_a_shallow_clone_is_refused(registry: Registry, tmp_path: Path) -> None:
    shallow = clone(registry.folder, tmp_path / "shallow", "--depth=1")
    with pytest.raises(RegistryError, match=r"a shallow clone.*git fetch --unshallow"):
        states(shallow)


@pytest.mark.parametrize("options", [("--bare",), ()])
def test_a_partial_clone_is_refused(
    registry: Registry, tmp_path: Path, options: tuple[str, ...]
) -> None:
    registry.git("config", "uploadpack.allowFilter", "true")
    partial = clone(registry.folder, tmp_path / "partial", "--filter=blob:none", *options)
    with pytest.raises(RegistryError, match=r"a partial clone.*without --filter"):
        states(partial)


def test_a_bundle_of_a_part_is_refused(registry: Registry, tmp_path: Path) -> None:
    registry.git("bundle", "create", "--quiet", str(tmp_path / "part"), "main~1..main")
    with pytest.raises(RegistryError, match="not a git bundle of a whole history"):
        states(tmp_path / "part")


def test_a_missing_file_is_named(registry: Registry) -> None:
    blob = registry.git("rev-parse", f"HEAD:{FOLDER}/b.md").strip()
    (registry.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with (
        opened(registry.folder, None) as repository,
        pytest.raises(RegistryError, match=f"the file {blob} is missing"),
    ):
        repository.contents({blob})


@pytest.mark.parametrize("name", ["HEAD~1", "HEAD^{{tree}}", "HEAD:{0}", "HEAD:{0}/b.md"])
def test_an_object_that_is_not_what_its_identifier_says_is_refused(
    registry: Registry, name: str
) -> None:
    path = object_of(registry, name.format(FOLDER))
    content = zlib.decompress(path.read_bytes())
    path.write_bytes(zlib.compress(content[:-1] + bytes([content[-1] ^ 1])))  # of the same length
    with (
        pytest.raises(RegistryError, match="has another content than its identifier says"),
        opened(registry.folder, None) as repository,
    ):
        for state in repository.history(FOLDER):
            repository.contents(set(state.files.values()))


def test_a_pipe_in_the_place_of_an_object_is_refused_and_not_waited_for(
    registry: Registry,
) -> None:
    path = object_of(registry, "HEAD")
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(RegistryError, match=r"\.git/objects/.* is a pipe or a device"):
        states(registry.folder)


def test_what_git_prints_is_bounded(registry: Registry) -> None:
    with objects_of(registry.folder, "registry") as git:
        assert (
            len(git("log", "--format=%H", "-1", registry.git("rev-parse", "main").strip(), most=41))
            == 41
        )
        with pytest.raises(RegistryError, match="prints more than 40 bytes"):
            git("log", "--format=%H", "-1", registry.git("rev-parse", "main").strip(), most=40)


def test_a_folder_within_a_repository_is_no_repository(registry: Registry) -> None:
    with pytest.raises(RegistryError, match=r"_supporters: not a git repository"):
        states(registry.folder / FOLDER)


@pytest.mark.parametrize("name", ['quo"te', "co:lon", "new\nline", "back\\slash", "spa ce"])
def test_a_clone_may_be_anywhere(registry: Registry, tmp_path: Path, name: str) -> None:
    assert states(registry.folder.rename(tmp_path / name)) == WHOLE


@pytest.mark.parametrize("revision", ["--output=x", "HEAD^{tree}", "a\0b", "main\nmain", "nothing"])
def test_what_is_no_commit_is_refused(registry: Registry, revision: str) -> None:
    with pytest.raises(RegistryError, match="there is no commit"):
        states(registry.folder, revision)


@pytest.fixture
def last(registry: Registry) -> Iterator[State]:
    """Return the last state of a registry with things that are no files, and odd names."""
    head = registry.git("rev-parse", "HEAD").strip()
    (registry.folder / FOLDER / "link.md").symlink_to("/etc/passwd")
    (registry.folder / FOLDER / "large.md").write_bytes(b"x" * (64 << 10) + b"x")
    for name in (b"new\nline", b"\xff", b"\x1b[2J", b"\x01" + b"a" * 40 + b" 2020-01-01 "):
        (registry.folder / FOLDER / os.fsdecode(name)).write_text("x", encoding="utf-8")
    registry.git("add", "--all")
    registry.git("update-index", "--add", "--cacheinfo", f"160000,{head},{FOLDER}/module.md")
    registry.git("commit", "--quiet", "-m", "Odd")
    with opened(registry.folder, None) as repository:
        yield repository.history(FOLDER)[-1]


def problems(registry: Registry, state: State) -> dict[str, str]:
    found = {}
    with opened(registry.folder, None) as repository:
        contents = repository.contents(set(state.files.values()))
    for name, content in state.files.items():
        try:
            check_file(name, content, contents)
        except RegistryError as error:
            found[name] = str(error)
    return found


def test_what_is_no_file_or_has_no_name_is_told_with_its_place(
    registry: Registry, last: State
) -> None:
    found = problems(registry, last)
    assert found["link.md"].startswith("link.md:1: a symbolic link")
    assert found["module.md"].startswith("module.md:1: a submodule")
    assert found["large.md"].startswith("large.md:1: larger than 64 kB")
    assert found["new\nline"] == r"new\nline:1: the name of the file is not plain text."
    assert len(found) == 7
    assert all(problem.isprintable() for problem in found.values())


def commit_as(registry: Registry, text: str) -> None:
    """Commit what is there with a commit object of a text, which git would not write."""
    tree, parent = (registry.git("rev-parse", name).strip() for name in ("HEAD^{tree}", "HEAD"))
    path = registry.folder / "commit"
    path.write_text(f"tree {tree}\nparent {parent}\nauthor a <a> 1 +0000\n{text}", encoding="utf-8")
    command = ("hash-object", "-t", "commit", "-w", "--literally", str(path))
    (registry.folder / ".git" / "refs" / "heads" / "main").write_text(registry.git(*command))


@pytest.mark.parametrize(
    "date", ["99999999999999999999 +0000", "x", "253402300800 +0000", "1 +0000"]
)
def test_a_commit_of_an_impossible_date_is_refused(registry: Registry, date: str) -> None:
    commit_as(registry, f"committer a <a> {date}\n\nx\n")
    with pytest.raises(RegistryError, match="has the impossible date"):
        states(registry.folder)


@pytest.mark.parametrize("value", ["../../evil", "\x01aaaa bbbb", "a" * 80, "x\x1b[2J"])
def test_a_trailer_that_names_no_commit_is_refused(registry: Registry, value: str) -> None:
    commit_as(registry, f"committer a <a> 1580000000 +0000\n\nx\n\nUpstream-commit: {value}\n")
    with pytest.raises(RegistryError, match="its Upstream-commit is") as refused:
        states(registry.folder)
    assert str(refused.value).isprintable()


def test_an_identifier_of_another_repository_is_read_from_its_trailer(registry: Registry) -> None:
    commit_as(registry, f"committer a <a> 1580000000 +0000\n\nx\n\nUpstream-commit: {'a' * 40}\n")
    with objects_of(registry.folder, "registry") as git:
        assert Repository(git, "registry", None).commit.sha == "a" * 40
