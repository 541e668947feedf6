"""Validation of files in blocks, with the report of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from sqlite3 import Error as DatabaseError
from stat import S_ISREG

from ...errors import PariscallError
from ...rdf.blocks import LINE_FORMATS, BlockFile, NeedsWholeError
from ...rdf.formats import Format, format_named, format_of
from ...rdf.reader import InputOptions
from ...rdf.sources import expand, is_address, shown_name
from ...rdf.vocabulary import vocabulary
from ..context import about_data, context_of, countries
from ..report import Report
from ..rulesets import open_rules
from ..shacl.look.terms import read_term
from ..shacl.oxigraph import OxigraphEngine
from ..shacl.query_texts import check_reaches_nothing
from ..shacl.result import in_order
from ..shape_files import FOREIGN
from ..validate import Choices, about_rules, locate, needed_sets
from .index import Index
from .judge import BlockJudge
from .locator import BlockLocator, blank_statements
from .reach import BlockReach
from .survey import surveyed

LEAST = 1024 * 1024  # bytes of files: less is read whole at once


def validate_blocks(
    names: Sequence[str | Path],
    shapes: Sequence[str],
    engine: str,
    options: InputOptions,
    choices: Choices,
) -> Report | None:
    """Validate files in blocks; return nothing if they, or the shapes, need the whole.

    So do all errors, which the whole tells in order.
    """
    if engine != "oxigraph" or choices.get("coverage"):
        return None
    try:
        plain = _plain_files(map(str, names), options)
        if not plain:
            return None
        with ExitStack() as stack:
            files = []
            for number, (path, known) in enumerate(plain):
                files.append(BlockFile(path, shown_name(str(path)), known, number))
                stack.callback(files[-1].close)
            return _report(files, shapes, choices)
    except (PariscallError, NeedsWholeError, DatabaseError, OSError):
        return None


def _plain_files(names: Iterable[str], options: InputOptions) -> list[tuple[Path, Format]]:
    """Return the files and their formats, if all can be read in blocks and it pays."""
    told = format_named(options.format) if options.format else None
    found, size = [], 0
    for name in expand(names):
        path = Path(name)
        known = told or format_of(path)
        if is_address(name) or known is None or known.rdf not in LINE_FORMATS:
            return []
        try:
            state = path.stat()
        except OSError:
            return []
        if not S_ISREG(state.st_mode):
            return []
        size += state.st_size
        found.append((path, known))
    return found if size >= LEAST else []


def _report(files: Sequence[BlockFile], shapes: Sequence[str], choices: Choices) -> Report:
    rules = open_rules(shapes or FOREIGN, {})
    allow_empty = choices.get("allow_empty", ())
    rules.check_names(allow_empty)
    check_reaches_nothing(rules.rules.graph.quads)
    engine = OxigraphEngine(rules.rules.graph)
    look = engine.look(is_streaming=True)
    if look.inexpressible:
        raise NeedsWholeError("a shape is judged as a whole")
    footprint = look.footprint()
    index = Index(files, footprint.backwards)
    try:
        survey = surveyed(files, index, rules.rules.graph.targeted(), [*vocabulary(), *countries()])
        is_ours = bool(rules.bundled) or survey.uses_terms
        context = context_of(set(map(read_term, survey.met))) if is_ours else []
        own = vocabulary() if "ontology" in rules.bundled else ()
        rules.check_reach(BlockReach(survey, own, context), needed_sets(shapes), allow_empty)
        if not choices.get("allow_not_run"):
            rules.check_run()
        results = in_order(BlockJudge(engine, files, index, survey, context).judge())
        if results and not rules.bundled:
            mentioned = set(map(read_term, survey.met | survey.named))
            results = about_data(mentioned, context, results)
        if not choices.get("allow_ill_typed"):
            results += survey.ill_typed
        findings = locate(
            results,
            rules,
            lambda found: [BlockLocator(file, index, found) for file in files],
            blank_statements(files, index, results),
        )
        for file in files:
            file.check_unchanged()
    finally:
        index.close()
    report = Report(findings, survey.triples, engine.name, rules.names())
    return report.with_more(about_rules(rules, choices))
