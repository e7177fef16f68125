"""Who asks a server elsewhere: from the environment or a netrc file, and never said again.

SIMPUL_ENDPOINT_USER, SIMPUL_ENDPOINT_PASSWORD   for basic and digest logins
SIMPUL_ENDPOINT_TOKEN                            for a bearer token
SIMPUL_ENDPOINT_PLAIN=1                          lets a password or token go over http without TLS
NETRC                                            the netrc file; ~/.netrc otherwise
"""

import netrc
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .endpoints import origin_of
from .errors import NotAuthorised

USER = "SIMPUL_ENDPOINT_USER"
PASSWORD = "SIMPUL_ENDPOINT_PASSWORD"
TOKEN = "SIMPUL_ENDPOINT_TOKEN"
PLAIN = "SIMPUL_ENDPOINT_PLAIN"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a token. `plain` lets them go over http to another machine.

    >>> Credentials("dba", "secret")
    Credentials(user='dba')
    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    plain: bool = field(default=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)


NOBODY = Credentials()


def credentials_for(url: str, environment: Mapping[str, str]) -> Credentials:
    """Who asks the server at an address: by the environment, else by a netrc file, else nobody.

    In a netrc file a machine is a host, or host:port, which comes first.

    Raises: NotAuthorised if a netrc file cannot be read, or others may read it.
    """
    plain = environment.get(PLAIN) == "1"
    if token := environment.get(TOKEN):
        return Credentials(token=token, plain=plain)
    if user := environment.get(USER):
        return Credentials(user, environment.get(PASSWORD, ""), plain=plain)
    named = environment.get("NETRC")
    home = environment.get("HOME") or environment.get("USERPROFILE")
    path = Path(named) if named else Path(home or ".") / ".netrc"
    if not path.is_file():
        return NOBODY
    return _from_netrc(url, path, plain=plain)


def _from_netrc(url: str, path: Path, *, plain: bool) -> Credentials:
    try:
        known = netrc.netrc(path)
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError) as error:
        # What the parser says may quote a password.
        line = getattr(error, "lineno", None)
        where = f"line {line} of it" if line else "it"
        problem = f"{path}: {where} cannot be read as netrc"
        raise NotAuthorised("netrc", "", 401, problem) from None
    _, host, port = origin_of(url)
    found = known.hosts.get(f"{host}:{port}") or known.hosts.get(host)
    if found is None:
        return NOBODY
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        problem = f"{path} holds passwords and others may read it: chmod 600 {path}"
        raise NotAuthorised("netrc", "", 401, problem)
    return Credentials(found[0], found[2] or "", plain=plain)
