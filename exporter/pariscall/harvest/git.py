"""The git command, run on the repository of a stranger.

Nothing but the objects of that repository is used, from a git directory of our own: so its
configuration, hooks, attributes, replace refs, grafts and index mean nothing, and neither do the
settings of this user or the ``GIT_*`` variables of a hook.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..errors import RegistryError, printable, relative

_SECONDS = 600
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_FIXED = {
    "GIT_ALLOW_PROTOCOL": "file",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "HOME": os.devnull,
    "LC_ALL": "C",
}
_CONFIGURATION = {
    "core.commitGraph": "false",  # which can name other parents than the commits do
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.multiPackIndex": "false",
    "protocol.allow": "never",
    "protocol.file.allow": "always",
    "safe.directory": "*",  # nothing of what this guards against is used
}
_SETTINGS = [part for name, value in _CONFIGURATION.items() for part in ("-c", f"{name}={value}")]


class Git:
    """A git directory of our own that has the objects of a repository, and its references."""

    def __init__(self, own: Path, source: Path) -> None:
        self._own = own
        self._source = source

    def __call__(self, *arguments: str, given: bytes | None = None) -> bytes:
        """Run git on the objects, and return what it prints.

        Raises:
            RegistryError: as ``run_git``.
        """
        return run_git(f"--git-dir={self._own}", *arguments, given=given)

    def resolve(self, *arguments: str) -> str:
        """Run ``rev-parse`` or ``for-each-ref`` in the repository itself, for its references.

        Raises:
            RegistryError: as ``run_git``.
        """
        return os.fsdecode(run_git(*arguments, folder=self._source)).strip()


@contextmanager
def objects_of(source: Path, name: str) -> Iterator[Git]:
    """Open the objects of a clone.

    Raises:
        RegistryError: if this is no repository, or one whose history or files are not all there.
    """
    failure = f"{name}: not a git repository."
    command = ("rev-parse", "--show-object-format", "--is-shallow-repository")
    text = run_git(*command, folder=source, failure=failure).decode()
    kind, is_shallow = text.split()
    if is_shallow == "true":
        raise RegistryError(
            f"{name}: a shallow clone, which lacks the first commits. "
            "Run 'git fetch --unshallow' in it."
        )
    path = run_git("rev-parse", "--git-path", "objects", folder=source).removesuffix(b"\n")
    objects = source / os.fsdecode(path)
    if any((objects / "pack").glob("*.promisor")):
        raise RegistryError(
            f"{name}: a partial clone, which lacks files. Clone it again, without --filter."
        )
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder)
        run_git("init", "--quiet", "--bare", f"--object-format={kind}", "--template=", folder)
        (own / "objects" / "info").mkdir(exist_ok=True)
        (own / "objects" / "info" / "alternates").write_bytes(_quoted(objects.resolve()) + b"\n")
        yield Git(own, source)


@contextmanager
def clone_of(bundle: Path) -> Iterator[Path]:
    """Clone a bundle into a folder for a while.

    Raises:
        RegistryError: if it is not a bundle of the whole history.
    """
    name = relative(bundle)
    with tempfile.TemporaryDirectory() as folder:
        run_git(
            *("clone", "--bare", "--quiet", "--template=", "--", str(bundle.resolve()), folder),
            failure=f"{name}: not a git bundle of a whole history. "
            "Name a clone of the registry, or a bundle of one.",
        )
        yield Path(folder)


def run_git(
    *arguments: str,
    folder: Path | None = None,
    given: bytes | None = None,
    failure: str | None = None,
) -> bytes:
    """Run git with a cleared environment and a fixed configuration, and return what it prints.

    In a folder, only the repository of that folder is looked for, and not one around it.

    Raises:
        RegistryError: if git is not installed or fails; ``failure`` is what to say then.
    """
    where = ["-C", str(folder)] if folder else []
    command = ["git", "--no-pager", *_SETTINGS, *where, *arguments]
    try:
        finished = subprocess.run(
            command,
            input=given if given is not None else b"",
            env=_environment(folder),
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        raise RegistryError("git is not installed. Install it to harvest a registry.") from None
    except (subprocess.SubprocessError, ValueError) as error:  # ValueError: a name with NUL
        printed = getattr(error, "stderr", None) or str(error).encode("utf-8", "replace")
        last = printed.decode(errors="replace").strip().rpartition("\n")[2]
        raise RegistryError(failure or f"git: {printable(last)}") from None
    return finished.stdout


def _environment(folder: Path | None) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    ceiling = {"GIT_CEILING_DIRECTORIES": str(folder.resolve().parent)} if folder else {}
    return {**kept, **_FIXED, **ceiling}


def _quoted(path: Path) -> bytes:
    """Quote a path as git reads it in ``objects/info/alternates``."""
    text = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + text + b'"'
