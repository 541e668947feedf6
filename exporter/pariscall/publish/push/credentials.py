"""Credentials for a store: from environment variables only, and sent to that store only.

A name and a password are sent when the store asks for them, in the way that it asks for: Digest
(RFC 7616) or Basic (RFC 7617). A token (RFC 6750) is sent at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from ...errors import MisuseError
from ...io.request import is_loopback

USER, PASSWORD, TOKEN = "PARISCALL_USER", "PARISCALL_PASSWORD", "PARISCALL_TOKEN"


class Credentials(AuthBase):
    """Puts credentials into requests to one origin, and leaves all others as they are."""

    def __init__(self, url: str, user: str = "", password: str = "", token: str = "") -> None:
        self._origin = origin(url)
        self._user, self._password, self._token = user, password, token
        self._scheme: AuthBase | None = None

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Sign a request, once it is known how."""
        if origin(str(request.url)) == self._origin:
            if self._token:
                request.headers["Authorization"] = f"Bearer {self._token}"
            elif self._scheme:
                self._scheme(request)
        return request

    def answer(self, refusal: Response) -> bool:
        """Take up the challenge of a 401. Return whether another request is worth it."""
        if not self._user or self._scheme or origin(str(refusal.url)) != self._origin:
            return False
        challenge = refusal.headers.get("WWW-Authenticate", "")
        if re.search(r"\bdigest\s", challenge, re.IGNORECASE):
            self._scheme = HTTPDigestAuth(self._user, self._password)
        elif re.search(r"\bbasic\b", challenge, re.IGNORECASE):
            self._scheme = HTTPBasicAuth(self._user.encode(), self._password.encode())
        return self._scheme is not None


def read_credentials(url: str, environment: Mapping[str, str]) -> Credentials:
    """Read the credentials for the store at an address; none are needed if it asks for none.

    Raises:
        MisuseError: if they contradict each other, cannot be sent, or would be sent in the clear.
    """
    user, password, token = (environment.get(name, "") for name in (USER, PASSWORD, TOKEN))
    if bool(user) != bool(password):
        raise MisuseError(f"{USER} and {PASSWORD} go together. Set both.")
    if user and token:
        raise MisuseError(f"{TOKEN} and {USER} exclude each other. Unset one.")
    for name, value in ((USER, user), (TOKEN, token)):
        if not (value.isascii() and value.isprintable()) and value:
            raise MisuseError(f"{name} holds a character that cannot be sent.")
    if (user or token) and url.startswith("http:") and not is_loopback(url):
        name = PASSWORD if user else TOKEN
        raise MisuseError(f"{name} is not sent over http, where others can read it. Use https.")
    return Credentials(url, user, password, token)


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port of an address (RFC 6454)."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
