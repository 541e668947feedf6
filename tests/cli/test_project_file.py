"""Each key of a project file is checked with its line, documented, and has its effect."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pariscall.errors import ProjectError
from pariscall.project import read_project
from pariscall.project_file import KEYS, NAME
from support.command import EXAMPLE, run_command
from support.shared import made_once

HARBOUR = EXAMPLE.parent / "harbour"
DOCUMENT = Path(__file__).parents[2] / "docs" / "project-file.md"


def written(folder: Path, old: str = "", new: str = "", more: str = "") -> Path:
    """Write the project file of the example to a folder, changed."""
    text = (HARBOUR / NAME).read_text(encoding="utf-8")
    assert old in text
    (folder / "tables").mkdir(exist_ok=True)
    (folder / NAME).write_text(text.replace(old, new, 1) + more, encoding="utf-8")
    return folder / NAME


def keys(table: Mapping[str, Any] = KEYS, prefix: str = "") -> Iterator[str]:
    for key, kind in table.items():
        if isinstance(kind, Mapping):
            yield from keys(kind, f"{prefix}{key}.")
        else:
            yield prefix + key


@pytest.mark.skipif(not DOCUMENT.exists(), reason="the documents are in the checkout only")
def test_the_document_lists_every_key_and_no_other() -> None:
    cells = re.findall(r"^\| (`.*?) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    documented = [key for cell in cells for key in re.findall(r"`([\w.]+)`", cell)]
    assert sorted(documented) == sorted(keys())


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ('[site]\naccent = "red"\n', ":17: 'accent' must be a colour such as #1f4a7d, on which"),
        ('[site]\naccent = "#eeeeee"\n', ":17: 'accent' must be a colour such as #1f4a7d, on"),
        ('[site]\nlogo = "logo.gif"\n', ":17: 'logo' must be an .svg or .png file."),
        ('[site]\nlogo = "logo.svg"\n', ":17: there is no file 'logo.svg'."),
        ('[site.aliases]\nX = "actor/x"\n', ":17: 'X' must be a table."),
        (
            '[site.aliases]\nX = { of = "actor/x" }\n',
            ":17: the key 'source' is missing.",
        ),
        ('[title]\nEnglish = "Ports"\n', ":17: 'English' must be a language such as en."),
        ("[title]\n", ":16: 'title' is empty. Fill it in, or remove it."),
        ('[rights]\nde = ""\n', ":17: 'de' must be a text that is not empty."),
        ('[summary]\nen = "Ports."\n', ":16: the key 'fr' is missing: the website has it."),
        ('[about.data]\nfr = "Ports."\n', ":16: the key 'en' is missing: the website has it."),
    ],
)
def test_a_wrong_table_is_told_by_line(tmp_path: Path, more: str, problem: str) -> None:
    file = written(tmp_path, more=more)
    with pytest.raises(ProjectError, match=re.escape(NAME + problem)):
        read_project(file)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('languages = ["de"]', "'languages' must be a list of en and fr, or one of them"),
        ('languages = ["en", "en"]', "'languages' must be a list of en and fr"),
        ("languages = []", "'languages' must be a list of en and fr"),
        ('licence = "CC BY 4.0"', "'licence' must be an SPDX identifier such as CC-BY-4.0."),
        ('corrections = "curation"', "there is no folder 'curation'."),
        ('decisions = "curation"', "there is no folder 'curation'."),
        ('queries = "asked"', "there is no folder 'asked'."),
    ],
)
def test_a_wrong_value_is_told_by_line(tmp_path: Path, line: str, problem: str) -> None:
    file = written(tmp_path, "keywords", f"{line}\nkeywords")
    with pytest.raises(ProjectError, match=re.escape(f"{NAME}:3: {problem}")):
        read_project(file)


@pytest.mark.parametrize(
    "contact", ["ports@charter.example", "mailto:ports", "javascript:alert(1)"]
)
def test_a_contact_is_an_address_that_a_browser_opens(tmp_path: Path, contact: str) -> None:
    file = written(tmp_path, "[publisher]", f'[publisher]\ncontact = "{contact}"')
    with pytest.raises(ProjectError, match=r"mscall\.toml:7: 'contact' must be an http"):
        read_project(file)


def test_a_name_in_another_language_alone_has_no_website(tmp_path: Path) -> None:
    text = '[name]\nen = "Harbour Charter Linked Data"\nfr = "La Charte des ports en données liées"'
    file = written(tmp_path, text, '[name]\nde = "Die Hafencharta"')
    with pytest.raises(ProjectError, match=r"mscall\.toml:9: 'name' must be in en or fr"):
        read_project(file)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("keywords", 'licence = "CC-BY-4.0"\nkeywords', ":3: datasets.csv says 'licence' too."),
        ("[publisher]", '[publisher]\nname = "Ports"', ":7: datasets.csv says 'name' too."),
        ("[short]", '[title]\nde = "Häfen"\n[short]', ":13: datasets.csv says 'title' too."),
    ],
)
def test_nothing_is_said_of_the_dataset_in_two_places(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    file = written(tmp_path, old, new)
    read_project(file)
    shutil.copy(HARBOUR / "tables" / "datasets.csv", tmp_path / "tables")
    with pytest.raises(ProjectError, match=re.escape(NAME + place)):
        read_project(file)


def test_the_first_language_is_the_main_one(tmp_path: Path) -> None:
    file = written(tmp_path, "keywords", 'languages = ["fr", "en"]\nkeywords')
    project = read_project(file)
    assert project.main_language == "fr"
    assert project.keywords == {"fr": ("ports", "incidents")}


# ------------------------------------------------------------------ a project in French only

FRENCH = """\
slug = "harbour-charter"
base = "https://charter.example/data/"
licence = "CC-BY-4.0"
tables = "tables"
corrections = "curation"
decisions = "curation"
languages = ["fr"]

