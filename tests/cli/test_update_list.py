"""``pariscall update``: a newer list is history, and a list that vanished is not."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from support.command import Finished, run_command
from support.sheets import write_csv, write_workbook
from support.tables import edit

HEADER = "Name,Country,Category"
FIRST = (
    "Port of Koper,SVN,Company",
    "Port of Genoa,ITA,Company",
    "Kenya,KEN,State",
    "Alpha Lines,NLD,Company",
    "Beta Union,FRA,NGO",
    "Delta Docks,DEU,Company",
    "Omega Yard,JPN,Company",
)
ASKED = (
    *("--title", "Harbour Charter", "--base", "https://charter.example/data/", "--yes"),
    *("--launch", "2026-03-01", "--publisher", "Secretariat", "--date", "2026-03-05"),
)
Update = Callable[..., Finished]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a new project, of which each test gets a copy."""
    folder = tmp_path_factory.mktemp("update")
    write_csv(folder / "first.csv", HEADER, *FIRST)
    finished = run_command(folder, ["init", "charter", "--from", "first.csv", *ASKED])
    assert finished.returncode == 0, finished.stderr
    return folder / "charter"


@pytest.fixture
def charter(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "charter"))


@pytest.fixture
def update(charter: Path, tmp_path: Path) -> Update:
    """Run the command on a list of these rows."""

    def run(*rows: str, day: str = "2026-06-01", options: tuple[str, ...] = ()) -> Finished:
        write_csv(tmp_path / "newer.csv", HEADER, *rows)
        arguments = ["update", "../newer.csv", "--date", day, "--yes", *options]
        return run_command(charter, arguments)

    return run


