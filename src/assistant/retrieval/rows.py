"""Citations of rows of item lists: 《…事项清单》第60项, 镇清单第12项, 街道清单3、5项."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.corpus import Document, DocumentKind
from assistant.corpus.numerals import NUMERAL, to_int
from assistant.retrieval.joining import BETWEEN, JOIN, LONGEST_RANGE, RANGE
from assistant.retrieval.model import CitedPlace
from assistant.retrieval.names import Names

_ROWS = re.compile(
    rf"(?P<first>第)?\s*(?P<numbers>{NUMERAL}(?:{JOIN}第?\s*{NUMERAL})*)\s*(?P<unit>条?事项|[项号行条])"
)
# 镇清单108项都有哪些 counts the rows, and so does 镇清单两项.
_COUNTED = re.compile(r"\s*(?:里|中|都|全|各|共|总|分别|事项)")
_COUNTS = ("一", "两")
_NUMBERS = re.compile(rf"(?P<join>{JOIN})?第?\s*(?P<number>{NUMERAL})")
_BARE = re.compile(r"\s*(?P<number>\d{1,4})(?![\d年月日天号元人个名件次%.:]|\s*[条款项章节行事])")
# 第三条第一项 is an item of an article.
_OF_ARTICLE = re.compile(r"[条款]$")
# Further from the list's name than this, or past another text, 第三项 is of something else.
_GAP = re.compile(r"[^。;；?？!！《》]{0,16}")
_OTHER_TEXT = re.compile(r"方案|制度|办法|规定|条例|报告|法第|第")


@dataclass(frozen=True, slots=True)
class _Named:
    """Lists named in a text; none where it names something else."""

    start: int
    end: int
    documents: tuple[Document, ...]


def find_rows(
    plain: str,
    names: Names,
    day: date,
    articles: Sequence[CitedPlace],
    within: Document | None = None,
) -> Iterator[CitedPlace]:
    """Yield the rows that a text cites, in order; of several lists one after the other.

    A row that a list does not have is yielded without anchor, so that it can be said.

    Args:
        plain: the text, after NFKC.
        names: resolves names of documents and lists.
        day: the day whose edition is meant.
        articles: places already read; an item of an article is no row.
        within: the list that a bare 第5项 refers to, where there is one.
    """
    named = _named(plain, names, day)
    if within is not None and within.kind is DocumentKind.ITEM_LIST:
        named.insert(0, _Named(0, 0, (within,)))
    if not any(name.documents for name in named):
        return
    last: tuple[_Named, int, int] | None = None
    for match in _candidates(plain, named):
        name = next((n for n in reversed(named) if n.end <= match.start()), None)
        if name is None or not name.documents or _inside(match, articles, named):
            continue
        goes_on = last is not None and last[0] is name
        start = last[1] if last is not None and goes_on else name.end
        gap = plain[start : match.start()]
        joins = bool(re.fullmatch(JOIN, gap)) if goes_on else bool(BETWEEN.fullmatch(gap))
        if not joins and not _reaches(match, gap):
            continue
        numbers = _read(match)
        if goes_on and last is not None and RANGE.fullmatch(gap.strip()) and numbers:
            between = range(last[2] + 1, numbers[0])
            numbers = [*(between if len(between) < LONGEST_RANGE else ()), *numbers]
        begin = match.start() if goes_on or not name.end else name.start
        found = list(_places(name, numbers, match, begin, names))
        yield from found
        if found:
            last = (name, match.end(), numbers[-1])


def _named(plain: str, names: Names, day: date) -> list[_Named]:
    """Every document and list that a text names, in order."""
    found = []
    short = [_Named(*place) for place in names.lists.named(plain, day)]
    for mention in names.mentions(plain):
        document = mention.applicable(day)
        inside = [n for n in short if mention.start <= n.start < mention.end]
        if document is not None and document.kind is DocumentKind.ITEM_LIST:
            found.append(_Named(mention.start, mention.end, (document,)))
        elif document is None and inside and mention.end - inside[0].end <= 1:
            # 《镇清单》 in its marks, and nothing else within them.
            whole = inside[0].start - mention.start <= 1
            found.append(_Named(mention.start, mention.end, inside[0].documents if whole else ()))
        elif not any(n.start <= mention.start < n.end for n in short):
            found.append(_Named(mention.start, mention.end, ()))
    taken = [*found]
    found += [n for n in short if not any(t.start < n.end and n.start < t.end for t in taken)]
    return sorted(found, key=lambda name: name.start)


def _candidates(plain: str, named: Sequence[_Named]) -> list[re.Match[str]]:
    found = list(_ROWS.finditer(plain))
    taken = {match.start("numbers") for match in found}
    for name in named:
        bare = _BARE.match(plain, name.end) if name.documents and name.end else None
        if bare is not None and bare.start("number") not in taken:
            found.append(bare)
    return sorted(found, key=lambda match: match.start())


def _inside(match: re.Match[str], articles: Sequence[CitedPlace], named: Sequence[_Named]) -> bool:
    """Whether a number belongs to an article or to a name."""
    spans = [(place.start, place.end) for place in articles]
    spans += [(name.start, name.end) for name in named]
    if any(start < match.end() and match.start() < end for start, end in spans):
        return True
    return _OF_ARTICLE.search(match.string[: match.start()].rstrip()) is not None


def _reaches(match: re.Match[str], gap: str) -> bool:
    """Whether 第60项 some words after the name is still a row of the list."""
    first = match.groupdict().get("first")
    return bool(first and _GAP.fullmatch(gap) and not _OTHER_TEXT.search(gap))


def _read(match: re.Match[str]) -> list[int]:
    """The numbers of one citation, ranges filled in; none where a numeral makes no number."""
    groups = match.groupdict()
    if "numbers" not in groups:
        return [int(match["number"])]
    numbers: list[int] = []
    try:
        for part in _NUMBERS.finditer(match["numbers"]):
            number = to_int(part["number"])
            is_range = bool(numbers and part["join"] and RANGE.search(part["join"]))
            if is_range and 0 < number - numbers[-1] <= LONGEST_RANGE:
                numbers += range(numbers[-1] + 1, number)
            numbers.append(number)
    except ValueError:
        return []
    return numbers


def _places(
    name: _Named, numbers: Sequence[int], match: re.Match[str], begin: int, names: Names
) -> Iterator[CitedPlace]:
    groups = match.groupdict()
    unit = groups.get("unit", "")
    if not groups.get("first") and (
        _COUNTED.match(match.string, match.end()) or groups.get("numbers") in _COUNTS
    ):
        return
    for number in numbers:
        label = f"第{number}{'行' if unit == '行' else '项'}"
        held = [(d, a) for d in name.documents for a in names.lists.anchors(d, label)]
        for document, anchor in held:
            yield CitedPlace(document, anchor, 0, 0, begin, match.end(), label)
        # A line of a sheet or a bare number that is no row's is something else.
        if held or unit in ("", "行"):
            continue
        for document in name.documents:
            if names.lists.count(document):
                yield CitedPlace(document, "", 0, 0, begin, match.end(), label)
