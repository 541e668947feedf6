"""What follows from the rows without standing in them.

Two rules of the ontology: a record with a date has that date as its earliest and latest date,
and an agent with an active endorsement of a call endorses that call. And who is mapped has what
the mapping says.
"""

from __future__ import annotations

from ..rdf.namespaces import VOCABULARY, msc
from .document import Document
from .mappings import relate

_DATE, _EARLIEST, _LATEST = str(msc("date")), str(msc("earliest")), str(msc("latest"))
_STATUS, _SIGNATORY, _CALL, _ENDORSES = (
    str(msc("status")),
    str(msc("signatory")),
    str(msc("call")),
    str(msc("endorses")),
)
_ACTIVE = f"<{VOCABULARY}code/status#active>"


def materialize(document: Document) -> None:
    """Add the derived statements to a document."""
    for description in document.descriptions.values():
        said = description.properties
        values = dict(said)
        if _DATE in values and _EARLIEST not in values and _LATEST not in values:
            said += [(_EARLIEST, values[_DATE]), (_LATEST, values[_DATE])]
        if values.get(_STATUS) == _ACTIVE:
            statement = (_ENDORSES, values[_CALL])
            signatory = document.descriptions[values[_SIGNATORY]]
            if statement not in signatory.properties:
                signatory.properties.append(statement)
    relate(document)
