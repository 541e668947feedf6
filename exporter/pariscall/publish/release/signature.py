"""Sign a release with an SSH key, as ``ssh-keygen -Y`` does (ssh-keygen(1)).

The signature covers ``SHA256SUMS``, and by it every file of the release.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...errors import MisuseError, printable, relative
from .checksums import SIGNATURE, SUMS

__all__ = ["SIGNATURE", "check_signature", "sign"]
_NAMESPACE = "pariscall-release"


def sign(folder: Path, key: Path) -> None:
    """Sign a release with a private key, which may be kept by an agent.

    Raises:
        MisuseError: if ssh-keygen is missing or cannot use the key.
    """
    done = _run(["-q", "-Y", "sign", "-f", str(key), "-n", _NAMESPACE, str(folder / SUMS)])
    if done.returncode:
        raise MisuseError(f"{relative(key)}: cannot sign with it: {_first_line(done)}.")


def check_signature(folder: Path, signers: Path) -> Iterator[str]:
    """Find what is wrong with the signature of a release, given a file of allowed signers.

    Raises:
        MisuseError: if ssh-keygen or the file of signers is missing.
    """
    if not signers.is_file():
        raise MisuseError(f"{relative(signers)}: there is no such file of allowed signers.")
    signature = folder / SIGNATURE
    if not signature.is_file():
        yield f"{SIGNATURE}: is missing: the release is not signed."
        return
    found = _run(["-Y", "find-principals", "-s", str(signature), "-f", str(signers)])
    if found.returncode:
        yield f"{SIGNATURE}: signed by a key that is not in the allowed-signers file {signers.name!r}."
        return
    signer = _first_line(found, "stdout").split(",")[0]
    files = ["-f", str(signers), "-s", str(signature)]
    content = (folder / SUMS).read_bytes()
    done = _run(["-Y", "verify", "-I", signer, "-n", _NAMESPACE, *files], content)
    if done.returncode:
        yield f"{SIGNATURE}: does not fit {SUMS}: {printable(_first_line(done))}."


def _run(
    arguments: Sequence[str], content: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments], input=content or b"", capture_output=True, check=False
        )
    except FileNotFoundError:
        raise MisuseError("ssh-keygen is not installed. It comes with OpenSSH.") from None


def _first_line(done: subprocess.CompletedProcess[bytes], stream: str = "stderr") -> str:
    text = (done.stdout if stream == "stdout" else done.stderr or done.stdout).decode(
        errors="replace"
    )
    return text.strip().partition("\n")[0].strip().rstrip(".")