[publisher]
iri = "https://charter.example/#secretariat"
name = "Secrétariat de la Charte"
contact = "mailto:ports@charter.example"

[keywords]
fr = ["ports"]
de = ["Häfen"]

[name]
en = "Harbour Charter Linked Data"
fr = "La Charte des ports en données liées"

[short]
fr = "la Charte des ports"

[summary]
fr = "Qui soutient la Charte."

[description]
de = "Wer die Charta unterstützt."

[rights]
fr = "Tiré de la liste."

[title]
fr = "Soutiens à la Charte des ports"
de = "Unterstützer der Hafencharta"

[about.limits]
fr = "Les ports sont inventés."

[site]
accent = "#7a1f3d"
logo = "logo.svg"
"""
LABELS = {"title_en", "label_en", "description_en", "rights_en"}


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project in French only, with all its files."""
    return made_once(tmp_path_factory, "french", make_french)


def make_french(folder: Path) -> None:
    shutil.copytree(HARBOUR, folder)
    (folder / NAME).write_text(FRENCH, encoding="utf-8")
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (folder / "curation").mkdir()
    (folder / "tables" / "datasets.csv").unlink()
    for table in (folder / "tables").glob("*.csv"):
        text = table.read_text(encoding="utf-8")
        for english in (
            "Harbour Charter,",
            "Report incidents,",
            "Registry of the Harbour Charter,",
        ):
            text = text.replace(f",{english}", ",,")
        table.write_text(text, encoding="utf-8")
    for arguments in (["export"], ["release", "2026.11.22"], ["site"]):
        finished = run_command(folder, arguments)
        assert finished.returncode == 0, finished.stderr


@pytest.mark.slow
def test_a_project_of_one_language_has_a_website_of_one_language(french: Path) -> None:
    site = french / "build" / "site"
    assert not list(site.rglob("*.fr.html"))
    assert not list(site.rglob("*.en.html"))
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    assert all('<html lang="fr">' in page for page in pages if "<html lang" in page)
    assert not [page for page in pages if "hreflang" in page and 'hreflang="fr"' not in page]
    front = (site / "index.html").read_text(encoding="utf-8")
    assert "La Charte des ports en données liées" in front
    assert "Soutiens par catégorie" in front
    assert "Qui soutient la Charte." in front
    assert "Accept-Language}" not in (site / ".htaccess").read_text(encoding="utf-8")
    assert "navigator.language" not in (site / "assets" / "addresses.js").read_text(
        encoding="utf-8"
    )


@pytest.mark.slow
def test_a_website_has_the_contact_the_accent_and_the_logo_of_its_project(french: Path) -> None:
    site = french / "build" / "site"
    for name in ("index.html", "about.html", "actor/alpha-port.html"):
        page = (site / name).read_text(encoding="utf-8")
        assert '<a href="mailto:ports@charter.example">Contact</a>' in page
        assert "assets/logo.svg" in page
    assert "Les ports sont inventés." in (site / "about.html").read_text(encoding="utf-8")
    assert (site / "assets" / "logo.svg").read_bytes() == (french / "logo.svg").read_bytes()
    assert "#7a1f3d" in (site / "assets" / "style.css").read_text(encoding="utf-8")
    assert "#7a1f3d" in (site / "assets" / "icon.svg").read_text(encoding="utf-8")


@pytest.mark.slow
def test_catalogues_have_titles_and_keywords_in_every_language(french: Path) -> None:
    release = french / "build" / "releases" / "2026.11.22"
    dcat = (release / "dcat.ttl").read_text(encoding="utf-8")
    for text in (
        '"Soutiens à la Charte des ports"@fr , "Unterstützer der Hafencharta"@de',
        'dcterms:description "Wer die Charta unterstützt."@de ;',
        'dcterms:rights "Tiré de la liste."@fr ;',
        'dcat:keyword "ports"@fr , "Häfen"@de',
        "language/FRA> , <http://publications.europa.eu/resource/authority/language/DEU>",
        "dcat:contactPoint <dataset/harbour-charter/2026.11.22#contact>",
        "vcard/ns#hasEmail> <mailto:ports@charter.example>",
        "dcterms:license <https://spdx.org/licenses/CC-BY-4.0>",
        'foaf:name "Secrétariat de la Charte"',
    ):
        assert text in dcat
    citation = (release / "CITATION.cff").read_text(encoding="utf-8")
    assert "title: Soutiens à la Charte des ports" in citation
    assert '"@language": "fr"' in (release / "croissant.json").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["corrections.csv", "decisions.csv"])
def test_curation_is_read_where_the_project_has_it(french: Path, tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(french, tmp_path / "ports"))
    (folder / "curation" / name).write_text("field\nname\n", encoding="utf-8")
    finished = run_command(folder, ["export"])
    assert finished.returncode == 3
    assert f"curation/{name}:1: the header must read" in finished.stderr
