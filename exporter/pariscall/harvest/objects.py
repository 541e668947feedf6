"""The objects of a repository, each of which is what its identifier says.

git checks that when objects are sent from one repository to another, but not when it reads them.
So in a clone that was copied as a folder, a commit, a folder or a file can be under the
identifier of another one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping

from ..errors import RegistryError
from .git import Git

_TOGETHER = 16 << 20  # bytes that are read at a time
_HEADER = 200  # bytes that git writes before an object, and fewer
_LARGEST = 4 << 20  # bytes of a commit, or of a folder
_TREE = "40000"


class Objects:
    """The objects of a repository of some name."""

    def __init__(self, git: Git, name: str) -> None:
        self._git = git
        self._name = name

    def sizes(self, identifiers: Collection[str], kind: str = "blob") -> dict[str, int]:
        """Return what each object of a kind says is its size.

        Raises:
            RegistryError: if one is missing, or of another kind.
        """
        sizes = {}
        found = self._git("cat-file", "--batch-check", given="\n".join(identifiers).encode())
        for row in found.decode().splitlines():
            identifier, found_kind, *size = row.split()
            if found_kind != kind:
                what = "file" if kind == "blob" else "object"
                raise RegistryError(
                    f"{self._name}: the {what} {identifier} is missing. Make a whole clone."
                )
            sizes[identifier] = int(size[0])
        return sizes

    def read(self, sizes: Mapping[str, int], kind: str = "blob") -> Iterator[tuple[str, bytes]]:
        """Yield objects of a kind, which say that they have these sizes.

        Raises:
            RegistryError: if one is not what its identifier says.
        """
        for part in _parts(sizes):
            most = sum(sizes[each] + _HEADER for each in part)
            batch = self._git("cat-file", "--batch", given="\n".join(part).encode(), most=most)
            at = 0
            for identifier in part:
                size = sizes[identifier]
                start = batch.find(b"\n", at) + 1
                content = batch[start : start + size]
                if _identifier(kind, content, len(identifier)) != identifier:
                    raise RegistryError(
                        f"{self._name}: the object {identifier} has another content than its "
                        "identifier says. Clone the repository again."
                    )
                yield identifier, content
                at = start + size + 1

    def check_history(self, revision: str, folder: str) -> None:
        """Check the commits up to one, each with its first parent, and the trees of a folder.

        Raises:
            RegistryError: if one is missing or is not what its identifier says.
        """
        commits = self._git("rev-list", "--first-parent", revision).decode().split()
        roots = {_tree_of(content) for _, content in self._checked(commits, "commit")}
        trees = set()
        for identifier, content in self._checked(roots, "tree"):
            entries = _folders(content, len(identifier))
            trees |= {entries[name] for name in entries.keys() & {folder}}
        known: set[str] = set()
        while trees:
            known |= trees
            found = self._checked(trees, "tree")
            trees = {
                each for one, content in found for each in _folders(content, len(one)).values()
            }
            trees -= known

    def _checked(self, identifiers: Collection[str], kind: str) -> Iterator[tuple[str, bytes]]:
        sizes = self.sizes(identifiers, kind)
        for identifier, size in sizes.items():
            if size > _LARGEST:
                raise RegistryError(
                    f"{self._name}: the {kind} {identifier} has more than {_LARGEST >> 20} MB. "
                    "This is not the registry."
                )
        return self.read(sizes, kind)


def _parts(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """Yield identifiers, as many at a time as have ``_TOGETHER`` bytes."""
    part: list[str] = []
    total = 0
    for identifier, size in sizes.items():
        if part and total + size > _TOGETHER:
            yield part
            part, total = [], 0
        part.append(identifier)
        total += size
    if part:
        yield part


def _identifier(kind: str, content: bytes, length: int) -> str:
    make = hashlib.sha1 if length == 40 else hashlib.sha256
    return make(b"%s %d\0" % (kind.encode(), len(content)) + content).hexdigest()


def _tree_of(commit: bytes) -> str:
    """Return the identifier of the tree of a commit, which git has read before."""
    return commit.partition(b"\n")[0].removeprefix(b"tree ").decode("ascii", "replace")


def _folders(tree: bytes, length: int) -> dict[str, str]:
    """Return the folders in a tree by name."""
    entry = re.compile(rb"(\d+) ([^\0]+)\0(.{%d})" % (length // 2), re.DOTALL)
    return {
        name.decode(errors="surrogateescape"): identifier.hex()
        for mode, name, identifier in entry.findall(tree)
        if mode.decode().lstrip("0") == _TREE
    }
