"""Changes of a registry: what a stranger's repository may hold, or have around it."""

from __future__ import annotations

import os
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

from support.registry import Registry

Change = Callable[[Registry], Path | None]
ENTRY = "_supporters/acme-private-sector-ROM.md"


def setting(text: str) -> Change:
    """Return a change that sets the configuration of a clone, which may name a program."""

    def change(registry: Registry) -> None:
        program = registry.folder.parent / "program"
        program.write_text('#!/bin/sh\ntouch "$(dirname $0)/ran"\n', encoding="utf-8")
        program.chmod(0o755)
        with (registry.folder / ".git" / "config").open("a", encoding="utf-8") as file:
            file.write(text.replace("PROGRAM", str(program)))

    return change


def environment(name: str, value: str) -> Change:
    """Return a change that sets a variable, as a hook of git does."""

    def change(registry: Registry) -> None:
        other = Registry.new(registry.folder.parent / "other")
        other.commit({"z.md": "z"}, "2019-01-01")
        os.environ[name] = value.format(other=other.folder)

    return change


def entry(text: str | bytes) -> Change:
    """Return a change that commits another text of a supporter."""

    def change(registry: Registry) -> None:
        content = text if isinstance(text, bytes) else text.encode()
        (registry.folder / ENTRY).write_bytes(content)
        registry.git("commit", "--quiet", "--all", "-m", "x", day="2020-05-01")

    return change


def added(name: bytes, make: Callable[[Path], object]) -> Change:
    """Return a change that adds something to the folder of supporters."""

    def change(registry: Registry) -> None:
        make(registry.folder / "_supporters" / os.fsdecode(name))
        registry.git("add", "--all")
        registry.git("commit", "--quiet", "-m", "x", day="2020-05-01")

    return change


def raw(kind: str, make: Callable[[Registry], bytes]) -> Change:
    """Return a change that makes an object which git would not write, and has ``main`` name it."""

    def change(registry: Registry) -> None:
        path = registry.folder.parent / "raw"
        path.write_bytes(make(registry))
        made = registry.git("hash-object", "-t", kind, "-w", "--literally", str(path)).strip()
        if kind == "tree":
            made = registry.git("commit-tree", made, "-p", "HEAD", "-m", "x", day="2020-05-01")
        set_main(registry, made)

    return change


def set_main(registry: Registry, value: str) -> None:
    """Have the branch name a commit."""
    (registry.folder / ".git" / "refs" / "heads" / "main").write_text(value, encoding="utf-8")


def commit_of(committer: str, message: str = "x") -> Callable[[Registry], bytes]:
    """Return the text of a commit, with what its committer is said to be."""

    def make(registry: Registry) -> bytes:
        tree = registry.git("rev-parse", "HEAD^{tree}")
        parent = registry.git("rev-parse", "HEAD")
        head = f"tree {tree}parent {parent}author a <a> 1580000000 +0000\n"
        return f"{head}committer {committer}\n\n{message}\n".encode()

    return make


def tree_of(*names: bytes) -> Callable[[Registry], bytes]:
    """Return a tree in which an entry has these names."""

    def make(registry: Registry) -> bytes:
        blob = bytes.fromhex(registry.git("rev-parse", f"HEAD:{ENTRY}").strip())
        supporters = b"".join(b"100644 %s\0%s" % (name, blob) for name in names)
        path = registry.folder.parent / "tree"
        path.write_bytes(supporters)
        made = registry.git("hash-object", "-t", "tree", "-w", "--literally", str(path)).strip()
        return b"40000 _supporters\0" + bytes.fromhex(made)

    return make


def object_of(registry: Registry, name: str) -> Path:
    """Return where git keeps an object."""
    sha = registry.git("rev-parse", name).strip()
    path = registry.folder / ".git" / "objects" / sha[:2] / sha[2:]
    path.chmod(0o644)
    return path


def replaced(name: str, content: Callable[[bytes], bytes]) -> Change:
    """Return a change that writes something else to the file of an object."""

    def change(registry: Registry) -> None:
        path = object_of(registry, name)
        path.write_bytes(content(path.read_bytes()))

    return change


def instead(name: str, make: Callable[[Path], object]) -> Change:
    """Return a change that puts something else in the place of the file of an object."""

    def change(registry: Registry) -> None:
        path = object_of(registry, name)
        path.unlink()
        make(path)

    return change


def packed(content: Callable[[bytes], bytes], suffix: str = "pack") -> Change:
    """Return a change that packs all objects, and writes something else to the pack."""

    def change(registry: Registry) -> None:
        registry.git("repack", "-a", "-d", "--quiet")
        registry.git("prune-packed", "--quiet")
        [path] = (registry.folder / ".git" / "objects" / "pack").glob(f"*.{suffix}")
        path.chmod(0o644)
        path.write_bytes(content(path.read_bytes()))

    return change


def changed(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Return a change of an object whose file git can still read, under the same identifier."""

    def change(content: bytes) -> bytes:
        found = zlib.decompress(content)
        assert old in found
        return zlib.compress(found.replace(old, new))

    return change


def flipped(content: bytes) -> bytes:
    """Flip the bits of a byte in the middle."""
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :]


def halved(content: bytes) -> bytes:
    """Cut a content in the middle."""
    return content[: len(content) // 2]


def bomb(said: bytes) -> Callable[[bytes], bytes]:
    """Return an object of 500 MB, whose header says some size."""

    def make(_: bytes) -> bytes:
        packer, block = zlib.compressobj(1), bytes(1_000_000)
        parts = [packer.compress(b"blob " + said + b"\0")]
        parts += [packer.compress(block) for _ in range(500)]
        return b"".join([*parts, packer.flush()])

    return make


def alternates(text: str) -> Change:
    """Return a change that names other stores of objects."""

    def change(registry: Registry) -> None:
        info = registry.folder / ".git" / "objects" / "info"
        info.mkdir(exist_ok=True)
        (info / "alternates").write_text(text, encoding="utf-8")

    return change


def cloned(*options: str) -> Change:
    """Return a change that clones the registry, with some options, to harvest the clone."""

    def change(registry: Registry) -> Path:
        registry.git("config", "uploadpack.allowFilter", "true")
        target = registry.folder.parent / "clone"
        command = ["git", "clone", "--quiet", *options, registry.folder.as_uri(), str(target)]
        environment = {**os.environ, "GIT_ALLOW_PROTOCOL": "file"}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        return target

    return change


def bundled(registry: Registry) -> Path:
    """Make a bundle of a part of the history."""
    path = registry.folder.parent / "part"
    registry.git("bundle", "create", "--quiet", str(path), "main~1..main")
    return path


def submodule(registry: Registry) -> None:
    """Add a submodule to the folder of supporters."""
    head = registry.git("rev-parse", "HEAD").strip()
    registry.git("update-index", "--add", "--cacheinfo", f"160000,{head},_supporters/module.md")
    registry.git("commit", "--quiet", "-m", "x", day="2020-05-01")


def grafted(registry: Registry) -> None:
    """Say that the last commit has no parents."""
    info = registry.folder / ".git" / "info"
    info.mkdir(exist_ok=True)
    (info / "grafts").write_text(registry.git("rev-parse", "HEAD"), encoding="utf-8")


def substituted(registry: Registry) -> None:
    """Replace the last commit by one without parents."""
    orphan = registry.git("commit-tree", "HEAD^{tree}", "-m", "x").strip()
    registry.git("replace", "HEAD", orphan)


def pipe(path: Path) -> None:
    """Put a pipe that nobody writes to in the place of a file."""
    path.unlink()
    os.mkfifo(path)
