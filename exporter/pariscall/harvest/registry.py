"""The registry of the call, harvested from a clone of its git repository.

Twitter and LinkedIn values and the supporters' own statements are not carried over.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import RegistryError, relative
from ..io.progress import Detail, Progress, silent
from ..project import current
from .corrections import Corrections
from .decisions import Decisions
from .entry import Entry, read_entry
from .frontmatter import read_front_matter
from .history import History, listings
from .periods import Commit
from .records import (
    Supporter,
    alliance_record,
    bulk_date_record,
    country_record,
    endorsement_records,
    entry_record,
    event_records,
    former_claims,
    party_record,
    source_record,
)
from .repository import Repository, check_file, opened
from .table_set import TableSet


@dataclass(frozen=True)
class Harvest:
    """What a harvest found: the state of the registry, how many supporters, how many new."""

    commit: Commit
    supporters: int
    new: int


def harvest_registry(
    path: Path, folder: Path, revision: str | None = None, progress: Progress = silent
) -> Harvest:
    """Read the history of a registry up to a commit and rewrite the tables drawn from it.

    Raises:
        RegistryError: with every entry that cannot be understood, and every correction and
            decision that no longer matches; nothing is written then.
        TableError: if the tables in the folder cannot be read.
        OutputError: if they cannot be written.
    """
    book = TableSet(folder)
    with opened(path, revision) as repository:
        harvested = repository.commit
        _check_is_latest(book, harvested)
        history = _history(repository, book)
    progress(Detail(f"history: {len(history.periods):,} supporters"))
    reported = book.reported()
    supporters = [
        Supporter(party, periods, reported.get(party, {}))
        for party, periods in history.periods.items()
    ]
    known = {record["party"] for record in book.of_call("endorsements.csv")}
    _rewrite(book, history, supporters, harvested)
    book.save()
    progress(Detail("tables: rewritten"))
    return Harvest(
        commit=harvested,
        supporters=sum(supporter.is_listed for supporter in supporters),
        new=len(history.periods.keys() - known),
    )


def _rewrite(
    book: TableSet, history: History, supporters: list[Supporter], harvested: Commit
) -> None:
    former = [pair for supporter in supporters for pair in former_claims(supporter)]
    book.merge("parties.csv", [party_record(each, book.countries) for each in supporters])
    book.replace_of_call(
        "endorsements.csv", [record for each in supporters for record in endorsement_records(each)]
    )
    book.replace_of_call(
        "events.csv", [record for each in supporters for record in event_records(each, book.launch)]
    )
    book.replace_of_call("entries.csv", [entry_record(supporter) for supporter in supporters])
    book.merge("claims.csv", [claim for claim, _ in former])
    book.merge("claims.csv", map(bulk_date_record, history.bulk_dates))
    book.merge("claims.csv", map(alliance_record, history.alliances))
    book.merge("supports.csv", [support for _, support in former])
    book.merge("attributes.csv", map(country_record, history.unmapped_countries))
    book.merge("sources.csv", map(source_record, _cited(history, harvested)))
    book.replace("identifiers.csv", book.identifiers.records())
    book.date(harvested, history.records)


def _check_is_latest(book: TableSet, harvested: Commit) -> None:
    """Check that the tables do not hold a later list of the website.

    Raises:
        RegistryError: if they do.
    """
    drawn_from = book.records("sources.csv").get((book.dataset["source"],))
    if drawn_from and not drawn_from["commit"] and harvested.day < book.dataset["modified"]:
        raise RegistryError(
            f"the tables hold the list that the website had on {book.dataset['modified']}, and "
            f"commit {harvested.sha[:7]} is of {harvested.day}. Harvest a later one."
        )


def _history(repository: Repository, book: TableSet) -> History:
    folder = current().registry.folder
    if folder is None:
        raise RegistryError(
            f"{relative(current().file)}: 'folder' of [registry] is missing. Name the folder of the "
            "entries in the repository."
        )
    states = repository.history(folder)
    if not states:
        raise RegistryError(f"there is no folder {folder} at commit {repository.commit.sha}.")
    corrections = Corrections(book.rows("corrections.csv"))
    decisions = Decisions(book.rows("decisions.csv"))
    vocabulary = book.vocabulary()
    contents = repository.contents({c for state in states for c in state.files.values()})

    def read(file: str, content: str) -> Entry:
        check_file(file, content, contents)
        fields = read_front_matter(file, contents[content])
        return read_entry(file, fields, corrections, vocabulary)

    history = History(decisions)
    for listing in listings(states, read, book.identifiers, decisions, book.launch):
        history.follow(listing)
    history.end(repository.commit)
    problems = [*corrections.unused(), *decisions.unused()]
    if problems:
        raise RegistryError(*problems)
    return history


def _cited(history: History, harvested: Commit) -> set[Commit]:
    """Return the states of the registry that the tables refer to."""
    cited = {harvested}
    for remark in (*history.bulk_dates, *history.alliances, *history.unmapped_countries):
        cited.add(remark.commit)
    for periods in history.periods.values():
        for period in periods:
            cited |= {period.listed.commit, *(change.moment.commit for change in period.changes)}
            if period.ended:
                cited |= {period.ended.commit, period.last}
    return cited
