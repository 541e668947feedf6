"""A type checker knows what the library returns, in a program of somebody else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.shared import made_once

pytestmark = pytest.mark.slow

# Each line is what a user may write, and the type that mypy reveals for it.
REVEALED = {
    "pariscall.load()": "rdflib.graph.Graph",
    "pariscall.open_store()": "pyoxigraph.Store",
    "pariscall.query('states')": "pariscall.query.rows.Results",
    "pariscall.query('states', as_of='2020-01-01', party='actor:abb').rows()": (
        "list[pariscall.query.rows.Row]"
    ),
    "pariscall.query('states').to_csv()": "str",
    "pariscall.query('states').to_pandas()": "pandas.core.frame.DataFrame",
    "pariscall.query('states').to_polars()": "polars.dataframe.frame.DataFrame",
    "pariscall.signatories()": "list[pariscall.query.records.Signatory]",
    "pariscall.signatories()[0].since": "datetime.date",
    "pariscall.signatories()[0].until": "datetime.date | None",
    "pariscall.signatories()[0].sources[0].title": "str",
    "pariscall.events()[0].latest": "datetime.date",
    "pariscall.claims()[0].source": "pariscall.query.records.Source",
    "pariscall.validate('a.ttl', ['gate'])": "pariscall.validation.report.Report",
    "pariscall.validate(['a.ttl', Path('b.ttl')]).conforms": "bool",
    "pariscall.validate(b'', format='ttl').to('sarif')": "str",
    "pariscall.validate(rdflib.Graph()).findings[0].rule": "str",
    "pariscall.validate(pyoxigraph.Store()).findings[0].severity": "str",
    "pariscall.export('out').triples": "int",
    "pariscall.release('2026.11.22', 'out').version": "str",
    "pariscall.verify('out')": "list[str]",
    "pariscall.diff('2020-01-01', date(2020, 2, 1)).changes[0].kind": "str",
    "pariscall.Iri('urn:a').compact": "str",
    "pariscall.errors.MisuseError('').exit_code": "int",
}
PROGRAM = """\
from datetime import date
from pathlib import Path
import pariscall, pyoxigraph, rdflib
"""
WRONG = {
    "pariscall.load(as_of=2020)": "arg-type",
    "pariscall.validate(5)": "arg-type",
    "pariscall.query()": "call-arg",
    "pariscall.signatories()[0].nothing": "attr-defined",
    "pariscall.nothing": "attr-defined",
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Check a program outside the project, with the installed package, as strictly as can be."""
    folder = made_once(tmp_path_factory, "user", check)
    return (folder / "checked.txt").read_text(encoding="utf-8").splitlines()


def check(folder: Path) -> None:
    folder.mkdir()
    lines = [*(f"reveal_type({expression})" for expression in REVEALED), *WRONG]
    (folder / "program.py").write_text(PROGRAM + "\n".join(lines) + "\n", encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "program.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 1, finished.stdout + finished.stderr
    (folder / "checked.txt").write_text(finished.stdout, encoding="utf-8")


def on_line(checked: list[str], number: int) -> str:
    place = f"program.py:{PROGRAM.count(chr(10)) + number + 1}:"
    return next((line for line in checked if line.startswith(place)), "")


def test_a_type_checker_reveals_what_is_documented(checked: list[str]) -> None:
    for number, (expression, expected) in enumerate(REVEALED.items()):
        found = re.search(r'Revealed type is "(.*)"', on_line(checked, number))
        assert found, f"{expression}: {checked}"
        assert found[1].replace("builtins.", "").endswith(expected), expression


def test_a_type_checker_finds_misuse(checked: list[str]) -> None:
    for number, (expression, code) in enumerate(WRONG.items(), len(REVEALED)):
        assert f"[{code}]" in on_line(checked, number), f"{expression}: {checked}"
