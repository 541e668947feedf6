"""The rows that follow from a list of signatories, table by table.

A row of the list gives a party, its endorsement with the events of signature, listing and
departure, the claim of the list, and what supports what. A date that is not known becomes the
window in which it must be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..project import current
from .dataset import describe_dataset
from .listing import Listing
from .signatories import Signatory
from .windows import Window

Record = dict[str, str]

_ALTERNATIVE_NAME = "http://www.w3.org/2004/02/skos/core#altLabel"
_WINDOW = ("date", "earliest", "latest")
# The column of the list that a column of a derived row comes from.
_COLUMNS = {
    "party": "name",
    "about": "name",
    "claim": "name",
    "nature": "kind",
    "evidence": "source",
    "text": "alternative names",
    "since": "signed",
    "claimed_date": "signed",
    "until": "left",
    **{name: name for name in ("name", "country", "category", "website", "source")},
}
_OF_SIGNATURE = _COLUMNS | dict.fromkeys(_WINDOW, "signed")
_OF_DEPARTURE = _COLUMNS | dict.fromkeys(_WINDOW, "left")


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A record, the line of the list that it follows from, and in which column each cell is there.

    Line 0 is the project file.
    """

    record: Record
    line: int
    columns: Mapping[str, str]


def _parties(listing: Listing) -> Iterator[Conclusion]:
    """Yield a party for each identifier; of one that came back, as its last row has it."""
    last = {each.party: each for each in listing.signatories}
    for each in last.values():
        record = {
            "party": each.party,
            "name": each["name"],
            "nature": each["kind"],
            "country": each.country,
            "website": each["website"],
        }
        yield _concluded(record, each)


def _endorsements(listing: Listing) -> Iterator[Conclusion]:
    for each in listing.signatories:
        record = _key(listing, each) | {
            "status": "active",
            "category": each["category"] or "unknown",
            "since": listing.since(each),
            "since_basis": _basis(each),
        }
        if each.left:
            record |= {
                "status": "delisted",
                "until": each.left.latest,
                "until_basis": "declared" if each.left.is_day else "last-seen",
            }
        yield _concluded(record, each)


def _events(listing: Listing) -> Iterator[Conclusion]:
    for each in listing.signatories:
        if each.left:
            event = _event(listing, each, "delisting", each.left, each.sources[-1])
            yield _concluded(event, each, _OF_DEPARTURE)
        listed, signed = listing.listed(each), listing.signature(each)
        yield _concluded(_event(listing, each, "listing", listed, each.sources[0]), each)
        event = _event(listing, each, "signature", signed, each.sources[0])
        yield _concluded(event, each, _OF_SIGNATURE)


def _event(listing: Listing, signatory: Signatory, kind: str, when: Window, source: str) -> Record:
    is_stated = kind != "listing" and when.is_day
    return (
        _key(listing, signatory)
        | {"event": kind, "type": kind, "evidence": source}
        | {"basis": "declared" if is_stated else "inferred"}
        | when.cells()
    )


def _claims(listing: Listing) -> Iterator[Conclusion]:
    for each in listing.signatories:
        signed = each.signed
        record = {
            "source": each.sources[0],
            "claim": _claim(listing, each),
            "party": each.party,
            "call": listing.call["call"],
            "polarity": "affirms",
            "claimed_date": signed.latest if signed and signed.is_day else "",
            "date": listing.issued(each.sources[0]),
            "confidence": "high",
            "assessment": "accepted",
        }
        yield _concluded(record, each)


def _supports(listing: Listing) -> Iterator[Conclusion]:
    for each in listing.signatories:
        claim = {"source": each.sources[0], "claim": _claim(listing, each)}
        yield _concluded(_key(listing, each) | claim | {"basis": _basis(each)}, each)


def _attributes(listing: Listing) -> Iterator[Conclusion]:
    """Yield a claim of the list for each alternative name."""
    for each in listing.signatories:
        for number, name in enumerate(each.names, 1):
            record = {
                "source": each.sources[0],
                "claim": f"{each.party}-name-{each.n}-{number}",
                "call": listing.call["call"],
                "about": f"actor/{each.party}",
                "property": _ALTERNATIVE_NAME,
                "text": name,
                "date": listing.issued(each.sources[0]),
                "assessment": "accepted",
            }
            yield _concluded(record, each)


def _datasets(listing: Listing) -> Iterator[Conclusion]:
    """Yield the description of the dataset, which the project file gives.

    Raises:
        ProjectError: if it does not.
    """
    records = sum(each.left is None for each in listing.signatories)
    yield Conclusion(describe_dataset(listing.states[-1], "", records), 0, {})


CONCLUSIONS: Mapping[str, Callable[[Listing], Iterator[Conclusion]]] = {
    "parties.csv": _parties,
    "endorsements.csv": _endorsements,
    "events.csv": _events,
    "claims.csv": _claims,
    "supports.csv": _supports,
    "attributes.csv": _attributes,
    "datasets.csv": _datasets,
}


def _concluded(
    record: Record, signatory: Signatory, columns: Mapping[str, str] = _COLUMNS
) -> Conclusion:
    return Conclusion(record, signatory.row.line, columns)


def _key(listing: Listing, signatory: Signatory) -> Record:
    return {
        "party": signatory.party,
        "call": listing.call["call"],
        "n": str(signatory.n),
    }


def _claim(listing: Listing, signatory: Signatory) -> str:
    """Return the name of the claim: its party and, if the dataset has another name, the call."""
    call = listing.call["call"]
    name = signatory.party if call == current().slug else f"{signatory.party}-{call}"
    return name if signatory.n == 1 else f"{name}-{signatory.n}"


def _basis(signatory: Signatory) -> str:
    """Return how the day is known since which a party supports the call: it or the list gives it."""
    return "declared" if signatory.signed and signatory.signed.is_day else "reported"
