"""Who calls, what they may do here, and how often."""

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection

from assistant.people import NOBODY, Person, Scope, acting
from assistant.service.problems import ProblemError
from assistant.settings import AccountsMode, Settings

SCOPES = "assistant.scopes"
"""Key of a request's scope under which the scopes of its token were left; none for a person
who signed in and for the machine's own user."""
_TOKEN = (
    "请在请求头中给出有效的令牌：“Authorization: Bearer 令牌”。"
    "令牌由管理员用 assistant people token 签发。"
)
_LOCAL = (
    "没有启用账户时，接口只供本机使用。要供其他机器使用，"
    '请设置 accounts = "on"，并用 assistant people token 签发令牌。'
)
_SCOPE = "这个令牌不能用于{scope}。请让管理员签发带有“{scope}”范围的令牌。"
_OFTEN = "请求过于频繁，请在 {seconds} 秒后再试。"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever sends a request.

    Attributes:
        person: on whose behalf it is carried out.
        address: where it comes from; empty for a program on standard input.
    """

    person: Person
    address: str = ""


class Access:
    """Lets in who may call, as often as the settings allow.

    Any number of threads may share it; the counts are this process's own.

    Args:
        settings: whether accounts are on, and the rates.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._per_caller = _rate(settings.rate_per_caller)
        self._per_address = _rate(settings.rate_per_address)

    def admit(self, connection: HTTPConnection, needed: Scope) -> Caller:
        """Return who calls.

        Raises:
            ProblemError: nobody is known by the request, or they may not do this, or not
                so often.
        """
        address = connection.client.host if connection.client else ""
        self._count(self._per_address, "address", address)
        person = acting(self._settings)
        if person is NOBODY:
            raise ProblemError(401, "token", _TOKEN, {"WWW-Authenticate": "Bearer"})
        if self._settings.accounts is AccountsMode.OFF:
            if not _is_loopback(address):
                raise ProblemError(403, "local", _LOCAL)
        else:
            scopes: Collection[Scope] | None = connection.scope.get(SCOPES)
            if scopes is not None and needed not in scopes:
                raise ProblemError(403, "scope", _SCOPE.format(scope=needed.label))
            self._count(self._per_caller, "person", person.name)
        return Caller(person, address)

    def _count(self, rate: RateLimitItem | None, kind: str, name: str) -> None:
        if rate is None or self._limiter.hit(rate, kind, name):
            return
        seconds = str(rate.get_expiry())
        raise ProblemError(429, "rate", _OFTEN.format(seconds=seconds), {"Retry-After": seconds})


def _rate(words: str) -> RateLimitItem | None:
    return parse(words) if words else None


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False
