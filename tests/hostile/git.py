"""Repositories of a stranger, for ``harvest registry``: what is in them, and around them."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pariscall.errors import RegistryError
from pariscall.harvest.registry import harvest_registry
from support.git_faults import (
    ENTRY,
    Change,
    added,
    alternates,
    bomb,
    bundled,
    changed,
    cloned,
    commit_of,
    entry,
    environment,
    flipped,
    grafted,
    halved,
    instead,
    packed,
    pipe,
    raw,
    replaced,
    set_main,
    setting,
    submodule,
    substituted,
    tree_of,
)
from support.in_process import in_a_folder
from support.registry import ACME, digests, make_registry, make_target

from .registry import Try, hostile

_LONG = "x" * 60_000


HARMLESS: dict[str, Change] = {
    "log.showRoot": setting("[log]\n showRoot = false\n"),
    "diff.relative": setting("[diff]\n relative = true\n"),
    "colours": setting("[color]\n ui = always\n diff = always\n"),
    "another encoding": setting("[i18n]\n logOutputEncoding = UTF-16\n"),
    "a program for signatures": setting("[log]\n showSignature = true\n[gpg]\n program = PROGRAM"),
    "a program for differences": setting("[diff]\n external = PROGRAM\n[core]\n pager = PROGRAM"),
    "a program for the index": setting("[core]\n fsmonitor = PROGRAM\n"),
    "a program for a command": setting("[alias]\n log = !PROGRAM\n rev-parse = !PROGRAM\n"),
    "a program to ask for objects": setting(
        '[extensions]\n partialClone = x\n[remote "x"]\n url = ext::PROGRAM\n promisor = true\n'
    ),
    "another repository": environment("GIT_DIR", "{other}/.git"),
    "other objects": environment("GIT_OBJECT_DIRECTORY", "/nowhere"),
    "parameters": environment("GIT_CONFIG_PARAMETERS", "'log.showroot'='false'"),
    "other programs": environment("GIT_EXEC_PATH", "/nowhere"),
    "a graft": grafted,
    "a replaced commit": substituted,
    "objects in itself": alternates("../objects\n"),
    "objects nowhere": alternates("/nowhere\n" * 10_000),
}
EITHER: dict[str, Change] = {
    "a tree of a name twice": raw("tree", tree_of(b"a.md", b"a.md")),
    "a tree of a long name": raw("tree", tree_of(_LONG.encode())),
    "a state without a country": entry(ACME.replace("private-sector", "state").replace("ROM", "")),
    "a tree of the name of git": raw("tree", tree_of(b".git")),
}
REFUSED: dict[str, Change] = {
    "a shallow clone": cloned("--depth=1"),
    "a partial clone": cloned("--filter=blob:none", "--bare"),
    "a bundle of a part": bundled,
    "a submodule": submodule,
    "a link": added(b"link.md", lambda path: path.symlink_to("/etc/passwd")),
    "a large file": added(b"large.md", lambda path: path.write_bytes(b"x" * 100_000)),
    "a huge file": added(b"huge.md", lambda path: path.write_bytes(b"---\n" * 5_000_000)),
    "a name with a line end": added(b"new\nline", lambda path: path.write_text("x")),
    "a name that is not UTF-8": added(b"\xff.md", lambda path: path.write_text("x")),
    "a name with an escape": added(b"\x1b[2J", lambda path: path.write_text("x")),
    "a name like a header": added(
        b"\x01" + b"a" * 40 + b" 2020-01-01 ", lambda path: path.write_text("x")
    ),
    "an entry without front matter": entry("x"),
    "an entry that is cut": entry(ACME[:20]),
    "an entry that is not UTF-8": entry(b"---\nname: \xff\n---\n"),
    "an entry of zeros": entry(b"---\n" + bytes(60_000) + b"\n---\n"),
    "a field twice": entry(ACME.replace("category:", "name: x\ncategory:")),
    "nested brackets": entry(ACME.replace('"Entreprise "', "[" * 30_000 + "]" * 30_000)),
    "nested braces": entry(ACME.replace('"Entreprise "', "{a: " * 10_000 + "}" * 10_000)),
    "aliases": entry(
        "---\na: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(900)) + "---\n"
    ),
    "an object of Python": entry("---\nname: !!python/object/apply:os.system [id]\n---\n"),
    "an impossible date": entry(ACME.replace("2020-02-01", "2020-02-31")),
    "a date of many digits": entry(ACME.replace("2020-02-01", "9" * 50_000)),
    "a category that is unknown": entry(ACME.replace("private-sector", "\x1b[2J")),
    "a country of an escape": entry(ACME.replace("ROM", '"\\e[2J"')),
    "a date beyond all": raw("commit", commit_of("a <a> 99999999999999999999 +0000")),
    "a date of the year 10000": raw("commit", commit_of("a <a> 253402300800 +0000")),
    "no date": raw("commit", commit_of("x")),
    "a trailer that leads out": raw(
        "commit", commit_of("a <a> 1590000000 +0000", "x\n\nUpstream-commit: ../../evil")
    ),
    "a trailer of escapes": raw(
        "commit", commit_of("a <a> 1590000000 +0000", "x\n\nUpstream-commit: \x1b[2J")
    ),
    "a commit without a tree": raw("commit", lambda _: b"x"),
    "a commit of nothing": raw("commit", lambda _: b"tree " + b"0" * 40 + b"\n\nx"),
    "a tree of names that lead out": raw("tree", tree_of(b"../../evil")),
    "a tree of no name": raw("tree", tree_of(b"")),
    "a tree of a line end": raw("tree", tree_of(b"a\n\x01b")),
    "a tree that is cut": raw("tree", lambda _: b"40000 _supporters\0abc"),
    "a tree of zeros": raw("tree", lambda _: bytes(1_000)),
    "a missing file": instead(f"HEAD:{ENTRY}", lambda _: None),
    "a missing tree": instead("HEAD^{tree}", lambda _: None),
    "a missing commit": instead("HEAD~1", lambda _: None),
    "a file that is flipped": replaced(f"HEAD:{ENTRY}", flipped),
    "a file that is cut": replaced(f"HEAD:{ENTRY}", halved),
    "a file of nothing": replaced(f"HEAD:{ENTRY}", lambda _: b""),
    "a file that is another": replaced(f"HEAD:{ENTRY}", changed(b"2020-02-01", b"2020-02-02")),
    "a folder that is another": replaced("HEAD:_supporters", changed(b"acme", b"AcMe")),
    "a tree that is another": replaced("HEAD^{tree}", changed(b"40000 ", b"40001 ")),
    "a commit that is another": replaced("HEAD~1", changed(b" +0100", b" +0200")),
    "a file that is a commit": replaced(f"HEAD:{ENTRY}", lambda _: zlib.compress(b"commit 1\0x")),
    "a bomb": replaced(f"HEAD:{ENTRY}", bomb(b"500000000")),
    "a bomb that says it is small": replaced(f"HEAD:{ENTRY}", bomb(b"100")),
    "a bomb that says it is huge": replaced(f"HEAD:{ENTRY}", bomb(b"9" * 18)),
    "a tree that is flipped": replaced("HEAD^{tree}", flipped),
    "a commit that is flipped": replaced("HEAD", flipped),
    "a pipe for a file": instead(f"HEAD:{ENTRY}", os.mkfifo),
    "a pipe for a branch": lambda registry: pipe(registry.folder / ".git" / "HEAD"),
    "a device for a file": instead(f"HEAD:{ENTRY}", lambda path: path.symlink_to("/dev/zero")),
    "a folder for a file": instead(f"HEAD:{ENTRY}", Path.mkdir),
    "a pack that is flipped": packed(flipped),
    "a pack that is cut": packed(halved),
    "a pack of nothing": packed(lambda _: b""),
    "an index that is flipped": packed(flipped, "idx"),
    "an index that is cut": packed(halved, "idx"),
    "a branch that is itself": lambda registry: set_main(registry, "ref: refs/heads/main\n"),
    "a branch of escapes": lambda registry: set_main(registry, "\x1b[2J\n"),
    "a branch of zeros": lambda registry: set_main(registry, "0" * 40 + "\n"),
    "a branch that leads out": lambda registry: set_main(registry, "ref: ../../../etc/passwd\n"),
}


def harvest(change: Change, *, is_whole: bool) -> None:
    """Change a registry and harvest it: wholly, or a refusal writes nothing."""
    with in_a_folder({}) as folder:
        registry, target = make_registry(folder / "registry"), make_target(folder / "tables")
        before = digests(target)
        path = change(registry) or registry.folder
        try:
            found = harvest_registry(path, target)
            assert not is_whole or found.supporters == 4, "the history is another"
        except RegistryError:
            assert digests(target) == before, "it was written"
            raise
        finally:
            assert not (folder / "ran").exists(), "a program ran"


@hostile("git")
def repositories() -> Iterator[Try]:
    """Yield each change, some of which change nothing."""
    for what, change in HARMLESS.items():
        work = partial(harvest, change, is_whole=True)
        yield Try(what, work, must_be_refused=False)
    for what, change in EITHER.items():
        yield Try(what, partial(harvest, change, is_whole=False), must_be_refused=False)
    for what, change in REFUSED.items():
        yield Try(what, partial(harvest, change, is_whole=False))
