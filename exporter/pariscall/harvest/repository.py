"""A git repository: the states of a folder, commit by commit."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import RegistryError, printable, relative
from .git import Git, clone_of, objects_of
from .objects import Objects
from .periods import Commit

# A copy of a repository may carry the identifier of the original commit in a trailer.
_COMMIT = "%x01%H %cs %(trailers:key=Upstream-commit,valueonly,separator=)"
_HEADER = re.compile(r"\x01([0-9a-f]{40,64}) (\S*) ?(.*)", re.DOTALL)
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d")
_FIRST_DAY = "2005-04-07"  # of git, which shows dates that it cannot read as 1970
_NOT_FILES = {"120000": "a symbolic link", "160000": "a submodule"}

_LARGEST_FILE = 64 << 10  # bytes; the entries of the registry have some hundred each
_LARGEST_FILES = 16 << 20  # all versions of all files
_MOST_FILES = 5_000_000  # the sum over all states


@dataclass(frozen=True)
class State:
    """The files of a folder as a commit left them: path in it to identifier of the content."""

    commit: Commit
    files: Mapping[str, str]


class Repository:
    """A repository up to one commit."""

    def __init__(self, git: Git, name: str, revision: str | None) -> None:
        self._git = git
        self._name = name
        self._objects = Objects(git, name)
        self._revision = self._resolve(revision)
        [(self.commit, _)] = self._log("-1", "--no-patch")

    def history(self, folder: str) -> list[State]:
        """Return the states of a folder, one per commit that changes it, the oldest first.

        The identifier of what is no file is what it is, such as ``a submodule``.

        Raises:
            RegistryError: if the states are more than can be kept, or a commit or a folder is
                not what its identifier says.
        """
        self._objects.check_history(self._revision, folder)
        files: dict[str, str] = {}
        states = []
        number = 0
        for commit, changes in self._log("--reverse", "--raw", "--no-abbrev", "--", folder):
            for description, path in changes:
                _, mode, _, content, status = description.split()
                name = path.removeprefix(f"{folder}/")
                if status == "D":
                    files.pop(name, None)
                else:
                    files[name] = _NOT_FILES.get(mode, content)
            number += len(files)
            if number > _MOST_FILES:
                raise RegistryError(
                    f"{self._name}: more than {_MOST_FILES:,} files in all states of {folder}. "
                    "This is not the registry."
                )
            states.append(State(commit, dict(files)))
        return states

    def contents(self, identifiers: Collection[str]) -> dict[str, bytes]:
        """Read contents by their identifiers; those that are too large, or no file, are left out.

        Raises:
            RegistryError: if a content is missing or is not what its identifier says, or all of
                them are too large together.
        """
        sizes = self._objects.sizes([each for each in identifiers if _ID.fullmatch(each)])
        wanted = {each: size for each, size in sizes.items() if size <= _LARGEST_FILE}
        if sum(wanted.values()) > _LARGEST_FILES:
            raise RegistryError(
                f"{self._name}: the files have more than {_LARGEST_FILES >> 20} MB. "
                "This is not the registry."
            )
        return dict(self._objects.read(wanted))

    def _log(self, *options: str) -> Iterator[tuple[Commit, list[tuple[str, str]]]]:
        """Yield commits with their changes: the description of each and the path."""
        fixed = ("--first-parent", "--diff-merges=first-parent", "--no-renames", "--root", "-z")
        log = self._git("log", *fixed, f"--format={_COMMIT}", self._revision, *options)
        fields = iter(os.fsdecode(log).split("\0"))
        commit: Commit | None = None
        changes: list[tuple[str, str]] = []
        for field in fields:
            if header := _HEADER.match(field.lstrip("\n")):
                if commit:
                    yield commit, changes
                commit, changes = self._commit(*header.groups()), []
            elif field.lstrip("\n"):
                changes.append((field.lstrip("\n"), next(fields)))
        if commit:
            yield commit, changes

    def _commit(self, sha: str, day: str, upstream: str) -> Commit:
        if not _DAY.fullmatch(day) or day < _FIRST_DAY:
            raise RegistryError(f"{self._name}: commit {sha} has the impossible date {day!r}.")
        upstream = upstream.strip()
        if upstream and not _ID.fullmatch(upstream):
            shown = printable(upstream[:60])
            raise RegistryError(
                f"{self._name}: commit {sha}: its Upstream-commit is {shown!r}, not one commit."
            )
        return Commit(upstream or sha, day)

    def _resolve(self, revision: str | None) -> str:
        if revision is not None:
            return self._commit_id(revision)
        try:
            return self._commit_id("HEAD")
        except RegistryError:
            refs = ("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes")
            branches = self._git.resolve(*refs).split("\n")
            if len(branches) != 1 or not branches[0]:
                raise RegistryError(
                    f"{self._name}: nothing is checked out. Name a commit or branch with --commit."
                ) from None
            return self._commit_id(branches[0])

    def _commit_id(self, revision: str) -> str:
        try:
            command = (
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                f"{revision}^{{commit}}",
            )
            return self._git.resolve(*command)
        except RegistryError:
            raise RegistryError(
                f"{self._name}: there is no commit {revision!r}. Name one that 'git log' shows."
            ) from None


def check_file(name: str, identifier: str, contents: Mapping[str, bytes]) -> None:
    """Check that a file of a state is a file that can be read, under a name that can be shown.

    Raises:
        RegistryError: if not.
    """
    if not name.isprintable():  # nor are the bytes that are not UTF-8
        raise RegistryError(f"{ascii(name)[1:-1]}:1: the name of the file is not plain text.")
    if not {"", ".", ".."}.isdisjoint(name.split("/")):
        raise RegistryError(f"{name}:1: the name of the file leads elsewhere.")
    if identifier not in contents:
        what = (
            f"larger than {_LARGEST_FILE >> 10:,} kB" if _ID.fullmatch(identifier) else identifier
        )
        raise RegistryError(f"{name}:1: {what}. Only small files can be entries.")


@contextmanager
def opened(path: Path, revision: str | None) -> Iterator[Repository]:
    """Open a clone, or a bundle of one, at a commit.

    Without a revision it is the commit that is checked out or, where there is none, the tip
    of the only branch.

    Raises:
        RegistryError: if git is missing, or there is no such repository or commit, or the history
            or files of it are not all there.
    """
    name = relative(path)
    if path.is_dir():
        with objects_of(path, name) as git:
            yield Repository(git, name, revision)
    elif path.is_file():
        with clone_of(path) as clone, objects_of(clone, name) as git:
            yield Repository(git, name, revision)
    else:
        raise RegistryError(f"{name}: there is no such folder or file.")
