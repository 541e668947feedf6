"""The git command, run on the repository of a stranger.

Nothing but the objects of that repository is used, from a git directory of our own: so its
configuration, hooks, attributes, replace refs, grafts and index mean nothing, and neither do the
settings of this user or the ``GIT_*`` variables of a hook.
"""

from __future__ import annotations

import os
import stat
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import RegistryError, printable, relative

_SECONDS = 600
_MOST = 256 << 20  # bytes that it prints
_MOST_ERRORS = 64 << 10
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

    def __call__(self, *arguments: str, given: bytes = b"", most: int = _MOST) -> bytes:
        """Run git on the objects, and return what it prints, of at most so many bytes.

        Raises:
            RegistryError: as ``run_git``.
        """
        return run_git(f"--git-dir={self._own}", *arguments, given=given, most=most)

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
    _check_files(source, name)
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
    given: bytes = b"",
    failure: str | None = None,
    most: int = _MOST,
) -> bytes:
    """Run git with a cleared environment and a fixed configuration, and return what it prints.

    In a folder, only the repository of that folder is looked for, and not one around it.

    Raises:
        RegistryError: if git is not installed or fails; ``failure`` is what to say then. Or if it
            prints more than ``most`` bytes.
    """
    where = ["-C", str(folder)] if folder else []
    command = ["git", "--no-pager", *_SETTINGS, *where, *arguments]
    try:
        code, output, errors = _run(command, _environment(folder), given, most)
    except FileNotFoundError:
        raise RegistryError("git is not installed. Install it to harvest a registry.") from None
    except ValueError as error:  # an argument with NUL
        raise RegistryError(failure or f"git: {error}") from None
    if len(output) > most:
        raise RegistryError(
            f"git prints more than {most:,} bytes on {arguments[-1]!r}. This is not the registry."
        )
    if code:
        last = errors.decode(errors="replace").strip().rpartition("\n")[2]
        raise RegistryError(failure or f"git: {printable(last)}")
    return output


def _run(
    command: list[str], environment: Mapping[str, str], given: bytes, most: int
) -> tuple[int, bytes, bytes]:
    """Run a command; return its exit code, output and errors, of which no more is read than counts."""
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stderr:
        stdin.write(given)
        stdin.seek(0)
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, stdin=stdin, stdout=pipe, stderr=stderr, env=environment
        ) as process:
            timer = threading.Timer(_SECONDS, process.kill)
            timer.start()
            output = process.stdout.read(most + 1) if process.stdout else b""
            if len(output) > most:
                process.kill()
            code = process.wait()
            timer.cancel()
        stderr.seek(0)
        return code, output, stderr.read(_MOST_ERRORS)


def _check_files(source: Path, name: str) -> None:
    """Check that git, which opens what has the name of an object, would wait for no pipe or device.

    Raises:
        RegistryError: if not.
    """
    own = source / ".git"
    for folder, _, files in os.walk(own if own.is_dir() else source):
        for file in files:
            path = Path(folder, file)
            with suppress(OSError):
                mode = path.stat().st_mode
                if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
                    inner = printable(str(path.relative_to(source)))
                    raise RegistryError(f"{name}: {inner} is a pipe or a device. Remove it.")


def _environment(folder: Path | None) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    ceiling = {"GIT_CEILING_DIRECTORIES": str(folder.resolve().parent)} if folder else {}
    return {**kept, **_FIXED, **ceiling}


def _quoted(path: Path) -> bytes:
    """Quote a path as git reads it in ``objects/info/alternates``."""
    text = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + text + b'"'
