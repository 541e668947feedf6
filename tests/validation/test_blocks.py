"""Files that are judged block by block have the findings of the whole, at the same places."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, assume, given, reject, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

import pariscall
from pariscall.errors import RdfError
from pariscall.rdf import blocks as blocks_module
from pariscall.rdf.blocks import BlockFile, NeedsWholeError
from pariscall.rdf.formats import format_named
from pariscall.rdf.namespaces import RDF
from pariscall.rdf.reader import DEFAULT, open_inputs
from pariscall.validation.blocks import neighbourhood, validation
from pariscall.validation.blocks.validation import validate_blocks
from pariscall.validation.files import validate_files
from pariscall.validation.report import Report
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.validate import validate_rdf
from support.blocks import judge_in_blocks, lines_of, read_lines
from support.command import run_command
from support.drawn_shapes import data_graphs, shapes_graphs
from support.faults import FAULTS
from support.faulty_examples import with_faults
from support.shacl import PREFIXES as USUAL
from support.shacl import is_streamable, on_values, read
from support.w3c_shacl import FAILURE, FOLDER, MISSING, cases
from support.w3c_shacl import files as suites

GROUPS = 24  # of faults, each group in one graph
STREAMED = 90  # tests of the W3C at least, whose shapes can all be judged block by block
SHAPES = ("gate", "privacy", "dataset")
_MANY = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge files of any size in blocks of a few subjects."""
    monkeypatch.setattr(validation, "LEAST", 0)
    monkeypatch.setattr(blocks_module, "SIZE", 600)
    monkeypatch.setattr(neighbourhood, "MOST_REPEATED", 10_000)


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def in_blocks(paths: Sequence[Path], shapes: Sequence[str] = ()) -> Report:
    report = validate_blocks(paths, shapes, "oxigraph", DEFAULT, {"allow_empty": ["*"]})
    assert report is not None
    return report


def whole(paths: Sequence[Path], shapes: Sequence[str] = ()) -> Report:
    return validate_rdf(open_inputs(paths), shapes, allow_empty=["*"])


def check_alike(paths: Sequence[Path], shapes: Sequence[str] = ()) -> Report:
    report, expected = in_blocks(paths, shapes), whole(paths, shapes)
    assert report.to("json") == expected.to("json")
    assert report.to("text") == expected.to("text")
    return report


def test_a_python_program_has_large_files_judged_in_blocks_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = write(tmp_path / "shapes.ttl", USUAL + on_values("sh:nodeKind sh:IRI"))
    data = write(
        tmp_path / "data.nt",
        "".join(
            f"<http://example.org/{number}> {about} .\n"
            for number in range(9)
            for about in (f"<{RDF}type> <http://example.org/T>", '<http://example.org/p> "1"')
        ),
    )
    expected = whole([data], [str(shapes)])
    assert len(expected.findings) == 9

    def refuse(*_: object) -> None:
        raise AssertionError("the file was read whole")

    monkeypatch.setattr("pariscall.validation.files.open_inputs", refuse)
    assert pariscall.validate(data, shapes).to("json") == expected.to("json")


@pytest.mark.slow
@pytest.mark.parametrize("group", range(GROUPS))
def test_the_faults_of_a_group_are_reported_alike(
    group: int, example: list[Quad], tmp_path: Path
) -> None:
    faulty = with_faults(example, list(FAULTS)[group::GROUPS])
    path = write(tmp_path / "data.nt", "".join(lines_of(faulty)))
    report = validate_files([path], SHAPES, allow_empty=["*"])
    assert report.findings
    assert report.to("json") == whole([path], SHAPES).to("json")


@pytest.mark.slow
def test_most_faults_are_found_block_by_block(example: list[Quad], tmp_path: Path) -> None:
    """Only a fault that a query about any node finds needs the whole."""
    judged = []
    for name in list(FAULTS)[::40]:
        path = write(tmp_path / "data.nt", "".join(lines_of(with_faults(example, [name]))))
        if validate_blocks([path], SHAPES, "oxigraph", DEFAULT, {"allow_empty": ["*"]}):
            judged.append(name)
    assert len(judged) > 0.8 * len(list(FAULTS)[::40])


