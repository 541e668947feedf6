"""A site is whole or not there, the same each time, and replaces nothing but a site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pariscall.errors import GateError, MisuseError, ReleaseError
from pariscall.web.site.assembly import build
from support.command import Run
from support.html import digests, page
from support.sites import site_with_release
from support.tables import edit

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def site(small: Path, small_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_with_release(small, small_release, tmp_path_factory)


def test_a_release_that_was_changed_is_not_offered(
    small: Path, small_release: Path, tmp_path: Path
) -> None:
    spoilt = shutil.copytree(small_release, tmp_path / "spoilt")
    (spoilt / "paris-call-signatories.csv").write_bytes(b"a,b\n")
    with pytest.raises(ReleaseError, match="was changed since the release"):
        build(tmp_path / "site", small, [spoilt])
    (spoilt / "paris-call-signatories.csv").unlink()
    with pytest.raises(ReleaseError, match="is missing"):
        build(tmp_path / "site", small, [spoilt])
    with pytest.raises(MisuseError, match="the same version"):
        build(tmp_path / "site", small, [small_release, small_release])
    assert not (tmp_path / "site").exists()


def test_the_command_writes_the_same_bytes_whatever_the_hash_seed_or_was_there_before(
    run: Run, small: Path, small_release: Path, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    shutil.copy(site / "index.html", tmp_path / "other")  # as a site of an earlier run has it
    (tmp_path / "other" / "gone.html").touch()
    finished = run(
        *("site", "-o", "other", "--tables", small, "--release", small_release, "--no-cache"),
        PYTHONHASHSEED="7",
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith("other: ")
    assert ", 1 release, " in finished.stdout
    assert digests(tmp_path / "other") == digests(site)
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_the_documentation_is_in_the_site_and_linked_from_its_pages(
    small: Path, site: Path, tmp_path: Path
) -> None:
    built, out = tmp_path / "built", tmp_path / "site"
    (built / "_static").mkdir(parents=True)
    (built / "index.html").write_text("<title>Install</title>", encoding="utf-8")
    (built / "_static" / "theme.css").write_text("", encoding="utf-8")
    build(out, small, documentation=built)
    assert digests(out / "docs") == digests(built)
    for path, target in (
        ("index.html", "docs/index.html"),
        ("actor/abb.fr.html", "../docs/index.html"),
    ):
        links = {link.get("href") for link in page(out, path).all("a")}
        assert target in links
        assert target not in {link.get("href") for link in page(site, path).all("a")}


def test_documentation_that_was_not_built_is_refused(small: Path, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="there is no index\\.html"):
        build(tmp_path / "site", small, documentation=tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_s_own_is_not_replaced(small: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "index.html").write_text("<title>Mine</title>", encoding="utf-8")
    with pytest.raises(MisuseError, match="is not a site of ours"):
        build(own, small)
    assert [path.name for path in tmp_path.iterdir()] == ["own"]


def test_a_site_stays_until_the_next_is_whole(site: Path, folder: Path, tmp_path: Path) -> None:
    out = shutil.copytree(
        site, tmp_path / "site", ignore=lambda _d, names: set(names) - {"index.html"}
    )
    edit(folder / "parties.csv", "abb,ABB,", "abb,,")
    with pytest.raises(GateError):
        build(out, folder)
    assert [path.name for path in out.iterdir()] == ["index.html"]
    assert {path.name for path in tmp_path.iterdir()} == {"site", "tables"}
