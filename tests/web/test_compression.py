"""A file is compressed for a client that asks for it, and a part is one of the file as it is."""

from __future__ import annotations

import gzip

import pytest

from support.server import Server, needs_fork

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(needs_fork, reason="the server needs a system that forks"),
]


@pytest.mark.parametrize(
    "path",
    [
        "/actor/abb.ttl",
        "/index.html",
        "/index.jsonld",
        "/ns.nt",
        "/assets/vendor/oxigraph/web_bg.wasm",
    ],
)
def test_what_is_compressible_is_compressed_when_asked(site_server: Server, path: str) -> None:
    plain = site_server.send("GET", path)
    packed = site_server.send("GET", path, Accept_Encoding="br, gzip;q=0.5")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) * 0.6
    assert int(packed.headers["content-length"]) == len(packed.body)
    for reply in (plain, packed):
        assert reply.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]
    for reply in (plain, packed):
        tag, encoding = reply.headers["etag"], reply.headers.get("content-encoding", "identity")
        again = site_server.send("GET", path, If_None_Match=tag, Accept_Encoding=encoding)
        assert (again.status, again.headers["etag"]) == (304, tag)


@pytest.mark.parametrize(
    "accepted", ["gzip;q=0", "identity", "*;q=0", "br", "gzip;q=0.1, identity"]
)
def test_nothing_is_compressed_unasked(site_server: Server, accepted: str) -> None:
    reply = site_server.send("GET", "/ns.ttl", Accept_Encoding=accepted)
    assert (reply.status, reply.headers.get("content-encoding")) == (200, None)


def test_a_part_is_one_of_the_file_as_it_is(site_server: Server) -> None:
    whole = site_server.send("GET", "/ns.nt").body
    part = site_server.send("GET", "/ns.nt", Range="bytes=5-9", Accept_Encoding="gzip")
    assert (part.status, part.body) == (206, whole[5:10])
    assert "content-encoding" not in part.headers


def test_a_range_of_an_unknown_unit_is_ignored(site_server: Server) -> None:
    whole = site_server.send("GET", "/actor/abb.ttl").body
    for header in (
        "lines=0-2",
        "bytes",
        "bytes=",
        "bytes=x-y",
        "bytes=9-2",
        "bytes=0-1;q=1",
        "=0-1",
    ):
        reply = site_server.send("GET", "/actor/abb.ttl", Range=header)
        assert (reply.status, reply.body) == (200, whole), header
    beyond = site_server.send("GET", "/actor/abb.ttl", Range="bytes=99999999-")
    assert beyond.status == 416
    assert beyond.headers["content-range"] == f"bytes */{len(whole)}"