@pytest.mark.slow
@pytest.mark.skipif(not FOLDER.exists(), reason=MISSING)
def test_the_suite_of_the_w3c_is_judged_alike(tmp_path: Path) -> None:
    number = 0
    for case in (case for file in suites() for case in cases(file)):
        lines = lines_of(case.data)
        if case.report == FAILURE or not lines or not is_streamable(case.shapes):
            continue
        path = write(tmp_path / "data.nt", "".join(lines))
        found = judge_in_blocks(OxigraphEngine(case.shapes), [path])
        exact = OxigraphEngine(case.shapes, looks_first=False)
        assert found == exact.validate(read_lines(lines)), case.name
        number += 1
    assert number > STREAMED


@pytest.mark.slow
@_MANY
@given(
    shapes=shapes_graphs(),
    data=data_graphs(),
    context=st.one_of(st.just(""), data_graphs()),
    size=st.sampled_from([1, 100, 300]),
)
def test_drawn_files_are_judged_as_the_whole(
    shapes: str, data: str, context: str, size: int
) -> None:
    rules, lines = read(shapes), lines_of(read(data))
    assume(lines and is_streamable(rules))
    more = read(context.replace("_:d", "ex:d"))
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks_module, "SIZE", size)
        path = write(Path(folder) / "data.nt", "".join(lines))
        try:
            found = judge_in_blocks(OxigraphEngine(rules), [path], more)
        except NeedsWholeError:
            reject()
    exact = OxigraphEngine(rules, looks_first=False)
    assert found == exact.validate([*more, *read_lines(lines)])


OWN = """
ex:S a sh:NodeShape ; sh:targetClass ex:T ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:maxLength 5 ] ;
    sh:property [ sh:path ex:of ; sh:class ex:U ] ;
    sh:property [ sh:path [ sh:inversePath ex:has ] ; sh:minCount 1 ] .
ex:O a sh:NodeShape ; sh:targetObjectsOf ex:of ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ] .
ex:N a sh:NodeShape ; sh:targetNode ex:named ; sh:property [ sh:path ex:name ; sh:maxCount 0 ] .
"""
A = "<http://example.org/a> "
B = "<http://example.org/b> "
IS = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/T> .\n"
NAME, OF = "<http://example.org/name> ", "<http://example.org/of> "
INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"
GONE = f"{A}{IS}{A}{NAME}'a' .\n{A}{OF}<http://example.org/gone> .\n".replace("'", '"')


@pytest.fixture
def own(tmp_path: Path) -> list[str]:
    return [str(write(tmp_path / "shapes.ttl", USUAL + OWN))]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data.nt", GONE),
        ("data.nt", "\ufeff" + GONE),
        ("data.nt", f"# first\n\n  # second\n{GONE}\n# last"),
        ("data.nt", GONE.replace("\n", "\r\n")),
        ("data.nt", GONE.removesuffix("\n")),
        ("data.nt", GONE.replace(" ", "\t")),
        ("data.nt", f'{A}{IS}{A}{NAME}"x"{INTEGER} .\n{A}{NAME}"x"{INTEGER} .\n'),
        ("data.nt", f'{A}{IS}{A}{NAME}"a\\nb\\u00e9cdef" .\n{A}{NAME}"a .\\" b" .\n'),
        (
            "data.nt",
            f"{A}{IS}{A}{OF}_:x .\n{B}{IS}{B}{OF}_:y .\n_:x {IS}_:y {OF}_:z .\n_:z {NAME}_:x .\n",
        ),
        ("data.nt", f"{GONE}<http://example.org/named> {NAME}<http://example.org/a> .\n"),
        ("data.nt", f'{A}{OF}"text" .\n{B}{OF}"text"@EN .\n'),
        ("data.nq", GONE.replace(" .\n", " <http://example.org/g> .\n") + GONE),
        ("data.nt", f"{A}{OF}{B.strip()} .\n{B}{IS}<http://example.org/c> {OF}{B.strip()} .\n"),
    ],
)
def test_plain_files_are_reported_alike(
    name: str, text: str, own: list[str], tmp_path: Path
) -> None:
    path = write(tmp_path / name, text)
    assert check_alike([path], own).findings


