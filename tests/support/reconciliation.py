"""A reconciliation service on loopback: a right one, and one that cuts, delays and lies."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs

from pariscall.query.matching import BY_NAME_ALONE

# Candidates as ``pariscall reconcile`` writes them.
ROW = {
    "subject_id": "actor:abb",
    "subject_label": "ABB",
    "predicate_id": "skos:exactMatch",
    "object_id": "wd:Q1",
    "object_label": "ABB Ltd",
    "mapping_justification": "semapv:UnreviewedMatching",
    "mapping_tool": "pariscall reconcile",
    "confidence": "0.90",
    "curation_rule_text": "name and country agree",
    "comment": "country Sweden",
}
ROWS = [
    ROW,
    {**ROW, "object_id": "wd:Q2"},  # one exact match a party and scheme
    {**ROW, "object_id": "wd:Q52825"},  # was refused before
    {
        **ROW,
        "subject_id": "actor:britishamerican-business",
        "subject_label": "BritishAmerican Business",
        "object_id": "wd:Q9",
    },
    {
        **ROW,
        "subject_id": "actor:cisco",
        "subject_label": "Cisco",
        "object_id": "wd:Q3",
        "curation_rule_text": BY_NAME_ALONE,
    },
    {**ROW, "subject_id": "actor:cisco", "subject_label": "Cisco", "object_id": "ror:03yt1ez60"},
]

SPACE = "http://www.wikidata.org/entity/"
MANIFEST = {"versions": ["0.2"], "name": "Things", "identifierSpace": SPACE, "batchSize": 500}
# By the name that is asked for: identifier, name, country and website.
THINGS: dict[str, tuple[str, ...]] = {
    "ABB": ("Q52825", "ABB", "Sweden", "https://www.abb.com/"),
    "Aconite Internet Solutions": ("Q1", "ACONITE Ltd", "Ireland", "https://aconite.com/x"),
    "Grupo Fleury": ("Q2", "Fleury", "", ""),
    "NEMOS SOKOLOV s.r.o.": ("Q3", 'Nemos \t "Sokolov" s.r.o. \x1b', "Kenya", ""),
    "CyberLand, Innlandet County, Norway": ("http://evil.example/Q7", "CyberLand", "Norway", ""),
    "Microsoft": ("Q2283", "Microsoft", "", ""),
}


class Service(BaseHTTPRequestHandler):
    """Answers as the first part of the path says; ``asked`` has the names of all queries."""

    protocol_version = "HTTP/1.1"
    asked: list[str]
    times: list[float]
    odd: ClassVar[Callable[[Service, dict[str, Any]], bool] | None] = None
    manifest: Any = MANIFEST
    things: ClassVar[dict[str, tuple[str, ...]]] = THINGS

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""

    def do_GET(self) -> None:
        self.send(json.dumps(self.manifest).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: json.loads(values[0]) for name, values in parse_qs(body).items()}
        self.times.append(time.monotonic())
        try:
            if self.odd is None or not self.odd(form):
                self.send(json.dumps(self.answer(form)).encode())
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, form: dict[str, Any]) -> dict[str, Any]:
        """Return the right answer."""
        if "extend" in form:
            known = {row[0]: row for row in self.things.values()}
            rows = {
                name: {
                    "P17": [{"name": known[name][2]}] if known[name][2] else [],
                    "P856": [{"str": known[name][3]}] if known[name][3] else [],
                }
                for name in form["extend"]["ids"]
            }
            return {"meta": [], "rows": rows}
        self.asked.extend(query["query"] for query in form["queries"].values())
        return {
            key: {
                "result": [candidate(self.things[query["query"]])]
                if query["query"] in self.things
                else []
            }
            for key, query in form["queries"].items()
        }

    def send(self, body: bytes, status: int = 200, length: int | None = None) -> None:
        """Send an answer; another ``length`` than that of the body is a lie."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


def candidate(thing: tuple[str, ...]) -> dict[str, Any]:
    """Return a thing as the API has it."""
    return {"id": thing[0], "name": thing[1], "score": 100, "match": True, "type": []}


@contextmanager
def reconciling(**parts: Any) -> Iterator[tuple[str, type[Service]]]:
    """Run a service for a while; ``odd`` answers in its own way, ``manifest`` is another."""
    kind: type[Service] = type("Running", (Service,), {"asked": [], "times": [], **parts})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api", kind
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
