"""A newer list compared with a project: who came, who left, and who may be the same under a new name.

A list that vanished is not a withdrawal: what names nobody, or lacks more than a third of those who
were on the last list, is refused. In one step between two lists, a third of the signatories of a call
does not leave; a list that was cut, filtered, moved or replaced loses more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ...errors import MisuseError, RegistryError, did_you_mean
from ...tables.listing import Listing
from ...tables.signatories import Signatory
from ...tables.text import slug
from ...tables.windows import read_window
from .reading import Reading, Record

_LARGEST_LOSS = 1 / 3
_SIMILAR = 0.6  # as difflib.get_close_matches has it
# Columns of which a change is an event, and those of which the ontology has none, so that it must be
# decided whether the new value takes the place of the old one.
WITH_EVENT, DECIDED = ("country", "category"), ("kind", "website")
_COMPARED = (*WITH_EVENT, *DECIDED)
# Words of legal forms, which say nothing of who a party is.
_FORMS = frozenset(
    [
        "the",
        "of",
        "and",
        "de",
        "des",
        "du",
        "la",
        "le",
        "les",
        "et",
        "inc",
        "ltd",
        "llc",
        "gmbh",
        "ag",
        "sa",
        "sas",
        "plc",
        "co",
        "corp",
    ]
)

Pair = tuple[str, str]  # a former name and a new one
Cell = tuple[str, str]  # the name of a signatory, or nothing for all, and a column


@dataclass(frozen=True)
class Change:
    """What is different: a kind, the signatory of the project, and the record of the new list.

    The kind is ``came``, ``left``, ``renamed``, ``back`` or ``changed``. Who came is no signatory
    yet, and who left has no record; ``cells`` are those in which the new list differs.
    """

    kind: str
    signatory: Signatory | None = None
    record: Record = field(default_factory=dict)
    cells: Record = field(default_factory=dict)

    def __str__(self) -> str:
        former = self.signatory["name"] if self.signatory else ""
        new = self.record.get("name", "")
        who = f"{former} -> {new}" if self.kind == "renamed" else new or former
        details = ", ".join(
            f"{column}: {self.former(column) or 'nothing'} -> {value}"
            for column, value in self.cells.items()
        )
        return f"{self.kind:<7}  {who}{f'  {details}' if details else ''}"

    def former(self, column: str) -> str:
        """Return what the project has in a cell."""
        if self.signatory is None:
            return ""
        return self.signatory.country if column == "country" else self.signatory[column]


@dataclass(frozen=True)
class Decisions:
    """What was decided about a newer list.

    ``renamed`` are pairs that are one party, and ``distinct`` pairs that are two. ``accepted`` are
    the cells whose new values take the place of the old ones, and ``kept`` those that stay.
    """

    renamed: Sequence[Pair] = ()
    distinct: Sequence[Pair] = ()
    accepted: Sequence[Cell] = ()
    kept: Sequence[Cell] = ()


class Comparison:
    """The signatories of a project and the records of a newer list, matched by their names.

    Raises:
        MisuseError: if a pair is not of one who is gone and one who came, or a cell is not there.
    """

    def __init__(self, listing: Listing, reading: Reading, decisions: Decisions) -> None:
        self.name = reading.grid.name
        self._records = reading.records
        latest = {each.party: each for each in listing.signatories}
        self._present = [each for each in latest.values() if each.left is None]
        known = {name: each for each in latest.values() for name in _names_of(each)}
        self._matched: dict[str, tuple[Signatory, Record]] = {}
        self._came: list[Record] = []
        for record in reading.records:
            found = known.get(record.get("id", "")) or known.get(slug(record["name"]))
            if found and found.party not in self._matched:
                self._matched[found.party] = found, record
            else:
                self._came.append(record)
        self._gone = [each for each in self._present if each.party not in self._matched]
        self._renamed = [self._taken(pair) for pair in decisions.renamed]
        self._distinct = {(_plain(old), _plain(new)) for old, new in decisions.distinct}
        known_names = {_plain(each["name"]) for each in latest.values()}
        self._accepted, self._kept = (
            {_checked(cell, known_names) for cell in cells}
            for cells in (decisions.accepted, decisions.kept)
        )

    def _taken(self, pair: Pair) -> tuple[Signatory, Record]:
        """Take a pair out of those who are gone and those who came."""
        gone = [each for each in self._gone if _plain(each["name"]) == _plain(pair[0])]
        came = [each for each in self._came if _plain(each["name"]) == _plain(pair[1])]
        if not gone or not came:
            who = f"{pair[0]!r} is not gone" if not gone else f"{pair[1]!r} is not new"
            raise MisuseError(f"{who}, so that {pair[0]!r} was not renamed to {pair[1]!r}.")
        self._gone.remove(gone[0])
        self._came.remove(came[0])
        return gone[0], came[0]

    def check_is_the_list(self) -> None:
        """Check that the list is still the list.

        Raises:
            RegistryError: if it names nobody, or lacks more than a third of the signatories, those
                aside who may have another name on it.
        """
        if not self._records:
            raise RegistryError(f"{self.name}: it names nobody, so the list vanished. {_KEPT}")
        likely = {old for old, _ in self.likely_renames()}
        lost = sum(each["name"] not in likely for each in self._gone)
        before = len(self._present)
        if lost > before * _LARGEST_LOSS:
            what = "it is another list" if len(self._came) >= lost else "most of it may be missing"
            raise RegistryError(
                f"{self.name}: {lost} of {before} signatories are not on it: {what}. {_KEPT} Say "
                "--accept-loss if they did leave."
            )

    def likely_renames(self) -> list[Pair]:
        """Return the pairs of one who is gone and one who came that may be one party."""
        return [
            (old["name"], new["name"])
            for old in self._gone
            for new in self._came
            if (_plain(old["name"]), _plain(new["name"])) not in self._distinct
            and _may_be_one(old, new)
        ]

    def undecided(self) -> list[Change]:
        """Return the changes of one cell that must be decided: ``accepted`` or ``kept``."""
        return [
            Change("changed", signatory, record, {column: value})
            for signatory, record in self._continuing()
            for column, value in self._different(signatory, record).items()
            if column in DECIDED and Change("", signatory).former(column)
            if not _is_among(self._accepted, signatory, column)
        ]

    def other_days(self) -> Iterator[str]:
        """Yield a line for each day of signature that is another on the new list."""
        for signatory, record in self._continuing():
            written = record.get("signed", "")
            if written and not _says_same_day(signatory, written):
                former = signatory["signed"] or "nothing"
                yield f"differs  {signatory['name']}  signed: {former}, and {written} on the list"

    def _continuing(self) -> Iterator[tuple[Signatory, Record]]:
        yield from self._renamed
        for signatory, record in self._matched.values():
            if signatory.left is None:
                yield signatory, record

    def _different(self, signatory: Signatory, record: Record) -> Record:
        """Return the cells that the new list has and in which it differs, but those kept."""
        return {
            column: record[column]
            for column in _COMPARED
            if record.get(column)
            and record[column] != Change("", signatory).former(column)
            and not _is_among(self._kept, signatory, column)
        }

    def changes(self) -> Iterator[Change]:
        """Yield what is different, in the order of the project and then of the list."""
        for signatory, record in self._renamed:
            yield Change("renamed", signatory, record, self._different(signatory, record))
        for signatory in self._gone:
            yield Change("left", signatory)
        for signatory, record in self._matched.values():
            if signatory.left is not None:
                yield Change("back", signatory, record)
            elif cells := self._different(signatory, record):
                yield Change("changed", signatory, record, cells)
        for record in self._came:
            yield Change("came", record=record)

    @property
    def before(self) -> int:
        """How many signatories were on the last list."""
        return len(self._present)


_KEPT = "Nothing was written."


def _names_of(signatory: Signatory) -> Iterator[str]:
    """Yield what a list may call a party, as slugs."""
    yield from map(slug, (signatory["name"], *signatory.names))
    yield signatory.party


def _plain(name: str) -> str:
    return slug(name) or name


def _checked(cell: Cell, known: Collection[str]) -> Cell:
    """Return a cell by the plain name of its signatory.

    Raises:
        MisuseError: if there is no such signatory or column.
    """
    name, column = cell
    if column not in _COMPARED:
        raise MisuseError(
            f"there is no choice for a column {column!r}. Choose from {', '.join(_COMPARED)}."
        )
    if name and _plain(name) not in known:
        raise MisuseError(f"there is no signatory {name!r}.{did_you_mean(name, known)}")
    return _plain(name) if name else "", column


def _is_among(cells: Collection[Cell], signatory: Signatory, column: str) -> bool:
    return ("", column) in cells or (_plain(signatory["name"]), column) in cells


def _says_same_day(signatory: Signatory, written: str) -> bool:
    """Report whether a date of a list is that of the project, or less precise."""
    window, ours = read_window(written), signatory.signed
    if window is None or ours is None:
        return window == ours
    return window.earliest <= ours.earliest and ours.latest <= window.latest


def _may_be_one(signatory: Signatory, record: Record) -> bool:
    """Report whether two names may be of one party: alike, or at one website."""
    website = record.get("website", "").rstrip("/")
    if website and website == signatory["website"].rstrip("/"):
        return True
    country = record.get("country")
    if country and signatory.country and country != signatory.country:
        return False
    old, new = _words(signatory["name"]), _words(record["name"])
    if old and new and (set(old) <= set(new) or set(new) <= set(old)):
        return True
    return SequenceMatcher(None, " ".join(old), " ".join(new)).ratio() >= _SIMILAR


def _words(name: str) -> list[str]:
    return [word for word in slug(name).split("-") if word not in _FORMS]
