"""HTML of the work list and of the figures; every value is escaped by the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.answering import Outcome
from assistant.records import Usage, WorkEntry
from assistant.retrieval import Evidence
from assistant.ui.charts import bars, lines
from assistant.ui.render import fill

_OUTCOMES = (
    *((outcome.value, outcome.label) for outcome in Outcome),
    ("failed", "系统出错"),
)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A question of the work list, as it is shown.

    Attributes:
        work: the question and how often it was asked.
        question, note: as administrators may read them.
        sources: passages that may answer it.
    """

    work: WorkEntry
    question: str
    note: str
    sources: tuple[Evidence, ...]

    @property
    def reason(self) -> str:
        """Why it is in the list, in Chinese."""
        entry = self.work.entry
        if entry.vote < 0:
            told = f"：{entry.complaint.label}" if entry.complaint else ""
            return f"被评为没用{told}"
        return "没有找到依据" if entry.answer is not None else "系统出错"

    @property
    def when(self) -> str:
        """When it was last asked."""
        moment: datetime = self.work.entry.moment.astimezone()
        return f"{moment.month}月{moment.day}日 {moment:%H:%M}"


def work(rows: Sequence[WorkRow], total: int, first: int, count: int, *, done: bool) -> str:
    """Return a page of the work list.

    Args:
        rows: the questions of the page.
        total: questions in all.
        first: how many stand before the page.
        count: questions a page.
        done: whether these are done already.
    """
    return fill("work.html", rows=rows, total=total, first=first, count=count, done=done)


def usage(figures: Usage) -> str:
    """Return the figures with their charts."""
    days = [f"{day.day.month}月{day.day.day}日" for day in figures.days]
    parts = [
        (key, label, [day.outcomes.get(key, 0) for day in figures.days])
        for key, label in _OUTCOMES
        if figures.outcomes.get(key) or key != "failed"
    ]
    times = [
        ("middle", "一半的回答不超过", [day.middle for day in figures.days]),
        ("slow", "95% 的回答不超过", [day.slow for day in figures.days]),
    ]
    most = max((cited.answers for cited in figures.cited), default=1)
    return fill(
        "usage.html",
        usage=figures,
        total=sum(figures.outcomes.values()),
        days=days,
        parts=parts,
        times=times,
        bars=bars([values for _, _, values in parts]),
        lines=lines([values for _, _, values in times]),
        most=most,
    )


def problem(message: str) -> str:
    """Return what is shown where the records cannot be read."""
    return fill("items_notice.html", words=message, wrong=True)
