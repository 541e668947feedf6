"""Paris Call Linked Data: who endorses the Paris Call, as a graph, with a source for every claim.

``query()`` answers questions, ``signatories()``, ``events()`` and ``claims()`` return records,
``load()`` and ``open_store()`` the graph. ``validate()`` checks data against the shapes;
``export()``, ``release()``, ``verify()`` and ``diff()`` do what the commands of that name do.
Every error is one of ``pariscall.errors``; misuse is a ``ValueError`` too. ``docs/python.md`` has
an example of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import errors
from . import query as _room  # noqa: F401 imported before the function of that name is defined

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from datetime import date

    import pyoxigraph
    import rdflib

    from .publish.diff.diff import Diff
    from .publish.export import Summary
    from .publish.release.manifest import Manifest
    from .query.records import Claim, Event, Signatory, Source
    from .query.rows import Results, Row
    from .query.values import Iri
    from .rdf.inputs import Data
    from .validation.report import Finding, Report

    PathLike = str | os.PathLike[str]

__version__ = "0.1.0"
__all__ = [
    "Claim",
    "Diff",
    "Event",
    "Finding",
    "Iri",
    "Manifest",
    "Report",
    "Results",
    "Row",
    "Signatory",
    "Source",
    "Summary",
    "__version__",
    "claims",
    "diff",
    "errors",
    "events",
    "export",
    "load",
    "open_store",
    "query",
    "release",
    "signatories",
    "validate",
    "verify",
]

# Where the classes are that the functions return; each is imported when it is first asked for.
_CLASSES = {
    "Claim": "query.records",
    "Diff": "publish.diff.diff",
    "Event": "query.records",
    "Finding": "validation.report",
    "Iri": "query.values",
    "Manifest": "publish.release.manifest",
    "Report": "validation.report",
    "Results": "query.rows",
    "Row": "query.rows",
    "Signatory": "query.records",
    "Source": "query.records",
    "Summary": "publish.export",
}


def load(*, as_of: date | str | None = None) -> rdflib.Graph:
    """Return the published graph: the data, the ontology and the code lists.

    It is an ``rdflib.Graph`` kept by Oxigraph, so that SPARQL runs at its speed; the prefixes of
    the project are bound. Each call returns a new one, which may be changed.

    Args:
        as_of: a ``datetime.date`` or ``"YYYY-MM-DD"``; the graph then holds what the registry
            listed on that date.

    Raises:
        pariscall.errors.MisuseError: if ``as_of`` is not a date, or nothing is known of it.
        pariscall.errors.TableError: if the bundled tables were changed and cannot be read.
    """
    from .query.loading import read_rdflib_graph
    from .tables.as_of import read_date

    return read_rdflib_graph(as_of=read_date(as_of))


def open_store(*, as_of: date | str | None = None) -> pyoxigraph.Store:
    """Return the published graph as a store of pyoxigraph, which may be read only.

    It is opened from the cache of ``pariscall query`` and put there the first time.

    Raises:
        pariscall.errors.MisuseError, pariscall.errors.TableError: as ``load``.
    """
    from .query.cache import cached_store
    from .tables.as_of import read_date

    return cached_store(read_date(as_of))


def query(
    name_or_sparql: PathLike,
    /,
    *,
    as_of: date | str | None = None,
    data: Data | None = None,
    format: str | None = None,  # noqa: A002 the name that rdflib and pandas users expect
    **parameters: object,
) -> Results:
    """Answer a ready-made question by its name, a ``.rq`` file, or SPARQL 1.1 itself.

    The prefixes of the project need no declaration.

    Args:
        name_or_sparql: as ``pariscall query --list`` names them, a path, or the text.
        as_of: a date, as for ``load``.
        data: RDF to query instead of the published graph: paths, an rdflib graph, a pyoxigraph
            store, or text with its ``format``.
        format: the format of a text: ``ttl``, ``jsonld``, ``nt``, ``trig``, ``nq`` or ``rdf``.
        parameters: values for variables of the query, as in ``party="actor:abb"``; several in a
            list. A text that is an IRI, whole or with a known prefix, is taken as the IRI.

    Raises:
        pariscall.errors.MisuseError: if there is no such query or variable, or no such date.
        pariscall.errors.QueryError: if it is not SPARQL 1.1, or calls another server.
        pariscall.errors.RdfError: if the data cannot be read.
    """
    from .query.answering import results_of
    from .tables.as_of import read_date

    return results_of(name_or_sparql, parameters, read_date(as_of), data, format)


def signatories(*, as_of: date | str | None = None) -> list[Signatory]:
    """Return every endorsement with its party and its sources, those that ended included.

    Raises:
        pariscall.errors.MisuseError, pariscall.errors.TableError: as ``load``.
    """
    from .query.record_reader import RecordReader
    from .tables.as_of import read_date

    return list(RecordReader(read_date(as_of)).signatories())


def events(*, as_of: date | str | None = None) -> list[Event]:
    """Return what happened to the endorsements: signatures, listings, changes, departures.

    Raises:
        pariscall.errors.MisuseError, pariscall.errors.TableError: as ``load``.
    """
    from .query.record_reader import RecordReader
    from .tables.as_of import read_date

    return list(RecordReader(read_date(as_of)).events())


def claims(*, as_of: date | str | None = None) -> list[Claim]:
    """Return what each source says of the support of a party, and how it is assessed.

    Raises:
        pariscall.errors.MisuseError, pariscall.errors.TableError: as ``load``.
    """
    from .query.record_reader import RecordReader
    from .tables.as_of import read_date

    return list(RecordReader(read_date(as_of)).claims())


def validate(  # noqa: PLR0913 the options of the command
    data: Data | None = None,
    shapes: Sequence[PathLike] | PathLike = (),
    *,
    engine: str = "oxigraph",
    format: str | None = None,  # noqa: A002 as in query
    allow_empty: Sequence[str] = (),
    allow_unmapped: bool = False,
    fail_on: str = "violation",
) -> Report:
    """Check data against SHACL shapes, and return the report.

    Args:
        data: RDF as for ``query``, or a folder of tables; the bundled tables if None.
        shapes: ``gate``, ``privacy``, ``dataset``, ``ontology``, ``registry``, or files of your
            own; one or several. The default is that of ``pariscall validate``.
        engine: ``oxigraph``, or ``pyshacl`` for the reference.
        format: the format of a text, as for ``query``.
        allow_empty: shapes or sets that need not find a node to look at.
        allow_unmapped: accept JSON-LD keys and identifiers that mean nothing.
        fail_on: the least severity for which data do not conform: ``violation``, ``warning`` or
            ``info``.

    Raises:
        pariscall.errors.MisuseError: if there is no such format, engine or severity.
        pariscall.errors.UnreadableError: if the data cannot be read.
        pariscall.errors.ShapesError: if the shapes are broken.
        pariscall.errors.NothingValidatedError: if there is nothing to validate.
    """
    import os

    from .validation.in_memory import validate_data

    several = [shapes] if isinstance(shapes, str | os.PathLike) else shapes
    names = [os.fspath(name) for name in several]
    report = validate_data(
        data, format, names, engine, allow_empty=allow_empty, allow_unmapped=allow_unmapped
    )
    return report.failing_on(fail_on)


def export(  # noqa: PLR0913 one for each setting
    out: PathLike,
    *,
    formats: Sequence[str] = (),
    as_of: date | str | None = None,
    tables: PathLike | None = None,
    use_cache: bool = True,
    jobs: int | None = None,
) -> Summary:
    """Check the data and write the dumps to a folder; return what was published.

    Args:
        out: the folder; its files take their names when all are complete.
        formats: some of ``ttl jsonld nt trig csv spreadsheet atom``, the default, and ``rdf xlsx sqlite
            r2rml graphml geojson mappings sssom dictionary all``.
        as_of: a date, as for ``load``.
        tables: a folder of tables of your own, with their ``csv-metadata.json``.
        use_cache: whether tables that passed the publishing gate before are not judged again.
        jobs: the number of processes; by default, one for each core if the tables are large, else one.

    Raises:
        pariscall.errors.MisuseError: if there is no such format, or no such date.
        pariscall.errors.TableError, pariscall.errors.GateError, pariscall.errors.LedgerError: if
            the tables may not be published; nothing was written.
        pariscall.errors.OutputError: if the files cannot be written.
    """
    from pathlib import Path

    from .publish.export import export as run
    from .tables.as_of import read_date
    from .tables.csvw import TABLES

    return run(
        Path(out),
        formats,
        Path(tables or TABLES),
        as_of=read_date(as_of),
        use_cache=use_cache,
        jobs=jobs,
    )


def release(
    version: str,
    out: PathLike,
    *,
    tables: PathLike | None = None,
    key: PathLike | None = None,
    jobs: int | None = None,
) -> Manifest:
    """Write everything that is published to the folder ``version`` in ``out``; return its manifest.

    Args:
        version: a date, as in ``2026.11.22``, with a number after it if a date has several.
        out: the folder of releases.
        tables: as for ``export``.
        key: an SSH key to sign the release with.
        jobs: as for ``export``.

    Raises:
        pariscall.errors.MisuseError: if the version is invalid or is there already, or the key
            does not sign.
        pariscall.errors.PariscallError: as ``export``.
    """
    from pathlib import Path

    from .publish.release.assembly import release as run
    from .tables.csvw import TABLES

    return run(
        version, Path(out), Path(tables or TABLES), key=Path(key) if key else None, jobs=jobs
    )


def verify(release: PathLike, *, signers: PathLike | None = None) -> list[str]:
    """Return everything that is wrong with a release, one problem a text; none if it is whole.

    Args:
        release: its folder, or its address on the web.
        signers: a file of allowed signers, one of whom must have signed it.

    Raises:
        pariscall.errors.ReleaseError: if it is not a release.
        pariscall.errors.WebError: if a file does not come through.
        pariscall.errors.MisuseError: if a signature cannot be checked here.
    """
    from pathlib import Path

    from .publish.release.pull import verify_url
    from .publish.release.verify import verify as run

    trusted = Path(signers) if signers else None
    if isinstance(release, str) and release.startswith(("http://", "https://")):
        return verify_url(f"{release.rstrip('/')}/", trusted)
    return run(Path(release), trusted)


def diff(old: date | PathLike, new: date | PathLike, *, tables: PathLike | None = None) -> Diff:
    """Compare two states of the data: dates, folders of releases, or RDF files.

    Raises:
        pariscall.errors.MisuseError: if a date is invalid, or nothing is known of it.
        pariscall.errors.UnreadableError: if the tables, a release or a file cannot be read.
    """
    from pathlib import Path

    from .publish.diff.diff import diff as run
    from .tables.csvw import TABLES

    return run(str(old), str(new), Path(tables or TABLES))


if not TYPE_CHECKING:  # to a type checker, what is not in __all__ is an error

    def __getattr__(name: str) -> Any:
        """Import a class when it is first asked for, so that ``import pariscall`` is fast."""
        if name not in _CLASSES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_CLASSES[name]}"), name)
