"""Who took part in the working groups is an organisation, named as printed, and no person."""

from __future__ import annotations

from collections import Counter

import pytest

from pariscall import bundle
from pariscall.query.loading import read_store
from pariscall.query.queries import find_query
from pariscall.tables.csvw import read_schema
from pariscall.tables.rows import read_records

PARTICIPANT = "https://w3id.org/mscall/code/group-role#participant"


def test_the_participants_of_group_3_are_the_70_bodies_of_its_annex() -> None:
    rows = read_records(read_schema(bundle.TABLES)["participations.csv"])
    annex = [row for row in rows if row["role"] == "participant"]
    assert len(annex) == 70
    assert {row["group"] for row in annex} == {"working-group-3"}
    itself = [row for row in annex if row["party"] and not row["note_en"]]
    assert len(itself) == 21
    notes = Counter(row["note_en"] for row in annex if row["note_en"])
    of_states = {f"A{n} of the state." for n in (" ministry", " mission", "n agency")}
    assert sum(notes[note] for note in of_states) == 10
    assert sum(notes.values()) == 12
    assert sum(not row["party"] for row in annex) == 37


@pytest.mark.slow
def test_the_questions_on_work_have_answers() -> None:
    store = read_store()
    found = [
        [term.value if term else "" for term in row]
        for row in store.query(find_query("working-group-participants").text)  # type: ignore[union-attr]
    ]
    assert ["3", "Ministry of Foreign Affairs of Russia", PARTICIPANT, "", "false"] in found
    assert [row[1] for row in found if row[0] == "5"] == [
        *("CyberPeace Institute", "GEODE", "The Hague Centre for Strategic Studies")
    ]
    work = list(store.query(find_query("work-on-principles").text))  # type: ignore[arg-type]
    assert [row[0].value for row in work] == [str(number) for number in range(1, 10)]
