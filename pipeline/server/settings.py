"""How one server is set up."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.readers import Limits

LOOPBACK = "127.0.0.1"
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Settings:
    """Where the results lie, who may ask, and what a request may cost.

    `token`: what a stranger has to show; without it only this machine is served. `names`: further host names under
    which the server is reached. `workers` parse at once, `waiting` requests may wait for one.
    """

    folder: Path
    host: str = LOOPBACK
    token: str | None = None
    names: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    workers: int = 2
    waiting: int = 200
    files: int = 50

    @property
    def most_bytes(self) -> int:
        """Of a request's body: a file of the largest size and what a form puts around it."""
        return (self.limits.megabytes + 1) * _MEGABYTE

    def knows(self, host: str) -> bool:
        """Is this value of a Host header one of ours?

        A page of a foreign site can let its own name point to this machine (DNS rebinding), but it cannot do so with
        an address or with a name of ours.

        >>> [Settings(Path(".")).knows(host) for host in ("127.0.0.1:8765", "localhost", "evil.example", "")]
        [True, True, False, False]
        """
        name = _name(host)
        if name is None:
            return False
        address = _address(name)
        if address is not None:
            return address.is_loopback or not is_loopback(self.host)
        return name == "localhost" or (not is_loopback(self.host) and name in self._own_names())

    def _own_names(self) -> set[str]:
        return {name.lower() for name in (*self.names, socket.gethostname())}


def is_loopback(host: str) -> bool:
    """Is this machine alone reached there?

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0")]
    [True, True, True, False]
    """
    address = _address(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _name(host: str) -> str | None:
    """The name in a Host header, without its port; None where it is no such header."""
    try:
        parts = urlsplit(f"//{host}")
        return (
            parts.hostname if parts.netloc == host and parts.username is None and parts.port != -1 else None
        )
    except ValueError:
        return None


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
