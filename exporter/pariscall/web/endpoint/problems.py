"""The problems that the server reports, in the language that the client prefers.

The English sentence is written where the problem is raised; ``messages`` has the French ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ...project import current
from ..routes.negotiation import rate_language
from .dispatcher import ExitReason
from .limits import EndpointLimits
from .messages import FRENCH, sentence
from .pool import BrokenOffError
from .turns import BusyError, CrowdedError

NEGOTIATED = "Accept, Accept-Language"
_LANGUAGES = 100
_BUSY = 503
_WORDS_OF_STARLETTE = {
    "Method Not Allowed": "use GET.",
    "Not Found": "nothing is described here.",
}

_BROKEN_OFF = {
    ExitReason.TIMED_OUT: (
        504,
        "the query took longer than {seconds} seconds, which is all it gets.",
    ),
    ExitReason.CRASHED: (500, "the query took more memory, or nests deeper, than is given to one."),
    ExitReason.UNKNOWN: (503, "the query was interrupted. Ask again."),
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


def unanswered(error: BusyError | BrokenOffError, limits: EndpointLimits) -> ProblemError:
    """Return the problem of a request that got no worker, or whose worker ended too early."""
    again = {"Retry-After": str(limits.retry)}
    if isinstance(error, CrowdedError):
        return ProblemError(429, "you have too many queries in progress. Wait for them.", again)
    if isinstance(error, BusyError):
        return ProblemError(503, "all turns are taken. Ask again later.", again)
    status, text = _BROKEN_OFF[error.exit_reason]
    seconds = f"{limits.seconds:g}"
    return ProblemError(status, text, again if status == _BUSY else None, seconds=seconds)


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


def language(request: Request, languages: Iterable[str] = current().languages) -> str:
    """Return the language that a client prefers, of those of a website, the main one first."""
    header = ",".join(request.headers.getlist("accept-language"))
    if header.count(",") >= _LANGUAGES:
        return next(iter(languages))
    return max(languages, key=lambda lang: rate_language(header, lang))
