"""A person and the role that says what they may do."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; each role may do all that those before it may."""

    READER = "reader"
    TRAINER = "trainer"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The role as readers see it, in Chinese."""
        return _LABELS[self]

    def covers(self, needed: "Role") -> bool:
        """Whether this role may do what ``needed`` may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


_LABELS = {
    Role.READER: "读者",
    Role.TRAINER: "培训人员",
    Role.ADMINISTRATOR: "管理员",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who uses the assistant.

    Attributes:
        name: the name they sign in with; unique, and the key of everything kept for them.
        role: what they may do.
        units: the units (单位) that they belong to; empty for none.
        shown: the name that readers see; ``name`` where empty.
    """

    name: str
    role: Role
    units: frozenset[str] = frozenset()
    shown: str = ""

    @property
    def label(self) -> str:
        """The name that readers see."""
        return self.shown or self.name

    def may(self, needed: Role) -> bool:
        """Whether this person may do what ``needed`` may."""
        return self.role.covers(needed)


LOCAL = Person("local", Role.ADMINISTRATOR, shown="本机用户")
"""Whoever sits at the machine, where no accounts were set up."""

NOBODY = Person("", Role.READER, shown="未登录")
"""Whoever did not sign in, where accounts are in use: sees what everyone may see."""
