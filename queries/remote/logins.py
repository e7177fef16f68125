"""How a server is told who asks: basic, digest or bearer, as it wants and as far as that is safe."""

from base64 import b64encode
from enum import StrEnum

import httpx

from .credentials import PASSWORD, PLAIN, TOKEN, USER, Credentials
from .endpoints import is_loopback
from .errors import NotAuthorised


class Scheme(StrEnum):
    """A way to say who asks."""

    BASIC = "basic"
    DIGEST = "digest"
    BEARER = "bearer"


class Login:
    """Signs the requests to one server.

    A token goes with the first request. A user and password wait until the server has said which way it wants
    them, and a password itself leaves only by basic.
    """

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._scheme = Scheme.BEARER if credentials.token else None
        self._digest = httpx.DigestAuth(credentials.user, credentials.password)

    def learn(self, headers: httpx.Headers, url: str) -> bool:
        """Take note of what a server wants that answered 401; whether another try is worth it."""
        if not self._credentials.user:
            return False
        wanted = [text.lstrip() for text in headers.get_list("www-authenticate")]
        if any(text.lower().startswith("digest ") for text in wanted):
            self._scheme = Scheme.DIGEST
            return self._challenged(headers, url)
        basic = any(text.lower().startswith("basic") for text in wanted)
        if basic and self._scheme is not Scheme.BASIC:
            self._scheme = Scheme.BASIC
            return True
        return False

    def sign(self, request: httpx.Request, name: str) -> None:
        """Add to a request who asks.

        Raises: NotAuthorised if a password or token would go unencrypted to another machine.
        """
        if self._scheme is None:
            return
        if self._scheme is Scheme.DIGEST:
            next(self._digest.auth_flow(request))
            return
        url = str(request.url.copy_with(query=None))
        if request.url.scheme != "https" and not (
            is_loopback(url) or self._credentials.plain
        ):
            problem = (
                "would get a password or token that everyone on the way can read; "
                f"use https, or set {PLAIN}=1 if the network is yours"
            )
            raise NotAuthorised(name, url, 401, problem)
        request.headers["authorization"] = self._plain()

    def problem(self, status: int) -> str:
        """What to say when a server does not let this one in."""
        if not self._credentials:
            return (
                f"wants to know who asks ({status}); set {USER} and {PASSWORD}, or {TOKEN}, "
                "or write them into ~/.netrc"
            )
        if status == 403:
            return "knows who asks and does not allow it (403)"
        return "does not accept this user and password, or token (401)"

    def _plain(self) -> str:
        known = self._credentials
        if self._scheme is Scheme.BEARER:
            return f"Bearer {known.token}"
        pair = f"{known.user}:{known.password}".encode()
        return f"Basic {b64encode(pair).decode('ascii')}"

    def _challenged(self, headers: httpx.Headers, url: str) -> bool:
        request = httpx.Request("GET", url)
        flow = self._digest.auth_flow(request)
        next(flow)
        try:
            flow.send(httpx.Response(401, headers=headers, request=request))
        except (httpx.HTTPError, LookupError, NotImplementedError, ValueError):
            self._scheme = None
            return False  # a challenge that nobody could meet
        return True
