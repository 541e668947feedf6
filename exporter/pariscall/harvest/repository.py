"""A git repository, read with the git command: the states of a folder, commit by commit."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import RegistryError, relative
from .periods import Commit

# A copy of a repository may carry the identifier of the original commit in a trailer.
_COMMIT = "%x01%H %cs %(trailers:key=Upstream-commit,valueonly,separator=)"


@dataclass(frozen=True)
class State:
    """The files of a folder as a commit left them: path in it to identifier of the content."""

    commit: Commit
    files: Mapping[str, str]


class Repository:
    """A repository up to one commit."""

    def __init__(self, folder: Path, name: str, revision: str | None) -> None:
        self._folder = folder
        self._name = name
        self._revision = self._resolve(revision)
        [(self.commit, _)] = self._log("-1", "--no-patch")

    def history(self, folder: str) -> list[State]:
        """Return the states of a folder, one per commit that changes it, the oldest first."""
        files: dict[str, str] = {}
        states = []
        for commit, changes in self._log("--reverse", "--raw", "--no-abbrev", "--", folder):
            for description, path in zip(changes[::2], changes[1::2], strict=True):
                _, _, _, content, status = description.split()
                name = path.removeprefix(f"{folder}/")
                if status == "D":
                    del files[name]
                else:
                    files[name] = content
            states.append(State(commit, dict(files)))
        return states

    def contents(self, identifiers: Collection[str]) -> dict[str, bytes]:
        """Read contents by their identifiers."""
        batch = self._git("cat-file", "--batch", given="\n".join(identifiers).encode())
        contents = {}
        at = 0
        for identifier in identifiers:
            start = batch.index(b"\n", at) + 1
            size = int(batch[at:start].split()[2])
            contents[identifier] = batch[start : start + size]
            at = start + size + 1
        return contents

    def _log(self, *options: str) -> Iterator[tuple[Commit, list[str]]]:
        fixed = ("--first-parent", "--diff-merges=first-parent", "--no-renames", "-z")
        log = self._git("log", *fixed, f"--format={_COMMIT}", self._revision, *options)
        for block in log.decode().split("\x01")[1:]:
            header, _, changes = block.partition("\0")
            sha, day, *upstream = header.split()
            fields = [field.lstrip("\n") for field in changes.split("\0") if field.strip("\n")]
            yield Commit(upstream[0] if upstream else sha, day), fields

    def _resolve(self, revision: str | None) -> str:
        if revision is not None:
            return self._commit_id(revision)
        try:
            return self._commit_id("HEAD")
        except RegistryError:
            refs = self._git("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes")
            branches = refs.decode().split()
            if len(branches) != 1:
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
            return self._git(*command).decode().strip()
        except RegistryError:
            raise RegistryError(
                f"{self._name}: there is no commit {revision!r}. Name one that 'git log' shows."
            ) from None

    def _git(self, *arguments: str, given: bytes | None = None) -> bytes:
        return git("-C", str(self._folder), *arguments, given=given)


@contextmanager
def opened(path: Path, revision: str | None) -> Iterator[Repository]:
    """Open a clone, or a bundle of one, at a commit.

    Without a revision it is the commit that is checked out or, where there is none, the tip
    of the only branch.

    Raises:
        RegistryError: if git is missing, or there is no such repository or commit.
    """
    name = relative(path)
    if path.is_dir():
        git("-C", str(path), "rev-parse", "--git-dir", failure=f"{name}: not a git repository.")
        yield Repository(path, name, revision)
    elif path.is_file():
        with tempfile.TemporaryDirectory() as folder:
            failure = f"{name}: not a git bundle. Name a clone of the registry, or a bundle of one."
            git("clone", "--bare", "--quiet", str(path.resolve()), folder, failure=failure)
            yield Repository(Path(folder), name, revision)
    else:
        raise RegistryError(f"{name}: there is no such folder or file.")


def git(*arguments: str, given: bytes | None = None, failure: str | None = None) -> bytes:
    """Run git and give what it prints.

    Raises:
        RegistryError: if git is not installed or fails; ``failure`` is what to say then.
    """
    try:
        finished = subprocess.run(
            ["git", *arguments], input=given, capture_output=True, check=True, timeout=600
        )
    except FileNotFoundError:
        raise RegistryError("git is not installed. Install it to harvest a registry.") from None
    except subprocess.SubprocessError as error:
        printed = (getattr(error, "stderr", None) or b"").decode(errors="replace").strip()
        raise RegistryError(failure or f"git {arguments[2]}: {printed or error}") from None
    return finished.stdout
