"""A password or a token reaches the store that it is for, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pariscall.errors import MisuseError, StoreError
from pariscall.publish.push.connection import Connection
from pariscall.publish.push.credentials import read_credentials
from pariscall.publish.push.graph_store import GraphStore
from pariscall.publish.push.open import open_store
from support.misbehaving_store import BASIC, Store
from support.pushed_graph import GRAPH, PASSWORD, QUICK, TOKEN, load, two_origins

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with two_origins() as address:
        yield address


@pytest.fixture(autouse=True)
def forget() -> None:
    Store.graphs.clear()
    Store.seen.clear()


def test_a_password_is_sent_when_it_is_asked_for(address: str) -> None:
    load(f"{address}/basic", PASSWORD)
    assert [sent for *_, sent in Store.seen] == [None, BASIC, BASIC]


def test_a_token_is_sent_at_once(address: str) -> None:
    load(f"{address}/token", TOKEN)
    assert {sent for *_, sent in Store.seen} == {"Bearer hush"}


@pytest.mark.parametrize("environment", [PASSWORD, TOKEN])
def test_a_redirect_carries_nothing_away(address: str, environment: dict[str, str]) -> None:
    with pytest.raises(StoreError, match="redirects to http://localhost"):
        load(f"{address}/moved", environment)
    assert [path for path, *_ in Store.seen] == ["moved"]
    assert not Store.graphs


def test_a_query_address_elsewhere_gets_no_password(address: str) -> None:
    credentials = read_credentials(f"{address}/good", TOKEN)
    store = GraphStore(f"{Store.elsewhere}/good", Connection(credentials, limits=QUICK))
    store.load(GRAPH)
    assert [sent for *_, sent in Store.seen] == [None]


def test_no_netrc_is_read(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("default login a password b\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    load(f"{address}/good")
    assert [sent for *_, sent in Store.seen] == [None, None]


def test_a_proxy_is_not_asked_for_this_machine(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    load(f"{address}/good", TOKEN)


@pytest.mark.parametrize(
    ("url", "environment", "problem"),
    [
        ("http://e.org/store", PASSWORD, "PARISCALL_PASSWORD is not sent over http"),
        ("http://e.org/store", TOKEN, "PARISCALL_TOKEN is not sent"),
        ("https://e.org/", {"PARISCALL_USER": "curator"}, "go together"),
        ("https://e.org/", {**PASSWORD, **TOKEN}, "exclude each other"),
        ("https://e.org/", {"PARISCALL_TOKEN": "hush\n"}, "cannot be sent"),
        ("https://curator:hush@e.org/", {}, "an address holds no name and password"),
        ("ftp://curator:hush@e.org/", {}, "an address holds no name and password"),
        ("e.org/store", {}, "is not a web address"),
        ("http://[e.org/store", {}, "is not a web address"),
        ("https://e.org/store#x", {}, "is not a web address"),
    ],
)
def test_a_password_that_could_leak_is_refused_before_anything_is_sent(
    url: str, environment: dict[str, str], problem: str
) -> None:
    with pytest.raises(MisuseError) as refused:
        open_store(url, environment)
    assert problem in str(refused.value)
    assert "hush" not in str(refused.value)