def test_a_compressed_file_is_reported_alike(own: list[str], tmp_path: Path) -> None:
    path = tmp_path / "data.nt.gz"
    path.write_bytes(gzip.compress(GONE.encode()))
    assert check_alike([path], own).findings


def test_several_files_are_judged_as_one(own: list[str], tmp_path: Path) -> None:
    one = write(tmp_path / "one.nt", GONE)
    two = write(tmp_path / "two.nt", f'<http://example.org/gone> {NAME}"b" .\n')
    assert len(check_alike([one, two], own).findings) < len(check_alike([one], own).findings)


@pytest.mark.parametrize(
    "texts",
    [
        (f'{A}{IS}{B}{IS}{A}{NAME}"a" .\n',),  # one subject in two places
        (f"{A}{IS}", f'{A}{NAME}"a" .\n'),  # and in two files
        (
            f"{A}{IS}_:x {IS}",
            f"{B}{IS}_:x {OF}{A.strip()} .\n",
        ),  # blank nodes whose labels are those of a file
        (GONE.replace("\n", "\r"),),
        (f" {GONE}",),
        (GONE.replace("> <", "><"),),
        (f"{A}{OF}<http://example.org/x/../y> .\n{A}{IS}",),
    ],
)
def test_other_files_are_read_whole(texts: Sequence[str], own: list[str], tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{n}.nt", text) for n, text in enumerate(texts)]
    assert validate_blocks(paths, own, "oxigraph", DEFAULT, {"allow_empty": ["*"]}) is None
    report = validate_files(paths, own, allow_empty=["*"])
    assert report.findings
    assert report.to("json") == whole(paths, own).to("json")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (f"{B}is .\n".encode(), "data.nt:4: not valid application/n-triples"),
        (f'{B}{NAME}"\xe9" .\n'.encode("latin-1"), "data.nt:4: not UTF-8"),
        (f"{B}{NAME}{'<<( ' * 200}".encode(), "data.nt:4: triple terms are nested"),
    ],
)
def test_an_error_names_its_line(line: bytes, error: str, own: list[str], tmp_path: Path) -> None:
    path = tmp_path / "data.nt"
    path.write_bytes(GONE.encode() + line)
    with pytest.raises(RdfError, match=error):
        validate_files([path], own, allow_empty=["*"])


def test_a_file_that_changes_meanwhile_is_not_judged_in_blocks(tmp_path: Path) -> None:
    path = write(tmp_path / "data.nt", GONE)
    file = BlockFile(path, "data.nt", format_named("nt"))
    write(path, GONE + GONE)
    with pytest.raises(NeedsWholeError):
        file.check_unchanged()
    file.close()


def test_neighbourhoods_that_are_nearly_everything_need_the_whole(
    own: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbourhood, "MOST_REPEATED", 0)
    hub = "".join(f"<http://example.org/{n}> {OF}<http://example.org/hub> .\n" for n in range(99))
    path = write(tmp_path / "data.nt", f"{hub}<http://example.org/hub> {IS}")
    assert validate_blocks([path], own, "oxigraph", DEFAULT, {"allow_empty": ["*"]}) is None


@pytest.mark.slow
def test_a_large_file_is_judged_in_little_memory(tmp_path: Path) -> None:
    lines = (
        f'<http://example.org/{n}> {IS}<http://example.org/{n}> {NAME}"{n}" .\n'
        for n in range(100_000)
    )
    plain = write(tmp_path / "plain.nt", "".join(lines))
    other = write(tmp_path / "other.nt", f" {plain.read_text()}")
    write(tmp_path / "shapes.ttl", USUAL + on_values("sh:maxCount 0"))
    options = ["--shapes", "shapes.ttl", "--memory", "250"]
    assert run_command(tmp_path, ["validate", plain.name, *options]).returncode == 0
    finished = run_command(tmp_path, ["validate", other.name, *options])
    assert finished.returncode == 5
    assert "too much memory" in finished.stderr
