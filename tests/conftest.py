"""What the tests share: the command as a process, the example graph, copies of the tables."""

from __future__ import annotations

import faulthandler
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from pyoxigraph import Quad, Store

from pariscall import bundle
from pariscall.publish.export import export
from pariscall.publish.partitions.export import export_partitioned
from pariscall.publish.release.assembly import release
from pariscall.rdf.reader import read_file
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from support.charter import Update, make_charter, updating
from support.command import (
    EXAMPLE,
    Finished,
    Run,
    RunIn,
    command_server,
    run_command,
    stop_commands,
)
from support.html import parsed
from support.order import in_order
from support.partitions import BOTH, SIZE
from support.registry import Registry, make_registry, make_target
from support.releases import VERSION
from support.server import Server, serving
from support.shared import made_once, shared_folder
from support.stores.java import SHORT_RUNS
from support.tables import DELISTED, SUCCESSOR, SUPERSEDED, keep_some_parties, keep_used_sources

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from support.browser import Visit


# How long an example takes is the machine's affair, which may have much else to do.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests in the order in which several processes are done soonest."""
    if worker := getattr(config, "workerinput", None):
        items[:] = in_order(items, worker["workercount"])


def pytest_collection_finish() -> None:
    """Search for garbage as seldom as the command does, and not in what was collected and imported.

    Each search goes through all tests and modules; a forked process would copy them for it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """End the process, and tell where it stood, if a test hangs when it is run again, too.

    The timer of pytest-timeout is set once a test, not once a run.
    """
    if getattr(item, "execution_count", 1) > 1:
        faulthandler.dump_traceback_later(float(item.config.getini("timeout")), exit=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show where a test stood that was ended because it hung, although it passed when run again."""
    for report in terminalreporter.getreports("rerun"):
        terminalreporter.section(f"{report.nodeid} hung")
        terminalreporter.line(report.longreprtext)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the cache of queries out of the home of whoever runs the tests, one for all processes."""
    os.environ["XDG_CACHE_HOME"] = str(shared_folder(tmp_path_factory) / "cache")


@pytest.fixture(scope="session", autouse=True)
def _temporary_files() -> Iterator[None]:
    """Delete in the end what programs have put down for a while: some are killed, and delete nothing.

    Servers that run as another user read there, which they cannot in the folders of pytest.
    """
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        Path(folder).chmod(0o711)
        patch.setattr(tempfile, "tempdir", folder)
        patch.setenv("TMPDIR", folder)
        yield


@pytest.fixture(scope="session", autouse=True)
def _short_runs_of_java() -> None:
    """Tell the Java of every program that a test starts that it runs for seconds."""
    os.environ.update(SHORT_RUNS)


@pytest.fixture(scope="module", autouse=True)
def _forget_pages() -> Iterator[None]:
    """Forget the pages that a module has read: those of a whole site take hundreds of megabytes."""
    yield
    parsed.cache_clear()


@pytest.fixture(scope="session")
def served(cache: None) -> Iterator[RunIn]:  # noqa: ARG001 the command finds the cache that is set
    with command_server() as run_in:
        yield run_in


@pytest.fixture(scope="session", autouse=True)
def _commands_end() -> Iterator[None]:
    """Stop in the end what runs commands in the folders of projects."""
    yield
    stop_commands()


@pytest.fixture
def run(tmp_path: Path, served: RunIn) -> Run:
    """Run the command in an empty folder, as a user does."""

    def run_in_folder(*arguments: str | Path, **environment: str) -> Finished:
        words = list(map(str, arguments))
        if environment:  # which Python may read when it starts
            return run_command(tmp_path, words, environment)
        return served(tmp_path, words)

    return run_in_folder


@pytest.fixture(scope="session")
def bundled() -> TableGraph:
    """Read the bundled tables once, for all tests that only ask what they say."""
    return TableGraph()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the bundled tables, for a test to break."""
    return shutil.copytree(bundle.TABLES, tmp_path / "tables")


