"""Mappings say who a party is elsewhere, how it is known, and nothing more."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pariscall import bundle
from pariscall.rdf.namespaces import BASE, PREFIXES
from pariscall.rdf.ntriples import text_of
from pariscall.tables.csvw import read_schema
from pariscall.tables.document import Document
from pariscall.tables.graph import TableGraph
from pariscall.tables.repair import repair_tables
from pariscall.tables.rows import read_records
from pariscall.tables.schemes import SCHEMES, is_isni, is_lei, is_ror
from pariscall.validation.consistency import find_disagreements
from pariscall.web.site import vendor
from support.tables import edit, keep_some_parties

MAPPINGS = "mappings.sssom.tsv"
LEI = "INR2EJN1ERAN0W5ZP974"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(bundle.TABLES, tmp_path, dirs_exist_ok=True)
    keep_some_parties(tmp_path)
    return tmp_path


def problems(folder: Path) -> list[str]:
    return [each.message for each in find_disagreements(TableGraph(folder))]


def values(document: Document, subject: str, predicate: str) -> set[str]:
    prefix, _, name = predicate.partition(":")
    found = document.descriptions[f"<{BASE}{subject}>"].values()
    return set(map(text_of, found.get(f"<{PREFIXES[prefix]}{name}>", ())))


@pytest.mark.parametrize(
    ("is_right", "right"),
    [
        (is_lei, LEI),
        (is_isni, "000000049292164X"),
        (is_isni, "0000000403707220"),
        (is_ror, "05b7fdx35"),
        (is_ror, "019w4f821"),
    ],
)
def test_one_changed_character_breaks_the_check_digits(
    is_right: Callable[[str], bool], right: str
) -> None:
    assert is_right(right)
    for at, character in enumerate(right[:-2]):
        other = "1" if character != "1" else "2"
        assert not is_right(right[:at] + other + right[at + 1 :]), at


@pytest.mark.slow
def test_a_party_has_its_matches_and_is_the_same_only_as_what_was_reviewed(
    bundled: TableGraph,
) -> None:
    [microsoft] = [
        document
        for document in bundled.documents(["parties.csv"])
        if document.rows[0]["party"] == "microsoft"
    ]
    exact = values(microsoft, "actor/microsoft", "skos:exactMatch")
    isni = f"{PREFIXES['isni']}0000000121813404"
    assert exact == {
        *(f"{PREFIXES['lei']}{LEI}", f"{PREFIXES['ror']}00d0nc645"),
        *(f"{PREFIXES['wd']}Q2283", isni),
    }
    assert values(microsoft, "actor/microsoft", "schema:sameAs") == exact - {isni}
    mapping = f"mapping/microsoft/lei:{LEI}"
    assert values(microsoft, mapping, "owl:annotatedSource") == {f"{BASE}actor/microsoft"}
    assert values(microsoft, mapping, "owl:annotatedTarget") == {f"{PREFIXES['lei']}{LEI}"}
    assert values(microsoft, mapping, "sssom:confidence") == {"0.95"}
    assert values(microsoft, mapping, "sssom:reviewer_label") == {"curators"}


def test_a_website_of_ror_is_of_a_party_whose_record_there_was_reviewed() -> None:
    schema = read_schema(bundle.TABLES)
    reviewed = {
        row["party"]
        for row in read_records(schema[MAPPINGS])
        if row["object_id"].startswith("ror:") and row["reviewer_label"]
    }
    claims = [
        row for row in read_records(schema["attributes.csv"]) if row["source"].startswith("ror-")
    ]
    assert len(claims) == 97
    for row in claims:
        assert row["about"].removeprefix("actor/") in reviewed
        assert row["property"] == PREFIXES["foaf"] + "homepage"
        assert row["resource"].startswith(("https://", "http://"))


def test_a_claimed_website_is_accepted_only_if_it_is_ours(tmp_path: Path) -> None:
    shutil.copytree(bundle.TABLES, tmp_path, dirs_exist_ok=True)
    keep_some_parties(tmp_path, "instytut-matki-i-dziecka")
    assert problems(tmp_path) == []
    edit(tmp_path / "attributes.csv", "https://imid.med.pl", "https://imid.example")
    assert [told for told in problems(tmp_path) if "its value differs from ours" in told]


@pytest.mark.slow
def test_nobody_is_said_to_be_the_same_in_owl(bundled: TableGraph) -> None:
    text = (bundle.TABLES / MAPPINGS).read_text(encoding="utf-8")
    assert "sameAs" not in text
    assert not [quad for quad in bundled.quads() if quad.predicate.value.endswith("owl#sameAs")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (LEI, "INR2EJN1ERAN0W5ZP975", "INR2EJN1ERAN0W5ZP975 has wrong check digits. Correct it."),
        ("ror:00d0nc645", "ror:00d0nc64l", "00d0nc64l is not of the form of ROR. Correct it."),
        ("wd:Q2283", "wikidata:Q2283", "no scheme has the prefix wikidata."),
        ("actor:microsoft", "actor:cisco", "the row is about actor:cisco and actor:microsoft."),
        ("\tMicrosoft\tskos", "\tMacrosoft\tskos", "the label is 'Macrosoft'"),
        ("skos:exactMatch\tlei:INR", "skos:exactMatch\tlei:IMR", "has wrong check digits"),
    ],
)
def test_what_cannot_be_is_named(folder: Path, old: str, new: str, told: str) -> None:
    assert problems(folder) == []
    edit(folder / MAPPINGS, old, new)
    assert [problem for problem in problems(folder) if told in problem]


def test_two_exact_matches_of_a_scheme_are_refused(folder: Path) -> None:
    path = folder / MAPPINGS
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if "wd:Q2283" in line)
    lines.insert(at + 1, lines[at].replace("Q2283", "Q22830"))
    path.write_text("\n".join(lines), encoding="utf-8")
    [problem] = problems(folder)
    assert problem.startswith("actor:microsoft has the exact match wd:Q2283 too, at ")


def test_the_header_of_the_file_agrees_with_the_prefixes_that_we_expand() -> None:
    for name in (MAPPINGS, "country_mappings.sssom.tsv"):
        head = (bundle.TABLES / name).read_text(encoding="utf-8").partition("\nsubject_id")[0]
        said = dict(
            line.removeprefix("#  ").split(": ", 1)
            for line in head.split("#curie_map:\n")[1].split("#extension")[0].strip().split("\n")
        )
        assert said
        assert {prefix: f'"{PREFIXES[prefix]}"' for prefix in said} == said


def test_fmt_keeps_the_metadata_and_the_tabs(folder: Path) -> None:
    path = folder / MAPPINGS
    right = path.read_text(encoding="utf-8")
    assert repair_tables(read_schema(folder)) == []
    head, *lines = right.rstrip("\n").partition("\nsubject_id")[2].split("\n")
    path.write_text(
        "\n".join([right.partition("\nsubject_id")[0], "subject_id" + head, *reversed(lines)])
        + "\n",
        encoding="utf-8",
    )
    assert repair_tables(read_schema(folder))
    assert path.read_text(encoding="utf-8") == right


def test_who_was_refused_is_not_mapped_and_the_sample_is() -> None:
    schema = read_schema(bundle.TABLES)
    mapped = {(row["party"], row["object_id"]) for row in read_records(schema[MAPPINGS])}
    refused = {(r["party"], r["object_id"]) for r in read_records(schema["mapping_refusals.csv"])}
    sample = read_records(schema["mapping_sample.csv"])
    assert refused
    assert not refused & mapped
    assert len(sample) == 100
    assert {(row["party"], row["object_id"]) for row in sample} <= mapped
    verdicts = [row["verdict"] for row in sample]
    assert (verdicts.count("right"), verdicts.count("doubtful")) == (97, 3)


def test_every_scheme_of_the_data_is_known() -> None:
    rows = read_records(read_schema(bundle.TABLES)[MAPPINGS])
    assert {row["object_id"].partition(":")[0] for row in rows} <= SCHEMES.keys()


def test_countries_have_codes_that_agree_and_one_place_and_item_each() -> None:
    """M49 gives a country the number that ISO 3166-1 gives it, which a package of others has too."""
    schema = read_schema(bundle.TABLES)
    codes = Path(vendor.__file__).parent / "iso-countries" / "codes.json"
    numbers = {alpha3: number for _, alpha3, number, _ in json.loads(codes.read_text())}
    countries = read_records(schema["countries.csv"])
    known = {row["alpha3"]: row["m49"] for row in countries if row["alpha3"]}
    assert {code: numbers[code] for code in known} == known
    mapped = read_records(schema["country_mappings.sssom.tsv"])
    for scheme in ("wd", "geonames"):
        rows = [row for row in mapped if row["object_id"].startswith(f"{scheme}:")]
        assert len({row["object_id"] for row in rows}) == len({row["country"] for row in rows})
        assert {row["country"] for row in rows} - {"1A0"} == set(known)
        assert all("agree" in row["curation_rule_text"] for row in rows)