def rows(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return {row.get("name") or row["source"]: row for row in csv.DictReader(opened)}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


pytestmark = pytest.mark.slow


def test_who_came_and_who_left_is_recorded_with_the_day_of_the_list(
    update: Update, charter: Path
) -> None:
    finished = update(*FIRST[:-1], "Gamma Port,KEN,Company")
    assert finished.stdout == (
        "left     Omega Yard\n"
        "came     Gamma Port\n"
        "7 signatories before: 1 came, 1 left; signatories.csv, sources.csv\n"
    )
    found = rows(charter / "signatories.csv")
    assert found["Omega Yard"]["left"] == "2026-03-05/2026-06-01"
    assert found["Omega Yard"]["source"] == "list-2026-03-05;list-2026-06-01"
    assert found["Gamma Port"]["source"] == "list-2026-06-01"
    assert rows(charter / "sources.csv")["list-2026-06-01"]["issued"] == "2026-06-01"
    assert "conforms: 0 violations, 0 warnings" in run_command(charter, ["validate"]).stdout
    past = ["query", "ASK { actor:omega-yard msc:endorses ?call }", "--as-of"]
    assert "yes" in run_command(charter, [*past, "2026-03-05"]).stdout
    assert "no" in run_command(charter, [*past, "2026-06-01"]).stdout


def test_a_party_that_comes_back_has_a_second_row(update: Update, charter: Path) -> None:
    update(*FIRST[:-1])
    finished = update(*FIRST, day="2026-07-01")
    assert finished.stdout.startswith("back     Omega Yard\n")
    text = (charter / "signatories.csv").read_text(encoding="utf-8")
    assert text.count("Omega Yard") == 2
    assert "conforms: 0 violations, 0 warnings" in run_command(charter, ["validate"]).stdout


def test_a_likely_rename_must_be_decided_and_is_never_guessed(
    update: Update, charter: Path
) -> None:
    before = contents(charter)
    renamed = [row.replace("Genoa", "Genova") for row in FIRST]
    finished = update(*renamed)
    assert finished.returncode == 2
    assert "'Port of Genoa' is gone and 'Port of Genova' came: one party, or two?" in (
        finished.stderr
    )
    assert contents(charter) == before
    finished = update(*renamed, options=("--renamed", "Port of Genoa=Port of Genova"))
    assert finished.stdout.startswith("renamed  Port of Genoa -> Port of Genova\n")
    found = rows(charter / "signatories.csv")["Port of Genova"]
    assert (found["id"], found["alternative names"]) == ("port-of-genoa", "Port of Genoa")
    assert "conforms: 0 violations, 0 warnings" in run_command(charter, ["validate"]).stdout
    query = "SELECT ?old { ?e msc:fromName ?old ; msc:evidence ?list }"
    assert "Port of Genoa" in run_command(charter, ["query", query]).stdout


def test_two_parties_with_like_names_are_two_if_that_is_said(update: Update, charter: Path) -> None:
    options = ("--distinct", "Port of Genoa=Port of Genova")
    update(*(row.replace("Genoa", "Genova") for row in FIRST), options=options)
    found = rows(charter / "signatories.csv")
    assert found["Port of Genoa"]["left"] == "2026-03-05/2026-06-01"
    assert found["Port of Genova"]["id"] == ""


def test_a_pair_that_is_not_there_is_refused(update: Update, charter: Path) -> None:
    before = contents(charter)
    finished = update(*FIRST, options=("--renamed", "Kenya=Kenia"))
    assert (finished.returncode, contents(charter)) == (2, before)
    assert "'Kenya' is not gone" in finished.stderr


def test_the_same_list_a_week_later_only_moves_the_day_of_the_list(
    update: Update, charter: Path
) -> None:
    before = contents(charter)
    for day in ("2026-03-12", "2026-03-19", "2026-03-26"):
        assert "nothing changed" in update(*FIRST, day=day).stdout
    after = contents(charter)
    assert {name for name in after if after[name] != before.get(name)} == {"sources.csv"}
    assert list(rows(charter / "sources.csv")) == ["list-2026-03-05", "list-2026-03-26"]
    assert "nothing changed" in update(*FIRST, day="2026-03-26").stdout
    update(*FIRST[:-1])
    left = rows(charter / "signatories.csv")["Omega Yard"]["left"]
    assert left == "2026-03-26/2026-06-01"


def test_a_list_that_is_not_newer_is_refused(update: Update, charter: Path) -> None:
    before = contents(charter)
    finished = update(*FIRST[:-1], day="2026-03-05")
    assert (finished.returncode, contents(charter)) == (2, before)
    assert "the list is of 2026-03-05, and the project has one of 2026-03-05." in finished.stderr


def test_the_day_of_a_workbook_is_that_of_the_list(charter: Path, tmp_path: Path) -> None:
    table = [line.split(",") for line in (HEADER, *FIRST)]
    write_workbook(tmp_path / "newer.xlsx", table)
    finished = run_command(charter, ["update", "../newer.xlsx", "--yes"])
    assert finished.stdout == "7 signatories: nothing changed\n"


def test_without_yes_nothing_is_written(charter: Path, tmp_path: Path) -> None:
    before = contents(charter)
    write_csv(tmp_path / "newer.csv", HEADER, *FIRST[:-1])
    finished = run_command(charter, ["update", "../newer.csv", "--date", "2026-06-01"])
    assert (finished.returncode, contents(charter)) == (2, before)
    assert finished.stdout == "left     Omega Yard\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it is empty."),
        ("Name,Country,Category\n", "it names nobody, so the list vanished."),
        ("<!DOCTYPE html><title>404</title>", "it is a web page or XML, not a list."),
        ('{"message": "moved"}', "it is JSON, not a list."),
        ("Product,Price\nRope,3\n", "no column has the names"),
        (
            "Name,Country,Category\n" + "\n".join(FIRST[:4]) + "\n",
            "3 of 7 signatories are not on it: most of it may be missing.",
        ),
        (
            "Name\n" + "\n".join(f"{word} Society" for word in ["Art", "Book", "Chess", "Dance"]),
            "7 of 7 signatories are not on it: most of it may be missing.",
        ),
        (
            "Name\n" + "\n".join(f"{letter * 3} {n}" for n, letter in enumerate("BCEFHIJQ")),
            "7 of 7 signatories are not on it: it is another list.",
        ),
        ('Name,Country,Category\n"Port of Koper,SVN', "not CSV"),
    ],
)
def test_a_list_that_vanished_is_told_and_nothing_is_written(
    charter: Path, tmp_path: Path, text: str, problem: str
) -> None:
    before = contents(charter)
    (tmp_path / "newer.csv").write_text(text, encoding="utf-8")
    finished = run_command(charter, ["update", "../newer.csv", "--date", "2026-06-01", "--yes"])
    assert finished.returncode == 3
    assert problem in finished.stderr
    assert "Traceback" not in finished.stderr
    assert contents(charter) == before


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """Serve one answer, whatever is asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Last-Modified", "Mon, 01 Jun 2026 08:00:00 GMT")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/list.csv"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (404, b"Not found", "404"),
        (410, b"Gone", "410"),
        (200, b"<html><body>Sign in</body></html>", "it is a web page or XML, not a list."),
        (200, b"", "it is empty."),
    ],
)
def test_a_source_that_answers_with_an_error_or_a_page_changes_nothing(
    charter: Path, status: int, body: bytes, problem: str
) -> None:
    before = contents(charter)
    with answering(status, body) as url:
        finished = run_command(charter, ["update", url, "--yes"])
    assert finished.returncode == 3
    assert problem in finished.stderr
    assert contents(charter) == before


def test_a_list_on_the_web_has_the_day_of_its_answer_and_its_address(charter: Path) -> None:
    text = "\n".join((HEADER, *FIRST[:-1])).encode()
    with answering(200, text) as url:
        finished = run_command(charter, ["update", url, "--yes"])
    assert finished.returncode == 0, finished.stderr
    source = rows(charter / "sources.csv")["list-2026-06-01"]
    assert source["url"] == url


def test_another_category_or_country_is_an_event_with_the_list_as_evidence(
    update: Update, charter: Path
) -> None:
    newer = [row.replace("Kenya,KEN,State", "Kenya,KEN,Company") for row in FIRST]
    finished = update(*(row.replace("Delta Docks,DEU", "Delta Docks,Austria") for row in newer))
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout == (
        "changed  Kenya  category: state -> private-sector\n"
        "changed  Delta Docks  country: DEU -> AUT\n"
        "7 signatories before: 2 changed; events.csv, signatories.csv, sources.csv\n"
    )
    with (charter / "events.csv").open(encoding="utf-8", newline="") as file:
        events = {row["event"]: row for row in csv.DictReader(file)}
    moved = events["reclassification-2026-06-01"]
    assert (moved["earliest"], moved["latest"], moved["evidence"]) == (
        "2026-03-05",
        "2026-06-01",
        "list-2026-06-01",
    )
    assert (moved["from_category"], moved["to_category"]) == ("state", "private-sector")
    assert events["country-change-2026-06-01"]["from_country"] == "DEU"
    assert "conforms: 0 violations, 0 warnings" in run_command(charter, ["validate"]).stdout
    past = "ASK { ?e msc:signatory actor:kenya ; msc:category category:state }"
    assert "yes" in run_command(charter, ["query", past, "--as-of", "2026-03-05"]).stdout
    assert "no" in run_command(charter, ["query", past]).stdout


def test_a_first_category_is_an_event_and_a_first_country_none(
    charter: Path, update: Update
) -> None:
    edit(charter / "signatories.csv", "DEU", "")
    edit(charter / "signatories.csv", "JPN,private-sector", "JPN,")
    finished = update(*FIRST)
    assert "changed  Delta Docks  country: nothing -> DEU\n" in finished.stdout
    assert "changed  Omega Yard  category: nothing -> private-sector\n" in finished.stdout
    events = (charter / "events.csv").read_text(encoding="utf-8")
    assert "unknown,private-sector" in events
    assert "country-change" not in events
    assert "conforms: 0 violations, 0 warnings" in run_command(charter, ["validate"]).stdout


def test_what_the_keeper_corrected_can_be_kept(update: Update, charter: Path) -> None:
    newer = [row.replace("Kenya,KEN,State", "Kenya,KEN,Company") for row in FIRST]
    assert "nothing changed" in update(*newer, options=("--keep", "Kenya=category")).stdout
    assert rows(charter / "signatories.csv")["Kenya"]["category"] == "state"
    assert not (charter / "events.csv").exists()


def with_sites(charter: Path, tmp_path: Path, site: str, signed: str, *options: str) -> Finished:
    """Update a project whose list has one website, and one day of signature, with another list."""
    table = rows(charter / "signatories.csv")
    table["Port of Koper"] |= {"website": "https://koper.example/", "signed": "2026-03-01"}
    with (charter / "signatories.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table["Port of Koper"]))
        writer.writeheader()
        writer.writerows(table.values())
    lines = [f"{row},{site},{signed}" if "Koper" in row else f"{row},," for row in FIRST]
    write_csv(tmp_path / "newer.csv", f"{HEADER},Website,Signed", *lines)
    arguments = ["update", "../newer.csv", "--date", "2026-06-01", "--yes", *options]
    return run_command(charter, arguments)


def test_another_website_must_be_accepted_or_kept(charter: Path, tmp_path: Path) -> None:
    pristine = shutil.copytree(charter, tmp_path / "pristine")
    finished = with_sites(charter, tmp_path, "https://luka.example/", "2026-03-01")
    assert finished.returncode == 2
    assert (
        "'Port of Koper': the website is 'https://koper.example/', and 'https://luka.example/' on the "
        "list. Say --accept 'Port of Koper=website' or --keep 'Port of Koper=website'."
    ) in finished.stderr
    assert "luka" not in (charter / "signatories.csv").read_text(encoding="utf-8")
    for option, expected in (("--keep", "koper"), ("--accept", "luka")):
        copy = Path(shutil.copytree(pristine, tmp_path / option))
        finished = with_sites(copy, copy.parent, "https://luka.example/", "", option, "website")
        assert finished.returncode == 0, finished.stderr
        assert expected in rows(copy / "signatories.csv")["Port of Koper"]["website"]


def test_another_day_of_signature_is_told_and_that_of_the_project_stays(
    charter: Path, tmp_path: Path
) -> None:
    pristine = shutil.copytree(charter, tmp_path / "pristine")
    finished = with_sites(charter, tmp_path, "", "2026-03-02")
    assert finished.stdout.startswith(
        "differs  Port of Koper  signed: 2026-03-01, and 2026-03-02 on the list (that of the project stays)\n"
    )
    assert rows(charter / "signatories.csv")["Port of Koper"]["signed"] == "2026-03-01"
    copy = Path(shutil.copytree(pristine, tmp_path / "less"))
    assert "differs" not in with_sites(copy, tmp_path, "", "2026-03").stdout


@pytest.mark.parametrize(
    ("option", "problem"),
    [
        (("--keep", "signed"), "there is no choice for a column 'signed'."),
        (("--accept", "Kenia=website"), "there is no signatory 'Kenia'. Did you mean 'kenya'?"),
    ],
)
def test_a_choice_for_what_is_not_there_is_misuse(
    update: Update, option: tuple[str, ...], problem: str
) -> None:
    finished = update(*FIRST, options=option)
    assert finished.returncode == 2
    assert problem in finished.stderr


def test_a_mass_withdrawal_can_be_accepted(update: Update, charter: Path) -> None:
    finished = update(*FIRST[:2], options=("--accept-loss",))
    assert "7 signatories before: 5 left" in finished.stdout
    assert sum(bool(row["left"]) for row in rows(charter / "signatories.csv").values()) == 5


def test_the_list_keeps_its_columns_order_and_delimiter(update: Update, charter: Path) -> None:
    text = "country;name;category\n" + "".join(
        "{1};{0};{2}\n".format(*row.split(",")) for row in FIRST
    ).replace("Company", "private-sector").replace("State", "state").replace("NGO", "civil-society")
    (charter / "signatories.csv").write_text(text, encoding="utf-8-sig")
    assert update(*FIRST[:-1]).returncode == 0
    content = (charter / "signatories.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfcountry;name;category;left;source\nSVN;Port of Koper;")
    assert content.endswith(
        b'JPN;Omega Yard;private-sector;2026-03-05/2026-06-01;"list-2026-03-05;list-2026-06-01"\n'
    )


def test_a_list_in_the_order_of_its_identifiers_stays_in_it(update: Update, charter: Path) -> None:
    assert run_command(charter, ["fmt"]).returncode == 0
    assert update(*FIRST, "Gamma Port,KEN,Company").returncode == 0
    assert list(rows(charter / "signatories.csv"))[3] == "Gamma Port"
    assert run_command(charter, ["fmt", "--check"]).returncode == 0


def test_a_project_without_a_list_is_told(tmp_path: Path) -> None:
    write_csv(tmp_path / "newer.csv", HEADER, *FIRST)
    finished = run_command(tmp_path, ["update", "newer.csv", "--date", "2026-06-01"])
    assert finished.returncode == 2
    assert "the project has no signatories.csv." in finished.stderr
