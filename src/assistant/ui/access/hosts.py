"""Under which names this machine is reached, so that no other name may stand for it."""

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

_LOCAL = ("localhost",)


class Hosts:
    """The names that a request may be addressed to.

    An address in digits is always one of them: a page elsewhere can make a browser take
    its own name for this machine, but not an address.

    Args:
        allowed: names from the settings.
        host: the address served, which may be a name.
    """

    def __init__(self, allowed: Iterable[str], host: str) -> None:
        own = socket.gethostname()
        allowed = tuple(allowed)
        named = (*_LOCAL, host, own, f"{own}.local", socket.getfqdn(), *allowed)
        self._names = {_plain(name) for name in named if name}
        self._allowed = {_plain(name) for name in allowed}

    def admits(self, host: str) -> bool:
        """Return whether a Host header names this machine."""
        name = _name(host)
        return bool(name) and (name in self._names or _is_address(name))

    def is_own(self, origin: str, host: str) -> bool:
        """Return whether a request with this Origin header comes from the page itself."""
        try:
            netloc = urlsplit(origin).netloc.lower()
        except ValueError:
            return False
        # A proxy may change the Host header, so a name from the settings is enough; another
        # port of this machine is not, it may be another program's.
        return bool(netloc) and (netloc == host.lower() or _name(netloc) in self._allowed)


def _plain(name: str) -> str:
    return name.lower().rstrip(".")


def _name(host: str) -> str:
    try:
        return _plain(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
