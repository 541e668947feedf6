"""What the bundled tables promise: whole, sourced, described by CSVW, and free of personal data."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from csvw import TableGroup

from conftest import edit
from pariscall import bundle, tables
from pariscall.errors import TableError
from pariscall.schema import METADATA, read_schema

Record = dict[str, str]


def records(name: str) -> list[Record]:
    return tables.read_records(read_schema(bundle.TABLES)[f"{name}.csv"])


@pytest.fixture(scope="module")
def group() -> TableGroup:
    return TableGroup.from_file(bundle.TABLES / METADATA)


def test_the_tables_are_valid_csv_on_the_web(
    group: TableGroup, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("csvw check")
    for table in group.tables:
        assert sum(1 for _ in table.iterdicts(log=log))
        assert table.check_primary_key(log=log)
    assert group.check_referential_integrity(log=log)
    assert caplog.records == []


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("endorsements", "2019-11-10", "2019-11-31"),
        ("endorsements", ",active,", ",,"),
        ("parties", "abb,ABB", "a bb,ABB"),
        ("parties", "SWE", "XXX"),
        ("counts", ",51,", ",-51,"),
    ],
)
def test_the_csvw_library_refuses_what_our_reader_refuses(
    folder: Path, table: str, old: str, new: str
) -> None:
    edit(folder / f"{table}.csv", old, new)
    with pytest.raises(TableError):
        tables.check(read_schema(folder))
    broken = TableGroup.from_file(folder / METADATA)
    with pytest.raises(ValueError, match=table):
        assert list(broken.tabledict[f"{table}.csv"])
        broken.check_referential_integrity()


def test_all_1222_supporters_of_the_registry_are_there() -> None:
    endorsements = {row["party"]: row for row in records("endorsements")}
    assert len(endorsements) == len(records("entries")) == len(records("ledger")) == 1222
    assert {"interpol", "european-union"} <= set(endorsements)


def test_an_unknown_category_stays_unknown() -> None:
    raw = {row["party"] for row in records("entries") if not row["category"]}
    assert raw == {row["party"] for row in records("endorsements") if row["category"] == "unknown"}
    assert len(raw) == 5


def test_five_signatories_have_no_country() -> None:
    signatories = {row["party"] for row in records("endorsements")}
    without = {row["party"] for row in records("parties") if not row["country"]} & signatories
    assert len(without) == 5


def test_identifiers_hold_no_category_and_no_country_code() -> None:
    names = {row["party"]: row["name"] or row["name_en"] for row in records("parties")}
    for row in records("ledger"):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["party"])
        assert not re.search(r"(private-sector|public-authority|undefined)$", row["party"])
        tail = row["party"].rpartition("-")[2]
        code = row["file"].removesuffix(".md").rpartition("-")[2].lower()
        assert tail != code or code in names[row["party"]].lower()


def test_states_are_named_in_english() -> None:
    states = {row["party"] for row in records("endorsements") if row["category"] == "state"}
    assert len(states) == 81
    assert {"france", "south-korea", "united-states", "north-macedonia"} <= states


def test_no_signing_day_is_made_up() -> None:
    declared = {row["party"] for row in records("entries") if row["signed"]}
    declared |= {row["party"] for row in records("supports")}
    for event in records("events"):
        if event["type"] == "signature":
            assert bool(event["date"]) == (event["party"] in declared)
            assert bool(event["date"]) != bool(event["earliest"] and event["latest"])


def test_every_correction_gives_its_reason_and_its_source() -> None:
    corrections = {(row["field"], row["registry_value"]): row for row in records("corrections")}
    for code, country in (("ROM", "ROU"), ("MTG", "MNE"), ("SCG", "SRB"), ("BTN", "CYP")):
        correction = corrections["nationality", code]
        assert correction["value"] == country
        assert correction["reason"]
        assert correction["source"]


def test_every_statement_of_the_two_founding_documents_is_a_claim() -> None:
    article = "cybersecurity-insiders-2018-11"
    claims = {(row["source"], row["party"]): row for row in records("claims")}
    for party in ("microsoft", "cisco", "samsung-electronics", "siemens", "facebook", "google"):
        assert claims[article, party]["polarity"] == "intends"
    assert claims[article, "icann"]["polarity"] == "intends"
    assert claims[article, "the-internet-society-isoc"]["polarity"] == "intends"
    for party in ("russia", "united-states", "china"):
        assert claims[article, party]["polarity"] == "undecided"
    [signature] = [row for row in records("claims") if row["claim"] == "signature"]
    assert signature["party"] == "britishamerican-business"
    assert (signature["claimed_date"], signature["occasion"]) == (
        "2019-11-12",
        "paris-peace-forum-2019",
    )
    [count] = [row for row in records("counts") if row["source"] == article]
    assert (count["comparator"], count["value"], count["category"]) == ("more-than", "51", "state")
    attributes = {(row["source"], row["claim"]): row for row in records("attributes")}
    assert attributes[article, "launched-at"]["resource"].endswith("event/igf-2018")
    for number in range(1, 10):
        assert attributes["bab-2019-11-12", f"principle-{number}"]["assessment"] == "accepted"


def test_icann_stands_in_the_article_and_not_in_the_registry() -> None:
    polarities = {row["polarity"] for row in records("claims") if row["party"] == "icann"}
    assert polarities == {"intends", "not-listed"}
    assert "icann" not in {row["party"] for row in records("endorsements")}


def test_the_wording_of_the_principles_is_the_one_that_is_claimed() -> None:
    wordings = {row["principle"]: row["wording_en"] for row in records("principles")}
    for row in records("attributes"):
        if row["source"] == "bab-2019-11-12" and row["claim"].startswith("principle-"):
            assert row["text_en"] == wordings[row["claim"].removeprefix("principle-")]


def test_ended_countries_are_known_as_such() -> None:
    countries = {row["country"]: row for row in records("countries")}
    assert countries["SCG"]["ended"] == "2006-06-02"
    assert countries["1A0"]["name_en"] == "Kosovo"
    assert countries["ROU"]["alpha3"] == "ROU"
    assert sum(bool(row["ended"]) for row in countries.values()) == 31


def test_no_social_network_no_handle_and_no_mail_address_stands_in_the_tables() -> None:
    forbidden = re.compile(
        r"linkedin\.com|twitter\.com|facebook\.com|instagram\.com|challengeId|(?<![\w.])@\w|\w@[\w-]+\.\w",
        re.IGNORECASE,
    )
    for path in bundle.TABLES.glob("*.csv"):
        assert not forbidden.search(path.read_text(encoding="utf-8")), path.name
