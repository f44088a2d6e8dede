"""时限计算: all statutory periods that run from an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from pydantic import BaseModel, ConfigDict

from assistant.procedures.checking import Checker, RuleData, distinct, rule_file
from assistant.procedures.counting import Counted, Direction, Measure, Period, count, weekday
from assistant.procedures.model import Basis, Entry, Line, ProcedureError, ToolResult
from assistant.procedures.workdays import WorkCalendar

_FULL = Decimal(100)
_EARLIEST, _LATEST = date(1990, 1, 1), date(2100, 1, 1)
_START = "事件当日不计入期间；“工作日”不含周六、周日和法定节假日，调休上班日计入。"


class DeadlineRule(RuleData):
    """A period of a rule file.

    Attributes:
        who: whom the period binds.
        length, measure, direction, rolls: the period, see :class:`Period`.
        follows: id of the period at whose end this one starts; empty for the event.
    """

    who: str
    length: int
    measure: Measure
    direction: Direction = Direction.WITHIN
    rolls: bool = False
    follows: str = ""

    @property
    def period(self) -> Period:
        """The period to count."""
        return Period(self.length, self.measure, self.direction, self.rolls)


class Event(BaseModel):
    """Something that starts periods, or that they must precede.

    Attributes:
        id: unique.
        name: what happened, in Chinese.
        field: kind of work it belongs to.
        aliases: other names an officer may type.
        deadline: the periods.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str
    field: str
    aliases: tuple[str, ...] = ()
    deadline: tuple[DeadlineRule, ...]


class _Surcharge(RuleData):
    percent: int


@dataclass(frozen=True, slots=True)
class DeadlineQuestion:
    """What an officer asks.

    Attributes:
        event: id, name or alias of the event.
        day: day of the event.
        fine: amount of the fine in yuan, for the surcharge; None if it is not asked.
        until: day up to which the surcharge is counted.
    """

    event: str
    day: date
    fine: Decimal | None = None
    until: date | None = None


@cache
def events() -> tuple[Event, ...]:
    """Return every event of the rule file, in its order."""
    return tuple(Event.model_validate(raw) for raw in rule_file("deadlines")["event"])


def deadline_rules() -> list[RuleData]:
    """Return every rule of the file, for checking."""
    return [*(rule for event in events() for rule in event.deadline), _surcharge()]


def find_event(name: str) -> Event:
    """Return an event by id, name or alias.

    Raises:
        ProcedureError: there is none such, or several.
    """
    plain = name.strip()
    exact = [e for e in events() if plain in (e.id, e.name, *e.aliases)]
    found = exact or [
        e for e in events() if plain and any(plain in n for n in (e.name, *e.aliases))
    ]
    if len(found) == 1:
        return found[0]
    offered = found or events()
    names = "、".join((*event.aliases, event.name)[0] for event in offered)
    trouble = "对应多个事件" if found else "不是已收录的事件"
    raise ProcedureError(f"“{plain}”{trouble}。请从下列中选一个：{names}。")


def deadlines(question: DeadlineQuestion, checker: Checker, work: WorkCalendar) -> ToolResult:
    """Return every period that runs from the event, in the order of the rule file.

    Raises:
        ProcedureError: the event is unknown, or the day lies outside 1990 to 2099.
    """
    event = find_event(question.event)
    if not _EARLIEST <= question.day < _LATEST:
        raise ProcedureError("日期须在1990年至2099年之间。")
    ends: dict[str, Counted] = {}
    entries = []
    for rule in event.deadline:
        if rule.follows and rule.follows not in ends:
            continue
        bases = checker.bases(rule)
        if bases is None:
            continue
        start = ends[rule.follows].due if rule.follows else question.day
        ends[rule.id] = counted = count(start, rule.period, work)
        entries.append(_entry(rule, counted, bases))
    if question.fine is not None and "payment" in ends:
        surcharge = _surcharge()
        if (bases := checker.bases(surcharge)) is not None:
            entries.append(_surcharge_entry(question, ends["payment"].due, surcharge, bases))
    return ToolResult(
        title=f"时限计算：{event.name}",
        given=_given(question, event),
        entries=tuple(entries),
        notes=(_START, *_unknown(list(ends.values()))),
        withheld=tuple(checker.faults),
    )


def _given(question: DeadlineQuestion, event: Event) -> tuple[Line, ...]:
    day = question.day
    given = [Line("事件", event.name), Line("日期", f"{day.isoformat()}（{weekday(day)}）")]
    if question.fine is not None:
        given.append(Line("罚款", f"{_yuan(question.fine)}元"))
    return tuple(given)


def _entry(rule: DeadlineRule, counted: Counted, bases: Sequence[Basis]) -> Entry:
    length = f"{rule.length}{rule.measure.label}" if rule.length else "届满次日"
    lines = [
        Line("义务人", rule.who),
        Line("期限", length),
        Line("计算", counted.how if rule.length else "前一期限届满的次日"),
    ]
    if counted.rest_day:
        lines.append(
            Line(
                "提示",
                "这一天是休息日，所引法律没有写顺延。机关应提前办结；不宜据此认定当事人逾期。",
            )
        )
    if rule.text:
        lines.append(Line("说明", rule.text))
    return Entry(
        id=rule.id,
        title=rule.name,
        badge=_badge(rule.direction, counted.due),
        lines=tuple(lines),
        bases=distinct(bases),
        day=counted.due,
    )


def _badge(direction: Direction, due: date) -> str:
    words = f"{due.isoformat()} {weekday(due)}"
    if direction is Direction.AFTER:
        return f"自{words}起"
    return f"不晚于{words}" if direction is Direction.BEFORE else words


def _surcharge() -> _Surcharge:
    data = {"id": "surcharge", "name": "加处罚款数额", **rule_file("deadlines")["surcharge"]}
    return _Surcharge.model_validate(data)


def _surcharge_entry(
    question: DeadlineQuestion, payment: date, rule: _Surcharge, bases: Sequence[Basis]
) -> Entry:
    fine = question.fine or Decimal(0)
    if fine <= 0:
        raise ProcedureError("罚款数额须大于零。")
    until = question.until or date.today()
    days = max((until - payment).days, 0)
    amount = min(fine * rule.percent * days / _FULL, fine).quantize(Decimal("0.01"), ROUND_HALF_UP)
    capped = -(-100 // rule.percent)
    top = date.fromordinal(payment.toordinal() + capped)
    lines = (
        Line("计算", f"逾期{days}日 × 每日{rule.percent}% × {_yuan(fine)}元，以罚款数额为上限"),
        Line("提示", f"第{capped}日（{top.isoformat()}）起达到上限，不再增加。"),
        Line("说明", "复议、诉讼期间不计，须自行扣除。"),
    )
    badge = f"截至{until.isoformat()}：{_yuan(amount)}元"
    return Entry(rule.id, rule.name, badge, lines, distinct(bases))


def _unknown(counted: Sequence[Counted]) -> tuple[str, ...]:
    years = sorted({year for item in counted for year in item.unknown})
    if not years:
        return ()
    named = "、".join(f"{year}年" for year in years)
    return (
        f"注意：{named}的放假调休安排尚未收录，涉及该年的日子只排除了周末和元旦、"
        "劳动节、国庆节的固定日期，结果可能偏差。"
        "安排公布后请更新 chinesecalendar，或用设置 holidays 补充，再算一次。",
    )


def _yuan(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
