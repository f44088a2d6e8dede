"""Citations in running text: which article, paragraph and item of which document."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.corpus import Document, DocumentKind
from assistant.corpus.numerals import NUMERAL, to_int
from assistant.retrieval.joining import BETWEEN, JOIN, LONGEST_RANGE, RANGE
from assistant.retrieval.model import CitedPlace
from assistant.retrieval.names import Mention, Names
from assistant.retrieval.rows import find_rows

_SUFFIX = r"(?:\s*之\s*[一二三四五六七八九十]+)?"
_ARTICLES = re.compile(
    rf"(?P<first>第)?\s*(?P<numbers>{NUMERAL}(?:{JOIN}第?\s*{NUMERAL})*)\s*条"
    rf"(?P<suffix>\s*之\s*(?P<after>[一二三四五六七八九十]+))?"
)
_NUMBERS = re.compile(rf"(?P<join>{JOIN})?第?\s*(?P<number>{NUMERAL})")
_BARE = re.compile(r"\s*(?P<number>\d{1,4})(?![\d年月日天号元人个名件次%.:]|\s*[条款项章节])")
_PARAGRAPH = re.compile(rf"(?:{JOIN})?\s*第?\s*(?P<number>{NUMERAL})\s*款")
_ITEM = re.compile(
    rf"(?:{JOIN})?\s*第?\s*(?:(?P<number>{NUMERAL})\s*项|\(\s*(?P<ring>{NUMERAL})\s*\)\s*项?)"
)
_SECTION = re.compile(
    r"(?P<part>[一二三四五六七八九十]+)\s*(?:部分)?\s*[、,.]?\s*\((?P<section>[一二三四五六七八九十]+)\)"
)
_SAME = re.compile(r"(?:本|该|此|这部|这个|同)(?:法|法典|条例|办法|规定|细则|规则|制度|方案)$")
_LAWLIKE = re.compile(r"[一-鿿]+(?:法|法典|条例|办法|细则|规则|规程)$")
_NOT_A_LAW = re.compile(
    r"(?:依法|执法|违法|合法|司法|非法|立法|守法|普法|方法|做法|说法|看法|想法|用法|书法|手法|无法|"
    r"[这那本该此的种个么]办法)$"
)
_PREVIOUS = re.compile(r"前(?P<count>[两二三四五])?条")


def find_citations(
    text: str,
    names: Names,
    day: date,
    *,
    within: Document | None = None,
    at: str = "",
) -> list[CitedPlace]:
    """Return the places that ``text`` cites, in order.

    Reads 《行政处罚法》第六十三条第一款第（二）项, 处罚法63条, 处罚法63, lists and ranges
    (第三条、第五条至第七条, 第一款第一项、第三项), 本法第五十一条, 前条, and 第六十三条 alone
    after a document was named; of item lists rows, 镇清单第12项.  What names no known
    document is left out: a wrong article is worse than none.

    Args:
        text: a question, or the words of a passage.
        names: resolves names of documents.
        day: the day whose version is meant.
        within: the document that 本法 and a bare 第…条 refer to, where there is one.
        at: anchor of the article that ``text`` stands in, for 前条.
    """
    plain = unicodedata.normalize("NFKC", text)
    mentions = names.mentions(plain)
    places: list[CitedPlace] = []
    last, position = within, 0
    for match in _candidates(plain, mentions):
        mention = _before(mentions, match.start())
        if mention is not None and mention.end >= position:
            last = mention.applicable(day)
        gap_start = max(position, mention.end if mention is not None else 0)
        document = _document(match, plain[gap_start : match.start()], last, within, names, day)
        attached = mention is not None and mention.end >= position
        adjoins = BETWEEN.fullmatch(plain, gap_start, match.start()) is not None
        position = match.end()
        if document is None:
            last = None
            continue
        if document.kind is DocumentKind.ITEM_LIST:
            continue
        # 63条 without 第 may be a count of things, so it needs a name right before it.
        if "first" in match.groupdict() and not match["first"]:
            follows = bool(places) and places[-1].end == gap_start
            if not adjoins or not (attached or follows):
                continue
        last = document
        cited = list(_read(plain, match, document))
        if places and cited and RANGE.fullmatch(plain[gap_start : match.start()].strip()):
            places += _between(places[-1], cited[0])
        places += cited
        position = max((place.end for place in cited), default=position)
    places += _sections(plain, mentions, day)
    places += list(find_rows(plain, names, day, places, within))
    if within is not None and at:
        places += _preceding(plain, within, at)
    return sorted(places, key=lambda place: (place.start, place.end))


def _sections(plain: str, mentions: list[Mention], day: date) -> Iterator[CitedPlace]:
    """Sections of the bureau's documents: 实施方案二、（四）."""
    for mention in mentions:
        document = mention.applicable(day)
        between = BETWEEN.match(plain, mention.end)
        if document is None or document.kind is DocumentKind.STATUTE or between is None:
            continue
        start = re.compile(r"第?").match(plain, between.end())
        match = _SECTION.match(plain, start.end() if start else between.end())
        if match is not None:
            anchor = f"s{to_int(match['part'])}.{to_int(match['section'])}"
            yield CitedPlace(document, anchor, 0, 0, match.start(), match.end())


