"""What the bundled tables promise: whole, sourced, described by CSVW, and free of personal data."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from pariscall import bundle
from pariscall.errors import TableError
from pariscall.tables.checks import check_tables
from pariscall.tables.csvw import METADATA, read_schema
from pariscall.tables.graph import TableGraph
from pariscall.tables.rows import read_records
from support.tables import edit

if TYPE_CHECKING:
    from csvw import TableGroup

Record = dict[str, str]


def records(name: str) -> list[Record]:
    return read_records(read_schema(bundle.TABLES)[f"{name}.csv"])


def read_group(folder: Path) -> TableGroup:
    from csvw import TableGroup  # whose import takes seconds

    return TableGroup.from_file(folder / METADATA)


@pytest.fixture(scope="module")
def group() -> TableGroup:
    return read_group(bundle.TABLES)


@pytest.mark.slow
def test_the_tables_are_valid_csv_on_the_web(
    group: TableGroup, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("csvw check")
    for table in group.tables:
        assert sum(1 for _ in table.iterdicts(log=log))
        assert table.check_primary_key(log=log)
    assert group.check_referential_integrity(log=log)
    assert caplog.records == []


@pytest.mark.slow
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
        check_tables(read_schema(folder))
    broken = read_group(folder)
    with pytest.raises(ValueError, match=table):
        assert list(broken.tabledict[f"{table}.csv"])
        broken.check_referential_integrity()


def ours(name: str) -> list[dict[str, str]]:
    """Give the rows of a table that are about the Paris Call."""
    return [row for row in records(name) if row["call"] == "paris-call"]


@pytest.mark.slow
def test_a_store_that_keeps_values_keeps_each_spelling(bundled: TableGraph) -> None:
    """Such as 0.9, which a store may keep for 0.90; then the graph that it holds is another one."""
    quads = list(bundled.quads())
    store = Store()
    store.bulk_extend(quads)
    assert {str(quad.triple) for quad in store} == {str(quad.triple) for quad in quads}


def test_all_1222_supporters_of_the_registry_are_there() -> None:
    listed = {row["party"] for row in ours("endorsements") if row["status"] == "active"}
    assert len(listed) == 1222
    assert {"interpol", "european-union"} <= listed
    [dataset] = records("datasets")
    seen = [row for row in records("entries") if row["source"] == dataset["source"]]
    assert {row["party"] for row in seen} == listed
    assert len({row["file"] for row in seen}) == int(dataset["records"]) == 1222


def test_no_identifier_is_ever_lost() -> None:
    """A file name of the registry leads to a party, and the party to what became of it."""
    parties = {row["party"] for row in records("parties")}
    endorsed = {row["party"] for row in ours("endorsements")}
    for row in records("identifiers"):
        assert row["party"] in parties & endorsed


def test_who_is_gone_keeps_status_dates_evidence_and_successor() -> None:
    ended = {(row["party"], row["n"]): row for row in ours("endorsements") if row["until"]}
    assert {key: (row["status"], row["until"]) for key, row in ended.items()} == {
        ("baitulmal-professional-college", "1"): ("delisted", "2021-11-23"),
        ("eastwest-institute", "1"): ("superseded", "2021-03-23"),
        ("maldon-wat", "1"): ("delisted", "2020-02-19"),
        ("nemos-sokolov-s-r-o", "1"): ("delisted", "2020-11-20"),
        ("university-of-lima", "1"): ("delisted", "2019-11-10"),
    }
    successor = ended["eastwest-institute", "1"]["superseded_by"]
    assert successor == "observer-research-foundation-america-orf-america"
    ends = [row for row in ours("events") if row["type"] in ("delisting", "succession")]
    assert {(row["party"], row["n"]) for row in ends} == set(ended)
    assert all(row["evidence"].startswith("paris-call-registry/") for row in ends)


def test_the_bulk_renames_of_2019_end_no_endorsement_but_one() -> None:
    """Of 602 and 1,036 files that went, one party, the University of Lima, did not come back."""
    ended = [row for row in ours("endorsements") if row["until"] and row["until"] < "2019-12"]
    assert [row["party"] for row in ended] == ["university-of-lima"]


def test_dates_written_in_bulk_are_disputed_claims_and_no_signatures() -> None:
    bulk = [row for row in records("claims") if row["assessment"] == "disputed"]
    bulk = [row for row in bulk if row["source"].startswith("paris-call-registry/")]
    days = [row["claimed_date"] for row in bulk]
    assert (days.count("2018-11-12"), days.count("2019-10-10")) == (568, 34)
    signatures = [row for row in ours("events") if row["type"] == "signature"]
    assert not [row for row in signatures if row["date"] == "2019-10-10"]
    evidence = {row["evidence"] for row in signatures if row["date"] == "2018-11-12"}
    assert not [source for source in evidence if source.startswith("paris-call-registry/")]


def test_interpol_was_never_called_europol_and_the_test_record_is_nobody() -> None:
    events = [row for row in ours("events") if row["party"] == "interpol"]
    assert {row["type"] for row in events} == {"signature", "listing"}
    assert "new-supporter" not in {row["party"] for row in records("parties")}


def test_parties_were_moved_renamed_and_merged() -> None:
    kinds: dict[str, set[str]] = {}
    for row in ours("events"):
        kinds.setdefault(row["type"], set()).add(row["party"])
    assert {"cnil", "europol", "etno", "quad9", "its-rio"} <= kinds["reclassification"]
    assert len(kinds["reclassification"]) == 16
    merged = {"casmu", "teleton", "creopoint", "rimac-seguros", "northwave"}
    assert merged < kinds["merge"]
    assert kinds["country-change"] == {"haan", "rphs-law", "validy-net-inc"}


def test_every_decision_gives_its_reason() -> None:
    decisions = records("decisions")
    assert all(row["reason"].endswith(".") for row in decisions)
    kinds = [row["decision"] for row in decisions]
    assert (kinds.count("duplicate"), kinds.count("succession")) == (8, 1)


def test_an_unknown_category_stays_unknown() -> None:
    raw = {row["party"] for row in records("entries") if not row["category"]}
    assert raw == {row["party"] for row in ours("endorsements") if row["category"] == "unknown"}
    assert len(raw) == 5


def test_five_signatories_have_no_country() -> None:
    signatories = {row["party"] for row in ours("endorsements")}
    without = {row["party"] for row in records("parties") if not row["country"]} & signatories
    assert len(without) == 5


def test_identifiers_hold_no_category_and_no_country_code() -> None:
    names = {row["party"]: row["name"] or row["name_en"] for row in records("parties")}
    for row in records("identifiers"):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["party"])
        assert not re.search(r"(private-sector|public-authority|undefined)$", row["party"])
        tail = row["party"].rpartition("-")[2]
        code = row["file"].removesuffix(".md").rpartition("-")[2].lower()
        is_code = re.search(r"-[A-Z]{3}\.md$", row["file"])
        assert not is_code or tail != code or code in names[row["party"]].lower()


def test_states_are_named_in_english() -> None:
    states = {row["party"] for row in ours("endorsements") if row["category"] == "state"}
    assert len(states) == 81
    assert {"france", "south-korea", "united-states", "north-macedonia"} <= states


def test_no_signing_day_is_made_up() -> None:
    declared = {(row["party"], row["signed"]) for row in records("entries") if row["signed"]}
    claims = {(row["source"], row["claim"]): row for row in records("claims")}
    for support in ours("supports"):
        day = claims[support["source"], support["claim"]]["claimed_date"]
        # Who supported the call on the day of the launch signed on that day.
        if support["basis"] == "declared" or day == "2018-11-12":
            declared.add((support["party"], day))
    for event in ours("events"):
        if event["type"] == "signature":
            assert bool(event["date"]) != bool(event["earliest"] and event["latest"])
            assert not event["date"] or (event["party"], event["date"]) in declared


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
    assert "icann" not in {row["party"] for row in ours("endorsements")}


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
