"""The problems that the server reports, in the language that the client prefers.

The English sentence is written where the problem is raised; ``messages`` has the French ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ..routes.negotiation import rate_language
from .messages import FRENCH, sentence

NEGOTIATED = "Accept, Accept-Language"
_LANGUAGES = 100
_WORDS_OF_STARLETTE = {
    "Method Not Allowed": "use GET.",
    "Not Found": "nothing is described here.",
}


class ProblemError(HTTPException):
    """A status and a sentence: a template of ``FRENCH``, and values for it."""

    def __init__(
        self, status: int, text: str, headers: Mapping[str, str] | None = None, **values: object
    ) -> None:
        super().__init__(status, text, dict(headers or {}))
        self.values = values


def not_acceptable(media_types: Iterable[str]) -> ProblemError:
    """Return the problem of a client that accepts none of the media types offered."""
    text = "answers of this kind come as {types}."
    return ProblemError(406, text, types=", ".join(media_types))


async def respond(request: Request, problem: Exception) -> Response:
    """Return the response to a problem."""
    if not isinstance(problem, HTTPException):
        raise problem
    lang = language(request)
    values = getattr(problem, "values", {})
    text = _WORDS_OF_STARLETTE.get(problem.detail, problem.detail)
    return PlainTextResponse(
        f"{sentence(text, lang, **values)}\n",
        problem.status_code,
        {
            **(problem.headers or {}),
            "Content-Language": lang if text in FRENCH else "en",
            "Vary": NEGOTIATED,
        },
    )


def language(request: Request) -> str:
    """Return the language that a client prefers, of those we speak."""
    header = ",".join(request.headers.getlist("accept-language"))
    if header.count(",") >= _LANGUAGES:
        return "en"
    return "fr" if rate_language(header, "fr") > rate_language(header, "en") else "en"
