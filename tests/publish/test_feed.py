"""The change feed: RFC 4287, newest first, under identifiers that stay."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pariscall import bundle
from pariscall.publish.dumps import feed as feed_module
from pariscall.publish.dumps.feed import KEPT_ENTRIES
from pariscall.publish.dumps.news import NewsReader
from pariscall.publish.export import export
from pariscall.rdf.ntriples import text_of
from pariscall.tables.csvw import read_schema
from pariscall.tables.graph import TableGraph
from pariscall.tables.rows import read_rows
from support.tables import edit

pytestmark = pytest.mark.slow

ATOM = "{http://www.w3.org/2005/Atom}"


def read(folder: Path) -> ET.Element:
    return ET.parse(folder / "paris-call-events.atom").getroot()


def texts(feed: ET.Element, name: str) -> list[str]:
    return [entry.findtext(f"{ATOM}{name}") or "" for entry in feed.iter(f"{ATOM}entry")]


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> ET.Element:
    """Read a feed that has room for every event there is."""
    folder = tmp_path_factory.mktemp("feed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed_module, "KEPT_ENTRIES", 10_000)
        export(folder, ["atom"])
    return read(folder)


def test_the_feed_has_what_rfc_4287_asks_for(feed: ET.Element) -> None:
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None
    for entry in feed.iter(f"{ATOM}entry"):
        for name in ("id", "title", "updated"):
            assert entry.findtext(f"{ATOM}{name}")
    instants = [*texts(feed, "updated"), feed.findtext(f"{ATOM}updated") or ""]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", instant) for instant in instants)


def test_the_newest_events_come_first(feed: ET.Element) -> None:
    days = texts(feed, "updated")
    assert days == sorted(days, reverse=True)
    assert days[0] == feed.findtext(f"{ATOM}updated") == "2024-10-02T00:00:00Z"


def test_every_event_that_is_news_is_there_under_its_iri(
    bundled: TableGraph, feed: ET.Element
) -> None:
    identifiers = texts(feed, "id")
    described = {
        text_of(subject)
        for document in bundled.documents(["parties.csv"])
        for subject in document.descriptions
    }
    assert set(identifiers) <= described
    assert len(set(identifiers)) == len(identifiers)
    events = list(read_rows(read_schema(bundle.TABLES)["events.csv"]))
    windows = [row for row in events if row["type"] == "signature" and not row["date"]]
    assert len(identifiers) == len(events) - len(windows)


def test_a_title_tells_what_happened(feed: ET.Element) -> None:
    titles = texts(feed, "title")
    assert "ITS Rio was moved from private-sector to civil-society" in titles
    assert "Maldon&Wat went from the registry" in titles
    assert "Burkina Faso was renamed from “Burkina” to “Burkina Faso”" in titles
    assert "Argentina signed (International Counter Ransomware Initiative)" in titles
    assert "RPHS Law was moved from 1A0 to no country" in titles


def test_who_moves_is_news_where_it_was_and_where_it_is(bundled: TableGraph) -> None:
    reader = NewsReader()
    read = {item.title: item for part in bundled.documents() for item in reader.read(part)}
    moved = read["ITS Rio was moved from private-sector to civil-society"]
    assert moved.categories == {"private-sector", "civil-society"}
    assert moved.countries == {"BRA"}
    assert "1A0" in read["RPHS Law was moved from 1A0 to no country"].countries


def test_a_later_change_moves_no_identifier(folder: Path, tmp_path: Path, feed: ET.Element) -> None:
    edit(folder / "parties.csv", "\ninterpol,INTERPOL,", "\ninterpol,ICPO,")
    edit(folder / "entries.csv", ",INTERPOL,", ",ICPO,")
    export(tmp_path / "out", ["atom"], folder)
    changed = read(tmp_path / "out")
    titles = dict(zip(texts(feed, "id"), texts(feed, "title"), strict=True))
    changes = {
        title
        for identifier, title in zip(texts(changed, "id"), texts(changed, "title"), strict=True)
        if titles[identifier] != title
    }
    signed = "ICPO signed (International Counter Ransomware Initiative)"
    assert changes == {"ICPO came onto the registry", signed}
    assert len(texts(changed, "id")) == KEPT_ENTRIES


def test_only_the_newest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "KEPT_ENTRIES", 10)
    export(tmp_path, ["atom"])
    days = texts(read(tmp_path), "updated")
    assert (len(days), min(days)) == (10, "2024-10-02T00:00:00Z")
