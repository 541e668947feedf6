"""The refusal of a worker, which the server passes on."""

from __future__ import annotations


class RefusedError(Exception):
    """The answer is a status and a sentence of ``messages``, with values for it."""

    def __init__(self, status: int, text: str, **values: object) -> None:
        super().__init__(text)
        self.status = status
        self.values = values
