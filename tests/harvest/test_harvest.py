"""A registry becomes tables: every supporter comes through, nothing is guessed, nothing changes twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pariscall.errors import RegistryError
from pariscall.harvest.registry import harvest_registry
from pariscall.tables.checks import check_tables
from pariscall.tables.csvw import read_schema
from pariscall.tables.graph import TableGraph
from pariscall.validation.consistency import find_disagreements
from support.registry import ACME, CORRECTIONS, NOBODY, Registry, digests, events, records

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_every_supporter_comes_through(registry: Registry, target: Path) -> None:
    found = harvest_registry(registry.folder, target)
    assert (found.supporters, found.new, found.commit.day) == (4, 4, "2020-04-01")
    parties = {"acme-sons", "european-union", "nobody", "slovenia"}
    for name in ("endorsements", "events", "entries"):
        assert set(records(target, name)) == parties
    assert set(records(target, "parties")) == parties | {"icann"}
    check_tables(read_schema(target))


def test_harvesting_again_changes_no_byte(registry: Registry, target: Path) -> None:
    harvest_registry(registry.folder, target)
    before = digests(target)
    assert harvest_registry(registry.folder, target).new == 0
    assert digests(target) == before


def test_a_commit_that_changes_no_entry_lists_all_still(registry: Registry, target: Path) -> None:
    (registry.folder / "about.md").write_text("About us", encoding="utf-8")
    registry.git("add", "about.md")
    registry.git("commit", "--quiet", "--message", "About", day="2020-05-01")
    assert harvest_registry(registry.folder, target).commit.day == "2020-05-01"
    assert records(target, "entries")["acme-sons"]["last_seen"] == "2020-05-01"
    assert find_disagreements(TableGraph(target)) == []


def test_states_go_by_their_english_and_french_names(registry: Registry, target: Path) -> None:
    harvest_registry(registry.folder, target)
    slovenia = records(target, "parties")["slovenia"]
    assert (slovenia["name"], slovenia["name_en"], slovenia["name_fr"]) == (
        "",
        "Slovenia",
        "Slovénie",
    )
    assert (slovenia["country"], slovenia["member_of"]) == ("SVN", "european-union")


def test_values_are_cleaned_and_corrected_and_kept_as_published(
    registry: Registry, target: Path
) -> None:
    harvest_registry(registry.folder, target)
    party = records(target, "parties")["acme-sons"]
    assert party["name"] == "ACME & Sons"
    assert (party["nature"], party["country"]) == ("company", "ROU")
    assert party["website"] == "https://www.acme.example"
    entry = records(target, "entries")["acme-sons"]
    assert entry["name"] == " ACME\u00a0&amp; Sons "
    assert (entry["nature"], entry["country"]) == ("Entreprise ", "ROM")
    assert entry["website"] == "https://https:www.acme.example"


def test_what_is_unknown_stays_unknown(registry: Registry, target: Path) -> None:
    harvest_registry(registry.folder, target)
    assert records(target, "endorsements")["nobody"]["category"] == "unknown"
    nobody = records(target, "parties")["nobody"]
    assert (nobody["country"], nobody["nature"]) == ("", "")


def test_a_signature_has_its_declared_day_or_a_window(registry: Registry, target: Path) -> None:
    harvest_registry(registry.folder, target)
    signatures = events(target, "signature")
    acme, slovenia = signatures["acme-sons"], signatures["slovenia"]
    assert (acme["date"], acme["earliest"], acme["latest"]) == ("2020-02-01", "", "")
    assert acme["basis"] == "declared"
    assert (slovenia["date"], slovenia["earliest"], slovenia["latest"]) == (
        "",
        "2018-11-12",
        "2019-11-10",
    )
    assert slovenia["basis"] == "inferred"
    endorsements = records(target, "endorsements")
    assert endorsements["acme-sons"]["since"] == "2020-02-01"
    assert endorsements["acme-sons"]["since_basis"] == "declared"
    assert endorsements["slovenia"]["since"] == "2019-11-10"
    assert endorsements["slovenia"]["since_basis"] == "first-seen"


def test_a_signature_declared_after_the_listing_does_not_move_since(
    registry: Registry, target: Path
) -> None:
    late = ACME.replace("2020-02-01", "2020-03-05")
    registry.commit({"acme-private-sector-ROM.md": late}, "2020-05-01")
    harvest_registry(registry.folder, target)
    assert records(target, "endorsements")["acme-sons"]["since"] == "2020-03-01"
    assert events(target, "signature")["acme-sons"]["date"] == "2020-03-05"


def test_an_accepted_claim_gives_the_day_that_the_registry_does_not(
    registry: Registry, target: Path
) -> None:
    harvest_registry(registry.folder, target)
    with (target / "claims.csv").open("a", encoding="utf-8") as file:
        file.write(
            "bab-2019-11-12,signature,slovenia,paris-call,affirms,2019-06-01,,2019-11-12,,,,high,accepted,,\n"
        )
    with (target / "supports.csv").open("a", encoding="utf-8") as file:
        file.write("slovenia,paris-call,1,bab-2019-11-12,signature,declared\n")
    harvest_registry(registry.folder, target)
    event = events(target, "signature")["slovenia"]
    assert (event["date"], event["evidence"]) == ("2019-06-01", "bab-2019-11-12")
    assert records(target, "endorsements")["slovenia"]["since"] == "2019-06-01"


def test_twitter_linkedin_and_statements_are_not_carried_over(
    registry: Registry, target: Path
) -> None:
    harvest_registry(registry.folder, target)
    for path in target.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in ("linkedin", "@acme", "nobody's business"))


def test_an_earlier_commit_can_be_harvested(registry: Registry, target: Path) -> None:
    found = harvest_registry(registry.folder, target, "HEAD~1")
    assert (found.supporters, found.commit.day) == (3, "2020-03-01")


def test_the_upstream_commit_is_the_one_that_is_cited(registry: Registry, target: Path) -> None:
    upstream = "0123456789abcdef0123456789abcdef01234567"
    changed = NOBODY.replace("nature:", 'nature: "Association"')
    registry.commit(
        {"nobody-undefined-.md": changed}, "2020-06-01", f"Change\n\nUpstream-commit: {upstream}"
    )
    assert harvest_registry(registry.folder, target).commit.sha == upstream
    source = records(target, "sources", "source")["paris-call-registry/0123456"]
    assert source["url"].endswith(upstream)
    assert records(target, "entries")["nobody"]["source"] == "paris-call-registry/0123456"


@pytest.mark.slow
def test_a_bundle_without_a_head_and_its_clone_can_be_harvested(
    registry: Registry, target: Path, tmp_path: Path
) -> None:
    bundle_file, clone = tmp_path / "registry.bundle", tmp_path / "clone"
    registry.git("bundle", "create", str(bundle_file), "main")
    assert harvest_registry(bundle_file, target).supporters == 4
    registry.git("clone", "--quiet", str(bundle_file), str(clone))
    assert harvest_registry(clone, target).supporters == 4


@pytest.mark.slow
def test_identifiers_are_kept_whatever_becomes_of_the_name(
    registry: Registry, target: Path
) -> None:
    harvest_registry(registry.folder, target)
    renamed = NOBODY.replace("Nobody", "Somebody")
    registry.commit({"nobody-undefined-.md": renamed}, "2020-09-01")
    harvest_registry(registry.folder, target)
    assert records(target, "parties")["nobody"]["name"] == "Somebody"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (NOBODY.replace("nationality:", "nationality: XXX"), "other.md:5: nationality is 'XXX', which is not a country code in use"),
        (NOBODY.replace("nationality:", "nationality: SCG"), "which is not a country code in use"),
        (NOBODY.replace("category:", "category: guild"), "other.md:3: category is 'guild', which is not a category"),
        (NOBODY.replace("nature:", "nature: Guilde"), "other.md:4: nature is 'Guilde', which is not a kind of organisation"),
        (NOBODY.replace("---\n", "date_signed: soon\n---\n", 1), "date_signed is 'soon', which is not a date"),
        (NOBODY.replace("---\n", "website: http://a b\n---\n", 1), "which is not a web address"),
        (NOBODY.replace("Nobody", " "), "other.md:2: there is no name"),
        (NOBODY.replace('"Nobody"', '"Nobody'), "the front matter is not YAML"),
        (NOBODY.replace('"Nobody"', "[a, b]"), "other.md:2: the field is not a plain text"),
        (NOBODY.replace('"Nobody"', '"No\\x07body"'), "other.md:2: name is 'No\\x07body', which holds a control"),
        ("just text", "other.md:1: the front matter is not a list of fields"),
        ("", "other.md:1: the front matter is not a list of fields"),
        (NOBODY.replace("Nobody", "ICANN"), "the identifier icann belongs to another party"),
        (NOBODY.replace("Nobody", "東京"), "no identifier can be made from the name '東京'"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_stops_the_harvest(
    registry: Registry, target: Path, text: str, problem: str
) -> None:
    text = text.replace("\n---\ndate", "\ndate").replace("\n---\nweb", "\nweb")
    registry.commit({"other.md": text}, "2020-10-01")
    before = digests(target)
    with pytest.raises(RegistryError) as caught:
        harvest_registry(registry.folder, target)
    assert problem in str(caught.value)
    assert digests(target) == before


def test_all_faults_are_reported_together(registry: Registry, target: Path) -> None:
    wrong = NOBODY.replace("nationality:", "nationality: XXX")
    registry.commit({"a.md": wrong, "b.md": wrong}, "2020-10-01")
    with pytest.raises(RegistryError) as caught:
        harvest_registry(registry.folder, target)
    assert len(str(caught.value).split("\n")) == 2


def test_a_file_in_another_encoding_is_named(registry: Registry, target: Path) -> None:
    (registry.folder / "_supporters" / "latin.md").write_bytes(NOBODY.encode() + b"\xe9")
    registry.commit({}, "2020-10-01")
    with pytest.raises(RegistryError, match=r"latin\.md:7: not UTF-8"):
        harvest_registry(registry.folder, target)


def test_a_correction_that_matches_nothing_fails_the_harvest(
    registry: Registry, target: Path
) -> None:
    with (target / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write("website,http://nowhere,*,website,http://here,Moved.,curators\n")
    with pytest.raises(RegistryError, match=r"corrections\.csv:5: no website is 'http://nowhere'"):
        harvest_registry(registry.folder, target)


@pytest.mark.slow
def test_a_correction_of_one_file_leaves_the_others_alone(registry: Registry, target: Path) -> None:
    lines = CORRECTIONS.replace("nationality,ROM,*,", "nationality,ROM,acme-private-sector-ROM.md,")
    (target / "corrections.csv").write_text(lines, encoding="utf-8")
    harvest_registry(registry.folder, target)
    registry.commit({"other.md": NOBODY.replace("nationality:", "nationality: ROM")}, "2020-10-01")
    with pytest.raises(RegistryError, match=r"other\.md:5: nationality is 'ROM'"):
        harvest_registry(registry.folder, target)


def test_what_is_no_registry_is_refused(target: Path, tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()
    (tmp_path / "a file").touch()
    for name in ("a folder", "a file", "nothing"):
        with pytest.raises(RegistryError, match=f"{name}: "):
            harvest_registry(tmp_path / name, target)


def test_an_unknown_commit_and_a_repository_without_supporters_are_refused(
    registry: Registry, target: Path, tmp_path: Path
) -> None:
    with pytest.raises(RegistryError, match="there is no commit 'v9'"):
        harvest_registry(registry.folder, target, "v9")
    empty = Registry.new(tmp_path / "empty")
    with pytest.raises(RegistryError, match="nothing is checked out"):
        harvest_registry(empty.folder, target)
    (empty.folder / "README").write_text("x", encoding="utf-8")
    empty.commit({}, "2020-01-01")
    with pytest.raises(RegistryError, match="there is no folder _supporters"):
        harvest_registry(empty.folder, target)
