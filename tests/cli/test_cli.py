"""The command says what it did, or in one line what is wrong, with the exit code that fits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pariscall.cli import main
from pariscall.cli.harvest import harvest
from pariscall.errors import EXIT_CODES
from support.command import EXAMPLE, Run
from support.tables import edit

COMMANDS = {
    **main.commands,
    **{f"harvest {name}": command for name, command in harvest.commands.items()},
}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    for flag in ("--help", "-h"):
        shown = CliRunner().invoke(main, [*command.split(), flag], prog_name="pariscall")
        assert shown.exit_code == 0
        assert shown.output.startswith("Usage: pariscall")
        assert f"\n    pariscall {command}" in shown.output.partition("Example")[2]


def test_help_lists_the_commands_whole_under_what_one_does_with_them(run: Run) -> None:
    text = run("--help").stdout
    titles = [
        line for line in text.splitlines() if line in {"Read:", "Check:", "Publish:", "Keep:"}
    ]
    assert titles == ["Read:", "Check:", "Publish:", "Keep:"]
    for name, command in main.commands.items():
        [line] = [line for line in text.splitlines() if line.startswith(f"  {name} ")]
        assert len(line) <= 80
        assert line.split(None, 1)[1] == (command.help or "").split("\n")[0]


def test_help_lists_the_exit_codes(run: Run) -> None:
    text = run("--help").stdout
    assert all(f"  {code:<3}{meaning}\n" in text for code, meaning in EXIT_CODES.items())


def test_a_command_of_the_past_leads_to_its_new_name(run: Run) -> None:
    finished = run("addresses", "w3id", "--site", "https://example.org/")
    assert finished.returncode == 2
    assert finished.stderr.endswith("The command 'addresses' is now called 'redirects'.\n")


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout.startswith("pariscall, version ")


def test_help_loads_no_library_that_the_commands_need() -> None:
    program = (
        "import sys; from pariscall.cli import main; main(['--help'], standalone_mode=False);"
        "print([m for m in ('pyoxigraph', 'rdflib', 'pyshacl', 'yaml') if m in sys.modules])"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert finished.stdout.endswith("[]\n")


@pytest.mark.slow
def test_export_tells_each_stage_and_sums_up(run: Run, tmp_path: Path) -> None:
    finished = run("export")
    assert finished.returncode == 0
    assert [line.split(":")[0] for line in finished.stderr.splitlines()] == [
        "tables",
        "gate",
        "dumps",
    ]
    assert finished.stdout.startswith("1,260 signatories, 1,391 endorsements, ")
    assert " 10 findings, 45 files, " in finished.stdout
    assert (tmp_path / "build" / "dumps" / "paris-call.ttl").stat().st_size


@pytest.mark.slow
def test_export_stops_at_the_gate(run: Run, folder: Path, tmp_path: Path) -> None:
    edit(folder / "endorsements.csv", "abb,paris-call,1,active", "abb,paris-call,1,gone")
    finished = run("export", "--tables", "tables", "-o", "out")
    assert finished.returncode == 1
    assert (
        "tables/endorsements.csv:4:18: An endorsement has exactly one status, from the code list status."
        in finished.stderr
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_export_cannot_write_where_a_file_stands(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    finished = run("export", "-o", "out")
    assert finished.returncode == 4
    assert finished.stderr.splitlines()[-1].startswith("Error: out: cannot write: ")


@pytest.mark.slow
def test_validate_conforms(run: Run) -> None:
    finished = run("validate")
    assert finished.returncode == 0
    assert finished.stdout.count("  info  ") == 10
    assert finished.stdout.splitlines()[-1].startswith(
        "conforms: 0 violations, 0 warnings, 10 infos in "
    )
    assert finished.stderr == ""


@pytest.mark.slow
def test_validate_names_the_cell_and_what_is_wrong_with_it(run: Run, folder: Path) -> None:
    edit(
        folder / "endorsements.csv",
        "abb,paris-call,1,active,private-sector",
        "abb,paris-call,1,active,guild",
    )
    finished = run("validate", "--tables", "tables")
    assert finished.returncode == 1
    assert finished.stdout.startswith("tables/calls.csv  4 infos\n")
    assert (
        "tables/endorsements.csv  1 violation\n"
        "  4:25  violation  An endorsement has exactly one category, from the code list category. `guild` is not in the list category: state, public-authority, private-sector, civil-society, unknown.  [shapes:endorsement-category]\n"
        "    endorsement:paris-call/abb/1  msc:category  category:guild\n"
        "    | abb,paris-call,1,active,guild,2018-11-12,reported,,,\n"
        "    |                         ^^^^^\n"
    ) in finished.stdout
    assert "does not conform: 1 violation, 0 warnings, 10 infos in " in finished.stdout


@pytest.mark.slow
def test_validate_reads_files_and_names_the_engine(run: Run) -> None:
    for engine in ("oxigraph", "pyshacl"):
        finished = run("validate", EXAMPLE, "--engine", engine)
        assert finished.returncode == 0
        assert finished.stdout.endswith(f"(engine: {engine})\n")


@pytest.mark.slow
def test_validate_reports_on_the_registry(run: Run) -> None:
    finished = run("validate", "--shapes", "registry")
    assert finished.returncode == 1
    assert "data/entries.csv" in finished.stdout.replace("bundled/", "")
    assert "The entry has no category." in finished.stdout


@pytest.mark.slow
def test_query_answers_a_named_question(run: Run) -> None:
    finished = run("query", "states")
    assert finished.returncode == 0
    assert finished.stdout.endswith("81 rows\n")


def test_query_lists_its_questions(run: Run) -> None:
    lines = run("query", "--list").stdout.splitlines()
    assert len(lines) == 38
    assert all(line.endswith("?") for line in lines)


def test_query_reads_files(run: Run) -> None:
    finished = run(
        "query", "SELECT (COUNT(*) AS ?n) { ?s a msc:Call }", "--data", EXAMPLE, "--format", "json"
    )
    assert json.loads(finished.stdout)["results"]["bindings"][0]["n"]["value"] == "2"


@pytest.mark.parametrize("command", ["query", "validate"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.ttl", None),
        ("empty.ttl", b""),
        ("broken.ttl", b"<http://e/s> <http://e/p>"),
        ("latin.ttl", b'<http://e/s> <http://e/p> "\xe9" .'),
        ("broken.jsonld", b"{"),
        ("data.txt", b"x"),
        ("folder.ttl", "folder"),
    ],
)
def test_unreadable_data_give_one_line_and_their_exit_code(
    run: Run, tmp_path: Path, command: str, name: str, content: bytes | str | None
) -> None:
    if isinstance(content, bytes):
        (tmp_path / name).write_bytes(content)
    elif content:
        (tmp_path / name).mkdir()
    arguments = ["query", "ASK {}", "--data", name] if command == "query" else ["validate", name]
    finished = run(*arguments)
    nothing_validated = command == "validate" and name == "empty.ttl"
    assert finished.returncode == (6 if nothing_validated else 3)
    assert finished.stdout == ""
    assert finished.stderr.count("\n") == 1
    assert finished.stderr.startswith(f"Error: {name}:")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "exit_code", "problem"),
    [
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["export", "--format", "rdfxml"], 2, "there is no format 'rdfxml'"),
        (["query"], 2, "Name a query"),
        (["query", "nonsense"], 2, "there is no query 'nonsense'"),
        (["query", "ASK {}", "--format", "ttl"], 2, "rows cannot be written as ttl"),
        (["query", "ASK {"], 3, "query:1: not a SPARQL 1.1 query"),
        (["query", "none.rq"], 3, "none.rq: No such file"),
        (["query", "ASK { SERVICE <http://127.0.0.1:9/> {} }"], 3, "SERVICE calls another server"),
        (["validate", "--engine", "jena"], 2, "'jena' is not one of"),
        (["validate", "--shapes", "none.ttl"], 5, "none.ttl: No such file"),
        (["validate", "--report", "pdf"], 2, "'pdf' is not one of"),
        (["validate", "--report", "json", "--report", "sarif"], 2, "cannot both be printed"),
        (["validate", "--report", "json=/dev/null/x.json"], 4, "/dev/null: cannot write: a file"),
        (["validate", "--update-baseline"], 2, "needs --baseline, --reason and --expires"),
        (["validate", "--reason", "x"], 2, "go with --update-baseline"),
        (["validate", "--baseline", "none.csv"], 3, "none.csv: No such file"),
        (["validate", "--allow-empty", "ex:None"], 2, "ex:None: there is no such shape"),
        (["validate", "--tables", "none"], 3, "none/csv-metadata.json: No such file"),
        (["validate", "a.ttl", "--tables", "b"], 2, "Name either files or --tables"),
        (["export", "--tables", "none"], 3, "none/csv-metadata.json: No such file"),
        (["harvest", "registry", "none", "--tables", "none"], 3, "none"),
    ],
)
def test_bad_arguments_give_a_clear_line_and_the_right_exit_code(
    run: Run, arguments: list[str], exit_code: int, problem: str
) -> None:
    finished = run(*arguments)
    assert finished.returncode == exit_code
    assert problem in finished.stderr
    assert "Traceback" not in finished.stderr
    assert finished.stdout == ""


@pytest.mark.slow
def test_a_bad_cell_gives_one_line_in_every_command(run: Run, folder: Path) -> None:
    edit(folder / "endorsements.csv", "2019-11-10", "10.11.2019")
    for command in ("export", "validate"):
        finished = run(command, "--tables", "tables")
        assert finished.returncode == 3
        assert finished.stderr == (
            "Error: tables/endorsements.csv:2:51: since is '10.11.2019'. It must be a date such as 2026-03-01.\n"
        )


def test_the_command_is_also_a_module_and_a_script(run: Run) -> None:
    script = Path(sys.executable).with_name("pariscall")
    assert script.exists()
    shown = subprocess.run([script, "--version"], capture_output=True, text=True, check=True).stdout
    assert run("--version").stdout == shown
