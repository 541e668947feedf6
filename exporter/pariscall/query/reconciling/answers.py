"""Answers of a service, kept in the cache, so that a run goes on where another was broken off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from ...errors import OutputError, WebError
from ...io.atomic import write_file
from ...io.bounded import read_bounded
from ...io.progress import Progress, silent
from .service import Found, Query, Service

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

_LARGEST = 1024 * 1024  # bytes of an answer that is kept


@dataclass(frozen=True)
class Answers:
    """The answers of a service, of which ``folder`` keeps those that it has given.

    With ``is_fresh``, all is asked for again.

    Raises:
        WebError: in every method, if the service gives no whole answer. What it answered before is kept.
    """

    service: Service
    folder: Path
    progress: Progress = silent
    is_fresh: bool = False

    def found(self, queries: Iterable[Query]) -> dict[Query, list[Found]]:
        """Return what the service finds for each query."""
        return self._gather(
            "names",
            list(dict.fromkeys(queries)),
            told=lambda query: query.as_json(),
            ask=self.service.ask,
            read=lambda kept: [Found(**each) for each in kept],
            write=lambda found: [asdict(each) for each in found],
        )

    def values(self, ids: Iterable[str], properties: Sequence[str]) -> dict[str, list[str]]:
        """Return the text of each property of each identifier; an empty one if there is none."""
        return self._gather(
            "candidates",
            list(dict.fromkeys(ids)),
            told=lambda name: [name, *properties],
            ask=lambda part: self.service.values(part, properties),
            read=lambda kept: [str(each) for each in kept],
            write=lambda texts: texts,
        )

    def _gather(  # noqa: PLR0913 one for each step
        self,
        what: str,
        asked: Sequence[K],
        *,
        told: Callable[[K], Any],
        ask: Callable[[Sequence[K]], list[T]],
        read: Callable[[list[Any]], T],
        write: Callable[[T], list[Any]],
    ) -> dict[K, T]:
        known: dict[K, T] = {}
        paths = {each: self._path(told(each)) for each in asked}
        for each in asked:
            with suppress(OSError, ValueError, TypeError):
                if not self.is_fresh:
                    known[each] = read(json.loads(read_bounded(paths[each], _LARGEST)))
        missing = [each for each in asked if each not in known]
        if known:
            self.progress(f"{len(known):,} of {len(asked):,} {what} were asked for before")
        for start in range(0, len(missing), self.service.batch):
            part = missing[start : start + self.service.batch]
            try:
                answers = ask(part)
            except WebError:
                self.progress(f"{len(known):,} answers are kept; the same command goes on there")
                raise
            for each, answer in zip(part, answers, strict=True):
                known[each] = answer
                with suppress(OutputError):  # where nothing can be kept, it is asked for again
                    write_file(paths[each], json.dumps(write(answer)).encode())
            self.progress(f"{len(known):,} of {len(asked):,} {what}")
        return known

    def _path(self, told: Any) -> Path:
        asked = json.dumps([self.service.url, told], sort_keys=True)
        return self.folder / f"{hashlib.sha256(asked.encode()).hexdigest()[:32]}.json"
