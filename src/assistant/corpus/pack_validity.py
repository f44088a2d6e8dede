"""What the law pack's texts themselves say about which of its laws may be applied."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.corpus.repeals import repealed_titles


@dataclass(frozen=True, slots=True)
class Law:
    """A version of a law as the pack lists it; ``level`` and ``status`` in the pack's words."""

    id: str
    title: str
    level: str
    authority: str
    published: date | None
    stated_effective: date | None
    version: date | None
    status: str
    subject: str

    @property
    def effective(self) -> date | None:
        """First day of this version: the stated day, or the version's own if later.

        The pack keeps the law's original day with amended texts; those took effect no
        earlier than the amendment.
        """
        days = [day for day in (self.stated_effective, self.version) if day is not None]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class LawRow:
    """An article of a law: its headings, its number as printed, its text."""

    chapter: str
    section: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Repeal:
    """A repeal clause: which article of which law ends another law, and when."""

    by: str
    by_title: str
    article: str
    day: date | None


def find_repeals(laws: Mapping[str, Law], rows: Mapping[str, list[LawRow]]) -> dict[str, Repeal]:
    """Return the repeal clause that ends each law, by the ended law's id."""
    by_title: dict[str, list[Law]] = defaultdict(list)
    for law in laws.values():
        by_title[law.title].append(law)
    repeals: dict[str, Repeal] = {}
    for law in laws.values():
        for row in rows[law.id]:
            for title in repealed_titles(row.text):
                for ended in by_title.get(title, ()):
                    # A law never ends itself, nor a text adopted after it.
                    older = (ended.version or date.min) < (law.version or date.min)
                    if ended.title != law.title and older:
                        repeals[ended.id] = Repeal(law.id, law.title, row.number, law.effective)
    return repeals


def find_successors(laws: Mapping[str, Law]) -> dict[str, Law]:
    """Return the next version of each law that has one, by the older version's id."""
    versions: dict[str, list[Law]] = defaultdict(list)
    for law in laws.values():
        versions[law.title].append(law)
    successors = {}
    for same_title in versions.values():
        same_title.sort(key=lambda law: law.version or date.min)
        for older, newer in pairwise(same_title):
            successors[older.id] = newer
    return successors


def state_evidence(law: Law, repeal: Repeal | None, successor: Law | None) -> str:
    """Return a Chinese sentence saying what the status of a law rests on."""
    if successor is not None:
        return f"资料包收录了{successor.version or '更晚'}的新文本，自{successor.effective}起施行。"
    if repeal is not None:
        return f"《{repeal.by_title}》{repeal.article}载明，自{repeal.day}起同时废止。"
    if law.status == "已废止":
        return "资料包标注为已废止，但包内没有条文载明其废止，引用前请核对。"
    if law.status == "已被修改":
        return "资料包标注为已被修改，包内没有修改后的完整文本，引用前请核对修正案。"
    return f"资料包标注为{law.status}，文本版本日期{law.version}。"
