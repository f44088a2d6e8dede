"""HTML of the list of conversations; every value is escaped by the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.records import Talk
from assistant.ui.render import fill


@dataclass(frozen=True, slots=True)
class _Row:
    talk: Talk
    when: str


def talk_bar(talk: str, title: str) -> str:
    """Return the line above the conversation: what it is called, and what one can do."""
    return fill("talk_bar.html", talk=talk, title=title)


def history(
    talks: Sequence[Talk], current: str, needle: str, removed: tuple[str, str], now: datetime
) -> str:
    """Return the list of conversations.

    Args:
        talks: what is listed, newest first.
        current: the conversation that is open.
        needle: the words searched for; empty for none.
        removed: id and title of the conversation that was just removed.
        now: the moment, by the server's clock.
    """
    rows = [_Row(talk, _when(talk.changed, now)) for talk in talks]
    return fill("history.html", rows=rows, current=current, needle=needle, removed=removed)


def problem(message: str) -> str:
    """Return what is shown where the records cannot be read."""
    return fill("items_notice.html", words=message, wrong=True)


def missing_answer() -> str:
    """Return what is shown for a link to an answer that the visitor may not see."""
    return fill("missing_answer.html")


def _when(moment: datetime, now: datetime) -> str:
    local = moment.astimezone().replace(tzinfo=None)
    days = (now.date() - local.date()).days
    if days == 0:
        return f"今天 {local:%H:%M}"
    if days == 1:
        return f"昨天 {local:%H:%M}"
    if local.year == now.year:
        return f"{local.month}月{local.day}日"
    return f"{local.year}年{local.month}月{local.day}日"