def _candidates(plain: str, mentions: list[Mention]) -> list[re.Match[str]]:
    """Article numbers outside names; titles of interpretations contain some."""
    found = [
        match
        for match in _ARTICLES.finditer(plain)
        if not any(mention.start <= match.start() < mention.end for mention in mentions)
    ]
    taken = {match.start("numbers") for match in found}
    for mention in mentions:
        bare = _BARE.match(plain, mention.end)
        if bare is not None and bare.start("number") not in taken:
            found.append(bare)
    return sorted(found, key=lambda match: match.start())


def _before(mentions: list[Mention], position: int) -> Mention | None:
    return next((m for m in reversed(mentions) if m.end <= position), None)


def _document(
    match: re.Match[str],
    gap: str,
    last: Document | None,
    within: Document | None,
    names: Names,
    day: date,
) -> Document | None:
    words = re.sub(r"[\s的,、]+$", "", gap)
    if _SAME.search(words):
        return within or last
    lawlike = _LAWLIKE.search(words)
    if lawlike is not None and not _NOT_A_LAW.search(words):
        return names.abbreviated_at_end_of(lawlike[0], day)
    return last


def _read(plain: str, match: re.Match[str], document: Document) -> Iterator[CitedPlace]:
    groups = match.groupdict()
    try:
        anchors = list(_anchors(groups.get("numbers") or match["number"]))
    except ValueError:
        return
    if groups.get("after"):
        anchors[-1] = f"{anchors[-1]}-{to_int(groups['after'])}"
    place = CitedPlace(document, "", 0, 0, match.start(), match.end())
    for anchor in anchors[:-1]:
        yield replace(place, anchor=anchor)
    yield from _narrowed(plain, replace(place, anchor=anchors[-1]))


def _anchors(numbers: str) -> Iterator[str]:
    previous = 0
    for match in _NUMBERS.finditer(numbers):
        number = to_int(match["number"])
        is_range = bool(match["join"] and RANGE.search(match["join"]))
        if is_range and 0 < number - previous <= LONGEST_RANGE:
            yield from (f"a{between}" for between in range(previous + 1, number))
        yield f"a{number}"
        previous = number


def _between(first: CitedPlace, last: CitedPlace) -> Iterator[CitedPlace]:
    """The articles between the two ends of 第六十三条至第六十五条."""
    left, right = (re.fullmatch(r"a(\d+)", place.anchor) for place in (first, last))
    if left is None or right is None or first.document != last.document:
        return
    numbers = range(int(left[1]) + 1, int(right[1]))
    if len(numbers) < LONGEST_RANGE:
        yield from (replace(last, anchor=f"a{number}") for number in numbers)


def _narrowed(plain: str, place: CitedPlace) -> Iterator[CitedPlace]:
    """Follow 第一款第一项、第三项, one place for each paragraph or item named."""
    narrowed: list[CitedPlace] = []
    current = place
    while True:
        if match := _PARAGRAPH.match(plain, current.end):
            current = replace(place, paragraph=to_int(match["number"]), end=match.end())
            narrowed.append(current)
        elif match := _ITEM.match(plain, current.end):
            item = to_int(match["number"] or match["ring"])
            if narrowed and not current.item:
                narrowed.pop()
            current = replace(current, item=item, end=match.end())
            narrowed.append(current)
        else:
            break
    yield from narrowed or [place]


def _preceding(plain: str, document: Document, at: str) -> Iterator[CitedPlace]:
    number = re.match(r"a(\d+)(?:-(\d+))?$", at)
    if number is None:
        return
    for match in _PREVIOUS.finditer(plain):
        count = to_int(match["count"]) if match["count"] else 1
        first = int(number[1]) - count if not number[2] else int(number[1]) - count + 1
        for article in range(max(first, 1), first + count):
            anchor = f"a{article}"
            yield CitedPlace(document, anchor, 0, 0, match.start(), match.end())
