"""Acts that an article punishes: what is done, by whom, and what for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.quiz.source import Article, Listing
from assistant.quiz.wording import dangles, is_catch_all

_LENGTHS = range(8, 61)
_PENAL = re.compile(r"责令|罚款|警告|拘留|吊销")
_ACT = re.compile(
    r"^(?:违反本(?:法|条例|办法)规定，)?(?P<act>[^。；]{8,60}?)的，(?=由(?!于)|处|责令|给予)"
)
_TWISTED = re.compile(
    r"违反本|本法第|有关情形|有其他|的，|罚款|处罚|前款|本条|[、和]第|除外|^除|另有规定|"
    r"逾期|情节|拒不|有关责任|^构成|^责令|违反治安管理|[“”]|"
    # What was to be done stands elsewhere.
    r"^(?:未|不)(?:依法|按照规定|按规定)[^，、]{0,12}(?:措施|制度|义务|职责)的?$"
)
_WHO = re.compile(
    r"^(?P<who>[^。；：]{0,40}?)有(?:下列|以下|如下)[^，。；：]{0,8}?(?P<sort>行为|情形)之一的?，"
)
_UNLAWFUL = re.compile(r"违反本(?:法|条例|办法)的?规定，?")
_PLACES = ("在", "对", "于", "因", "向", "违反")
_SANCTION = re.compile(
    r"^(?:由[^，；。：]{2,70}?)?(?P<sanction>(?:责令|处|给予|没收)[^；。：]*)(?=[；。：])"
)


@dataclass(frozen=True, slots=True)
class Act:
    """An act with what an article says about it.

    Attributes:
        words: the act, verbatim from the article.
        told: a Chinese sentence that says it was found, with the act in quotation marks.
        sanction: what the article first threatens, verbatim and without the authority;
            empty where that is not clear.
        quote: the words that punish it.
    """

    words: str
    told: str
    sanction: str
    quote: str

    @property
    def ruling(self) -> str:
        """The paragraph that punishes: of a list its head."""
        return self.quote.split("\n")[0]


def acts_in(article: Article) -> Iterator[Act]:
    """Yield the acts of an article that can be told without what stands around them."""
    for line in article.lines:
        match = _ACT.match(line)
        if match is None or not line.endswith("。") or "：" in line or "指" in match["act"]:
            continue
        if not dangles(match["act"]) and not _TWISTED.search(match["act"]):
            told = f"经查明的事实为“{match['act']}”。"
            yield Act(match["act"], told, _sanction(line[match.end() :]), line)
    for listing in article.listings():
        # What a later paragraph names may only make worse what the first punishes.
        if listing.head == article.lines[0] or not listing.head.startswith("有下列情形"):
            yield from _listed(listing)


def is_penal(article: Article) -> bool:
    """Return whether an article threatens a sanction."""
    return _PENAL.search(article.passage.text) is not None


def _listed(listing: Listing) -> Iterator[Act]:
    head = _WHO.match(listing.head)
    if head is None or not _PENAL.search(listing.head):
        return
    who = _UNLAWFUL.sub("", head["who"]).rstrip("，")
    if dangles(who):
        return
    # Where something happens is not who did it; a list for everybody names nobody.
    if not who or who.startswith(_PLACES):
        who = f"当事人{who}"
    for item in listing.items:
        words = item.removesuffix("的")
        if len(item) not in _LENGTHS or is_catch_all(item) or dangles(item):
            continue
        if not _TWISTED.search(item):
            told = f"经查明，{who}有“{words}”的{head['sort']}。"
            yield Act(words, told, _sanction(listing.head[head.end() :]), listing.quote)


def _sanction(rest: str) -> str:
    match = _SANCTION.match(rest)
    return match["sanction"] if match else ""
