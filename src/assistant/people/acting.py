"""Who acts in the running code: set once where a request comes in, asked anywhere below."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from assistant.people.errors import NotAllowedError
from assistant.people.model import LOCAL, NOBODY, Person, Role
from assistant.settings import AccountsMode, Settings

_P = ParamSpec("_P")
_T = TypeVar("_T")
_ACTING: ContextVar[Person | None] = ContextVar("assistant_acting", default=None)


@contextmanager
def acting_as(person: Person) -> Iterator[None]:
    """Let the code inside, and the threads it hands its context to, act as a person."""
    token = _ACTING.set(person)
    try:
        yield
    finally:
        _ACTING.reset(token)


def acting(settings: Settings | None = None) -> Person:
    """Return who acts; without anyone, :data:`LOCAL`, or :data:`NOBODY` where accounts are on.

    Args:
        settings: say whether accounts are on; without them nobody is taken for local.
    """
    person = _ACTING.get()
    if person is not None:
        return person
    off = settings is not None and settings.accounts is AccountsMode.OFF
    return LOCAL if off else NOBODY


def require(person: Person, needed: Role) -> None:
    """Make sure that a person may do what a role may.

    Raises:
        NotAllowedError: they may not.
    """
    if person is NOBODY or not person.may(needed):
        raise NotAllowedError(f"这一操作需要{needed.label}权限。请联系管理员。")


def only(needed: Role) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Let a function be called only on behalf of someone whose role covers ``needed``.

    The person is the one that acts, never an argument, so that no caller can name another.

    Raises:
        NotAllowedError: on a call, the acting person's role does not cover it.
    """

    def guard(function: Callable[_P, _T]) -> Callable[_P, _T]:
        @functools.wraps(function)
        def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            require(acting(), needed)
            return function(*args, **kwargs)

        return guarded

    return guard
