"""What a question asks for, beyond its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from assistant.corpus import Document, DocumentKind, Validity
from assistant.corpus.numerals import NUMERAL, to_int
from assistant.retrieval.citations import find_citations
from assistant.retrieval.dates import day_of
from assistant.retrieval.followup import standalone
from assistant.retrieval.model import CitedPlace
from assistant.retrieval.names import Names


class Tier(StrEnum):
    """Tier of government that a question is about."""

    TOWN = "镇"
    STREET = "街道"
    DISTRICT = "区县"
    CITY = "市"


_TIERS = {
    Tier.TOWN: re.compile(r"(?<!城)(?<!村)[乡镇](?!静|痛|压|长)"),
    Tier.STREET: re.compile(r"街道|街办|办事处"),
    Tier.DISTRICT: re.compile(r"区县|区级|县级|[区县](?:局|政府|司法局|城管|人民政府)"),
    Tier.CITY: re.compile(r"市级|市(?:局|政府|司法局|城管局|人民政府)"),
}
_KINDS = {
    DocumentKind.ITEM_LIST: re.compile(r"清单|赋权事项|执法事项"),
    DocumentKind.PLAN: re.compile(r"方案|改革(?:目标|任务)"),
    DocumentKind.WORK_SYSTEM: re.compile(
        r"工作制度|内部制度|(?:审核|公示|记录|协调|培训|考核)(?:制度|办法)"
    ),
    DocumentKind.REPORT: re.compile(r"年度报告|工作报告|情况报告|统计年报"),
}
_REVISED = re.compile(
    r"新(?:近)?(?:修订|修正|修改|公布|通过|版)?的?[《“]?$|(?:即将|尚未|还没)(?:施行|生效|实施)的[《“]?$"
)
_REVISED_AFTER = re.compile(r"[》”]?(?:修订|修正|修改)(?:以|之)?后|[》”]?(?:新版|新法)")
_PART = re.compile(rf"第\s*[（(]?(?P<number>{NUMERAL})[）)]?\s*(?P<unit>[款项])")


@dataclass(frozen=True, slots=True)
class Query:
    """A question as retrieval understands it.

    Attributes:
        text: the question as asked.
        day: the day whose law applies.
        cited: places that it cites.
        named: documents that it names, cited ones included.
        rewritten: the question as text that stands by itself; equals ``text`` unless it
            leans on an earlier question.
        dated: True where the day was read from the question's own words.
        tiers: tiers of government that it speaks of.
        kinds: kinds of document that it asks for; empty for any.
    """

    text: str
    day: date
    cited: tuple[CitedPlace, ...] = ()
    named: tuple[Document, ...] = ()
    rewritten: str = ""
    dated: bool = False
    tiers: tuple[Tier, ...] = ()
    kinds: tuple[DocumentKind, ...] = field(default=())

    @property
    def before(self) -> str:
        """The part of :attr:`standalone` that comes from earlier questions; may be empty."""
        return self.standalone.removesuffix(self.text.strip()).strip()

    @property
    def standalone(self) -> str:
        """The question as text that stands by itself."""
        return self.rewritten or self.text

    @property
    def searched(self) -> str:
        """The words to search with: those of the question itself weigh twice.

        What is carried over from an earlier question must not outweigh them.
        """
        return f"{self.standalone} {self.text.strip()}" if self.before else self.standalone


def understand(text: str, names: Names, day: date, history: Sequence[str] = ()) -> Query:
    """Read what a question asks for out of its words and the questions before it.

    Args:
        text: the question as asked.
        names: resolves names of documents.
        day: the day whose law applies where the question names none.
        history: the questions asked before it, oldest first.
    """
    rewritten = standalone(text, history)
    said = day_of(rewritten, day)
    asked = said or day
    coming = _coming(rewritten, names, asked)
    cited = tuple(
        replace(place, document=coming.get(place.document.id, place.document))
        for place in _cited(text, rewritten, names, asked)
    )
    within = (coming.get(document.id, document) for document in names.within(rewritten, asked))
    named = {document.id: document for document in (*(p.document for p in cited), *within)}
    return Query(
        text=text,
        day=asked,
        cited=cited,
        named=tuple(named.values()),
        rewritten=rewritten,
        dated=said is not None,
        tiers=tuple(tier for tier, words in _TIERS.items() if words.search(rewritten)),
        kinds=tuple(kind for kind, words in _KINDS.items() if words.search(rewritten)),
    )


def _coming(text: str, names: Names, day: date) -> dict[str, Document]:
    """The versions not yet in force that a question means by 新修订的, by the id of today's."""
    coming: dict[str, Document] = {}
    for mention in names.mentions(text):
        today = mention.applicable(day)
        later = [d for d in mention.versions if d.validity_on(day) is Validity.NOT_YET]
        revised = _REVISED.search(text[: mention.start]) or _REVISED_AFTER.match(text, mention.end)
        if today is not None and later and revised:
            coming[today.id] = later[-1]
    return coming


def _cited(text: str, rewritten: str, names: Names, day: date) -> tuple[CitedPlace, ...]:
    """The places that the question cites, itself or by leaning on an earlier one.

    Positions are those in ``text``; a place that only the earlier question cites is
    nowhere in it.
    """
    if rewritten == text:
        return tuple(find_citations(text, names, day))
    before = rewritten[: -len(text.strip())]
    earlier = find_citations(before, names, day)
    own: list[CitedPlace] = []
    for within in _spoken_of(before, earlier, names, day) or (None,):
        own += find_citations(text, names, day, within=within)
    if own:
        return tuple(dict.fromkeys(own))
    if earlier and not earlier[-1].row and (part := _PART.search(text)):
        try:
            number = to_int(part["number"])
        except ValueError:
            # Characters of numerals that make no number, such as 〇十.
            return ()
        place = replace(earlier[-1], item=0, start=part.start(), end=part.end())
        if part["unit"] == "款":
            return (replace(place, paragraph=number),)
        return (replace(place, item=number),)
    return tuple(replace(place, start=0, end=0) for place in earlier)


def _spoken_of(
    before: str, earlier: Sequence[CitedPlace], names: Names, day: date
) -> Sequence[Document]:
    """Return the document that a bare number after ``before`` is of, or the lists."""
    if earlier and earlier[-1].row:
        return list({p.document.id: p.document for p in earlier if p.row}.values())
    if earlier:
        return [earlier[-1].document]
    if named := names.within(before, day):
        return named[-1:]
    lists = names.lists.named(before, day)
    return lists[-1][2] if lists else ()