@pytest.fixture(scope="session")
def example() -> list[Quad]:
    """Read the made-up registry that uses the whole ontology, with the vocabulary."""
    return [*vocabulary(), *read_file(EXAMPLE)]


@pytest.fixture
def example_store(example: list[Quad]) -> Store:
    """Load the made-up registry, for a test to change."""
    store = Store()
    store.bulk_extend(example)
    return store


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make tables of some parties, of which some are gone, so that they can be published."""

    def make(folder: Path) -> None:
        tables = shutil.copytree(bundle.TABLES, folder / "tables")
        keep_some_parties(tables, *DELISTED, SUPERSEDED, SUCCESSOR, "israel")
        keep_used_sources(tables)

    return made_once(tmp_path_factory, "small", make) / "tables"


@pytest.fixture(scope="session")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the bundled tables once, in one process, for all tests to read."""
    return made_once(tmp_path_factory, "dumps", partial(export, jobs=1))


@pytest.fixture(scope="session")
def whole_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release the bundled tables once, for all tests to read."""
    return made_once(tmp_path_factory, "releases", partial(release, VERSION)) / VERSION


@pytest.fixture(scope="session")
def small_release(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release the small tables once, for all tests to read or to copy."""
    make = partial(release, VERSION, folder=small)
    return made_once(tmp_path_factory, "small-releases", make) / VERSION


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return make_registry(tmp_path / "registry")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return make_target(tmp_path / "tables")


@pytest.fixture
def charter(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy a new project that was made of a list, for a test to update."""
    made = made_once(tmp_path_factory, "charter", make_charter)
    return shutil.copytree(made / "charter", tmp_path / "charter")


@pytest.fixture
def update(charter: Path) -> Update:
    """Run the command in the copy on a newer list."""
    return updating(charter)


@pytest.fixture(scope="session")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the site of the bundled tables once, for all tests to read."""
    from pariscall.web.site.assembly import build

    def make(folder: Path) -> None:  # in a folder of its own, which nothing else locks
        build(folder / "site")

    return made_once(tmp_path_factory, "whole-site", make) / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser; while it runs, nothing else of the same thread can be asynchronous."""
    pytest.importorskip("playwright", reason="playwright is not installed")
    from support.browser import chromium

    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def site(whole_site: Path) -> Iterator[str]:
    """Serve the whole site, and yield its address."""
    from support.browser import host

    with host(whole_site) as address:
        yield address


@pytest.fixture(scope="module")
def window(browser: Browser, site: str) -> Iterator[Visit]:
    """Open a window on the site for the tests of a module: a new one a test costs a second each."""
    from support.browser import Visit

    visit = Visit(browser, site)
    yield visit
    visit.close()


@pytest.fixture
def visit(window: Visit) -> Iterator[Visit]:
    """Have a window on the site that shows nothing yet; nothing may go wrong on its pages."""
    yield window
    window.leave()


@pytest.fixture(scope="session")
def small_site(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a site of some parties, with a secret beside it and one within."""
    from pariscall.web.site.assembly import build

    def make(folder: Path) -> None:
        build(folder / "site", small)
        (folder / "site" / ".secret").write_text("secret", encoding="utf-8")
        (folder / "secret.ttl").write_text("secret", encoding="utf-8")

    return made_once(tmp_path_factory, "small-site", make) / "site"


@pytest.fixture(scope="session")
def site_server(small_site: Path) -> Iterator[Server]:
    with serving(small_site.parent, "--site", str(small_site)) as server:
        yield server


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have parts of few documents, so that small tables have many."""
    monkeypatch.setattr("pariscall.tables.spread.PARTITION", SIZE)


@pytest.fixture
def partitions(small_parts: None, small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 sets the size
    """Return parts of the small tables in both formats, written in one process."""
    make = partial(export_partitioned, formats=BOTH, folder=small, jobs=1)
    return made_once(tmp_path_factory, "partitions", make)


@pytest.fixture
def own_partitions(partitions: Path, tmp_path: Path) -> Path:
    """Copy the parts, for a test to change."""
    return Path(shutil.copytree(partitions, tmp_path / "parts"))
