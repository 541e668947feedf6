"""What is printed is UTF-8 on any system, whole or an error, and harmless to a terminal."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from pariscall.cli import main
from pariscall.errors import RdfError, TableError, WebError
from pariscall.io.terminal import visible

ODD = """<http://ex.test/a> <http://ex.test/p> "Ωmega 東京\\u202F!" .
<http://ex.test/é> a <https://w3id.org/mscall/ns#Signatory> .
"""
ATTACK = '<http://ex.test/\\u001B[2J> <http://ex.test/p> "ok\\u001B[2J\\u001B]0;pwned\\u0007 \\u202Etxt\\u009B2J" .\n'
COMMANDS = {
    "query": ("query", "SELECT ?s ?o { ?s ?p ?o }", "--data", "data.ttl", "--format", "json"),
    "query as a table": ("query", "SELECT ?o { ?s ?p ?o }", "--data", "data.ttl"),
    "query as a graph": ("query", "CONSTRUCT WHERE { ?s ?p ?o }", "--data", "data.ttl"),
    "query --list": ("query", "--list"),
    "validate": ("validate", "data.ttl", "--lang", "fr"),
    "ledger": ("ledger",),
    "diff": ("diff", "data.ttl", "data.ttl"),
    "help": ("--help",),
    "an error": ("query", "ASK { ?s é:p 'Ω' }"),
    "bytes": ("query", "ASK { ?s ?p '\udcff' }"),
    "misuse": ("nosuch-Ω",),
}
posix = pytest.mark.skipif(os.name != "posix", reason="this needs the devices of a Unix")


def command(
    folder: Path, name: str, text: str = ODD, **options: object
) -> subprocess.CompletedProcess[bytes]:
    (folder / "data.ttl").write_text(text, encoding="utf-8")
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "pariscall", *COMMANDS[name]], cwd=folder, check=False, **given
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_output_is_the_same_bytes_whatever_the_encoding_of_the_system(
    tmp_path: Path, name: str
) -> None:
    outputs = set()
    for encoding in ("utf-8", "cp1252", "ascii"):
        environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        finished = command(tmp_path, name, env=environment)
        assert finished.returncode in (0, 1, 2, 3, 6)
        assert b"Traceback" not in finished.stderr
        outputs.add((finished.stdout.decode(), finished.stderr.decode()))
    assert len(outputs) == 1


@pytest.mark.slow
def test_characters_of_every_script_arrive(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    for name in ("query", "query as a table", "query as a graph"):
        assert "Ωmega 東京" in command(tmp_path, name, env=environment).stdout.decode()


@pytest.mark.slow
@posix
@pytest.mark.parametrize("name", [name for name in COMMANDS if "misuse" not in name])
def test_a_full_disk_is_an_error_of_output(tmp_path: Path, name: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no full device here")
    with Path("/dev/full").open("wb") as full:
        finished = command(tmp_path, name, stdout=full)
    if name in ("an error", "bytes"):
        assert finished.returncode == 3
        return
    assert finished.returncode == 4
    problem = "standard output: cannot be written: No space left on device."
    assert finished.stderr.decode().splitlines()[0] == f"Error: {problem}"
    assert b"Traceback" not in finished.stderr
    assert b"Exception" not in finished.stderr


@pytest.mark.slow
@posix
def test_an_error_that_cannot_be_told_keeps_its_exit_code(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no full device here")
    with Path("/dev/full").open("wb") as full:
        assert command(tmp_path, "an error", stderr=full).returncode == 3
        assert command(tmp_path, "query", stdout=full, stderr=full).returncode == 4


@pytest.mark.slow
@posix
@pytest.mark.parametrize("name", ["query", "query --list", "ledger"])
def test_a_reader_that_leaves_is_no_error_to_tell_and_no_verdict(tmp_path: Path, name: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        finished = command(tmp_path, name, stdout=nobody)
    assert (finished.returncode, finished.stderr) == (141, b"")


@pytest.mark.slow
@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves_in_the_middle_is_not_given_a_whole_answer(
    tmp_path: Path, unbuffered: str
) -> None:
    text = "".join(f"<http://ex.test/{number}> <http://ex.test/p> 1 .\n" for number in range(9000))
    reading, writing = os.pipe()
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    (tmp_path / "data.ttl").write_text(text, encoding="utf-8")
    with os.fdopen(writing, "wb") as pipe:
        started = subprocess.Popen(
            [sys.executable, "-m", "pariscall", *COMMANDS["query"]],
            cwd=tmp_path,
            env=environment,
            stdout=pipe,
        )
    assert os.read(reading, 10)
    os.close(reading)
    assert started.wait() == 141


@pytest.mark.slow
@posix
@pytest.mark.parametrize(
    "arguments",
    [
        *(
            ("query", "SELECT ?s ?o { ?s ?p ?o }", "--data", "data.ttl", "--format", form)
            for form in ("table", "csv", "tsv", "json")
        ),
        *(
            ("query", "CONSTRUCT WHERE { ?s ?p ?o }", "--data", "data.ttl", "--format", form)
            for form in ("ttl", "nt", "jsonld")
        ),
        ("query", "ASK { ?s ex:\x1b[2J\x07 ?o }"),
        ("diff", "data.ttl", "other.ttl", "--format", "json"),
        ("validate", "data.ttl"),
        *(
            ("validate", "data.ttl", "--report", form)
            for form in ("json", "sarif", "junit", "markdown", "turtle", "github", "gitlab", "html")
        ),
    ],
)
def test_nothing_raw_from_data_reaches_a_terminal(tmp_path: Path, arguments: tuple[str]) -> None:
    (tmp_path / "data.ttl").write_text(ATTACK.replace("\\u001B[2J>", "x>"), encoding="utf-8")
    (tmp_path / "other.ttl").write_text(ODD, encoding="utf-8")
    shown = on_a_terminal(tmp_path, *arguments)
    own_styles = {f"\x1b[{code}m" for code in (0, 1, 2, 4, 31, 32, 33, 34, 35, 36)}
    for style in own_styles:
        shown = shown.replace(style, "")
    assert shown.strip()
    raw = [char for char in shown if visible(char) != char and char != "\r"]
    assert raw == []


def on_a_terminal(folder: Path, *arguments: str) -> str:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pariscall", *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    process.wait()
    return shown.decode()


NAME = "a\n::error::x\x1b[2J\u202e##[error]y.ttl"


@pytest.mark.slow
@posix
@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "--", NAME),
        ("validate", "--shapes", NAME),
        ("validate", "--tables", NAME),
        ("validate", "--baseline", NAME, "data.ttl"),
        ("query", "ASK {}", "--data", NAME),
        ("query", NAME),
        ("query", "ASK {}", "--param", NAME),
        ("diff", NAME, "data.ttl"),
        ("diff", "data.ttl", NAME),
        ("patch", NAME, NAME, "-o", "x"),
        ("verify", NAME),
        ("push", NAME, "http://127.0.0.1:1/"),
        ("pull", NAME),
        ("export", "--tables", NAME),
        ("serve", "--site", NAME),
        ("serve", "--data", NAME),
        ("harvest", "registry", NAME),
        ("harvest", "csv", "--source", NAME),
        (NAME,),
        ("validate", f"--{NAME}"),
        ("validate", "--report", NAME),
        ("query", "--as-of", NAME, "ASK {}"),
    ],
)
def test_a_name_is_one_line_that_no_terminal_or_runner_obeys(
    tmp_path: Path,
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pariscall.cli.use_utf8", lambda: None)  # the streams are those of the test
    Path("data.ttl").write_text(ODD, encoding="utf-8")
    for is_there in (False, True):
        if is_there:
            Path(NAME).write_text("<http://ex.test/a> is not Turtle", encoding="utf-8")
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        shown = "".join(capfd.readouterr())
        assert ended.value.code not in (0, 70)
        assert "Traceback" not in shown
        for line in shown.split("\n"):
            assert not line.lstrip().startswith("::")
            assert "##[" not in line
            assert visible(line) == line


@pytest.mark.slow
def test_what_a_file_is_called_is_no_option(tmp_path: Path) -> None:
    (tmp_path / "--fail-on=never").write_text("", encoding="utf-8")
    finished = command(tmp_path, "validate")
    assert b"[input:" in finished.stdout or finished.returncode in (0, 1, 6)
    named = [sys.executable, "-m", "pariscall", "validate", "data.ttl", "--fail-on=never"]
    refused = subprocess.run(named, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "There is a file called '--fail-on=never'" in refused.stderr


def test_an_error_is_the_same_after_a_journey_between_processes() -> None:
    for error in (
        RdfError("a\nb", "c"),
        TableError(["a", "b\nc"]),
        WebError("http://x.test", "it is cut", 503),
    ):
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 our own
        assert (str(again), again.lines) == (str(error), error.lines)


def test_commands_print_in_one_place_only() -> None:
    import pariscall.cli

    folder = Path(pariscall.cli.__file__).parent
    printing = {path.name for path in folder.glob("*.py") if "click.echo(" in path.read_text()}
    assert printing == {"screen.py"}
