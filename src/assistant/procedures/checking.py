"""Hold rules against the index: what a rule rests on, or why it is not applied."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.procedures.model import Basis, RuleFault
from assistant.procedures.statutes import BasisError, Reference, Statutes


class RuleData(BaseModel):
    """What every rule in a rule file has.

    Attributes:
        id: unique within its file.
        name: what it is about, in Chinese.
        cites: the places it rests on, in the notation of :class:`Reference`.
        says: words that must stand in the first place cited.
        counted_by: places that say how it is counted; checked like ``cites``.
        text: a remark in our own words; empty if none.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    cites: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    counted_by: tuple[str, ...] = ()
    text: str = ""


@dataclass
class Checker:
    """Looks rules up in one index on one day and collects what does not hold.

    Attributes:
        statutes: where rules are looked up.
        day: the day whose law applies.
        faults: the rules that did not hold so far.
    """

    statutes: Statutes
    day: date
    faults: list[RuleFault] = field(default_factory=list)

    def bases(self, rule: RuleData) -> tuple[Basis, ...] | None:
        """Return what a rule rests on; None, and a fault, if any of it does not hold."""
        found = []
        for number, text in enumerate((*rule.cites, *rule.counted_by)):
            reference = Reference.read(text)
            says = rule.says if number == 0 else ()
            try:
                found.append(self.statutes.find(reference, self.day, says))
            except BasisError as error:
                self.faults.append(RuleFault(rule.id, rule.name, str(reference), str(error)))
                return None
        return tuple(found)

    def all_hold(self, rules: Iterable[RuleData]) -> list[RuleFault]:
        """Check every rule and return the faults."""
        for rule in rules:
            self.bases(rule)
        return self.faults


@cache
def rule_file(name: str) -> Mapping[str, Any]:
    """Return a rule file of the package."""
    path = resources.files(__package__).joinpath(f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def distinct(bases: Sequence[Basis]) -> tuple[Basis, ...]:
    """Return the bases without repetitions, in order."""
    return tuple({basis.official: basis for basis in bases}.values())
