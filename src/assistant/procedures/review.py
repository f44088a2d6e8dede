"""审查要件: what a decision must go through, why, and which file each step needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.procedures.checking import Checker, RuleData, distinct, rule_file
from assistant.procedures.model import Basis, Entry, Line, ProcedureError, ToolResult, Verdict
from assistant.procedures.thresholds import Thresholds

_ORDER = (Verdict.MUST, Verdict.OPEN, Verdict.MAY, Verdict.NOT)
_NOTE = "本表只列所引法律的要求；地方性法规、规章和本单位制度要求更严的，从其规定。"
_UNSET = "法律没有规定“较大数额”是多少，由本地规定；请在设置 {name} 中填写后再算，或自行比对。"


class Party(StrEnum):
    """Whom a decision is addressed to."""

    PERSON = "person"
    ORGANISATION = "organisation"

    @property
    def label(self) -> str:
        """The party as readers see it, in Chinese."""
        return "个人" if self is Party.PERSON else "法人或者其他组织"


@dataclass(frozen=True, slots=True)
class Case:
    """What an officer states about a planned decision.

    Attributes:
        acts: ids of the kinds of decision, such as ``fine``; at least one.
        party: whom it is addressed to.
        fine: amount of the fine in yuan; None if unknown or none.
        confiscated: amount or value confiscated in yuan; None if unknown or none.
        facts: ids of the circumstances.
    """

    acts: tuple[str, ...]
    party: Party
    fine: Decimal | None = None
    confiscated: Decimal | None = None
    facts: frozenset[str] = frozenset()


class _When(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    groups: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    requires: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    party: Party | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    large: Literal["fine", "confiscation"] | None = None


class _Rule(RuleData):
    verdict: Verdict
    when: _When
    files: tuple[str, ...] = ()


class _Requirement(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    otherwise: str
    rule: tuple[_Rule, ...]


class _Acts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    group: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Met:
    """A rule that applies, with what remains to be settled."""

    rule: _Rule
    bases: tuple[Basis, ...]
    verdict: Verdict
    why: str


@cache
def acts() -> dict[str, str]:
    """Return the kinds of decision: id and Chinese name, in order."""
    return {key: name for group in _groups() for key, name in group.names.items()}


@cache
def facts() -> dict[str, str]:
    """Return the circumstances that count: id and Chinese name, in order."""
    return dict(rule_file("review")["facts"])


def review_rules() -> list[RuleData]:
    """Return every rule of the file, for checking."""
    return [rule for requirement in _requirements() for rule in requirement.rule]


def review(case: Case, checker: Checker, thresholds: Thresholds) -> ToolResult:
    """Return every requirement with its verdict, in the order of the work.

    Raises:
        ProcedureError: no kind of decision is named, or one is unknown.
    """
    if not case.acts:
        raise ProcedureError("请至少选一种决定，例如罚款。")
    if unknown := [act for act in (*case.acts, *case.facts) if act not in {*acts(), *facts()}]:
        raise ProcedureError(
            f"没有收录：{'、'.join(unknown)}。可选：{'、'.join(acts().values())}。"
        )
    settled: dict[str, Verdict] = {}
    entries = []
    for requirement in _requirements():
        entry = _entry(requirement, case, checker, thresholds, settled)
        settled[requirement.id] = entry.verdict or Verdict.NOT
        entries.append(entry)
    return ToolResult("审查要件", _given(case), tuple(entries), (_NOTE,), tuple(checker.faults))


def _entry(
    requirement: _Requirement,
    case: Case,
    checker: Checker,
    thresholds: Thresholds,
    settled: dict[str, Verdict],
) -> Entry:
    met: list[_Met] = []
    doubts: list[str] = []
    for rule in requirement.rule:
        if not _fits(rule.when, case, settled):
            continue
        size = _size(rule.when, case, thresholds)
        if size is False:
            continue
        bases = checker.bases(rule)
        if bases is None:
            doubts.append("一条规则的依据未能核实，见下方说明；请人工判断。")
        elif size is True:
            met.append(_Met(rule, bases, rule.verdict, rule.text))
        else:
            met.append(_Met(rule, bases, Verdict.OPEN, size))
    verdicts = {item.verdict for item in met} | ({Verdict.OPEN} if doubts else set())
    verdict = next((v for v in _ORDER if v in verdicts), Verdict.NOT)
    lines = [Line("理由", item.why) for item in met] + [Line("注意", doubt) for doubt in doubts]
    files = dict.fromkeys(file for item in met for file in item.rule.files)
    if files:
        lines.append(Line("文书", "、".join(files)))
    return Entry(
        id=requirement.id,
        title=requirement.name,
        badge=verdict.label,
        lines=tuple(lines) or (Line("理由", requirement.otherwise),),
        bases=distinct([basis for item in met for basis in item.bases]),
        verdict=verdict,
    )


def _fits(when: _When, case: Case, settled: dict[str, Verdict]) -> bool:
    chosen = set(case.acts)
    groups = {group.group for group in _groups() if chosen & set(group.names)}
    return (
        (not when.groups or bool(groups & when.groups))
        and (not when.acts or bool(chosen & when.acts))
        and (not when.only or chosen <= when.only)
        and when.facts <= case.facts
        and not when.without & case.facts
        and all(settled.get(key) in (Verdict.MUST, Verdict.OPEN) for key in when.requires)
        and not any(settled.get(key) is Verdict.MAY for key in when.unless)
        and when.party in (None, case.party)
    )


def _size(when: _When, case: Case, thresholds: Thresholds) -> bool | str:
    """Whether the amounts fit; a Chinese sentence where that cannot be told."""
    if when.large == "confiscation":
        return _reaches(case.confiscated, thresholds.confiscation, "large_confiscation", "没收数额")
    if when.large == "fine":
        person = case.party is Party.PERSON
        limit = thresholds.fine_person if person else thresholds.fine_organisation
        name = "large_fine_person" if person else "large_fine_organisation"
        return _reaches(case.fine, limit, name, "罚款数额")
    if when.at_least is None and when.at_most is None:
        return True
    if case.fine is None:
        return "没有填写罚款数额，无法判断。" if {"fine", "order-fine"} & set(case.acts) else True
    if when.at_least is not None and case.fine < when.at_least:
        return False
    return when.at_most is None or case.fine <= when.at_most


def _reaches(amount: Decimal | None, limit: Decimal | None, name: str, what: str) -> bool | str:
    if limit is None:
        return _UNSET.format(name=name)
    if amount is None:
        return f"没有填写{what}，无法与本地的较大数额（{limit:f}元）比较。"
    return amount >= limit


def _given(case: Case) -> tuple[Line, ...]:
    given = [
        Line("决定", "、".join(acts()[act] for act in case.acts)),
        Line("当事人", case.party.label),
    ]
    if case.fine is not None:
        given.append(Line("罚款", f"{case.fine:f}元"))
    if case.confiscated is not None:
        given.append(Line("没收", f"{case.confiscated:f}元"))
    if case.facts:
        given.append(Line("情形", "、".join(n for key, n in facts().items() if key in case.facts)))
    return tuple(given)


@cache
def _groups() -> Sequence[_Acts]:
    return tuple(_Acts.model_validate(raw) for raw in rule_file("review")["act"])


@cache
def _requirements() -> Sequence[_Requirement]:
    return tuple(
        _Requirement.model_validate(
            {**raw, "rule": [{**rule, "name": raw["name"]} for rule in raw["rule"]]}
        )
        for raw in rule_file("review")["requirement"]
    )
