"""The identifiers: which party each registry file is about, for good."""

from __future__ import annotations

from ..errors import RegistryError
from ..tables.text import slug


class Identifiers:
    """Registry file to party: rows are added, never changed."""

    def __init__(self, identifiers: list[dict[str, str]], parties: list[dict[str, str]]) -> None:
        self._parties = {record["file"]: record["party"] for record in identifiers}
        self._taken = {record["party"] for record in [*identifiers, *parties]}

    def party(self, file: str, name: str, former: str | None = None) -> str:
        """Return the party that a file is about, minting its slug from its name if it is new.

        A file that takes the place of a ``former`` one of the same name is about its party.

        Raises:
            RegistryError: if no slug can be made, or another party has it.
        """
        known = self._parties.get(file)
        if known is not None:
            return known
        if former is not None:
            self._parties[file] = self._parties[former]
            return self._parties[file]
        minted = slug(name)
        if not minted:
            raise RegistryError(
                f"{file}: no identifier can be made from the name {name!r}. "
                "Add a row for the file to identifiers.csv."
            )
        if minted in self._taken:
            raise RegistryError(
                f"{file}: the identifier {minted} belongs to another party. If it is the same "
                "party, or if not, under another identifier, add a row for the file to identifiers.csv."
            )
        self._parties[file] = minted
        self._taken.add(minted)
        return minted

    def records(self) -> list[dict[str, str]]:
        """Return the rows of the table of identifiers."""
        return [{"file": file, "party": party} for file, party in self._parties.items()]
