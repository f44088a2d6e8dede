"""Prove for a file that nothing was lost: articles counted anew, every character accounted for.

Nothing here is shared with the parser.  Text and Markdown files are read again from
their bytes; of other formats, what the reader handed on is compared.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

from assistant.corpus.loader import read_folder
from assistant.corpus.model import CorpusError, Passage, Unit
from assistant.corpus.readers import read_file
from assistant.corpus.remainder import Reason
from assistant.corpus.source import Block, Table
from assistant.corpus.structure import Structured, parse

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "－": 1}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[零〇一二三四五六七八九十百千两0-9]+－?"
# An article opens a line or follows a sentence; a blank or the line's end follows its
# number, or the blank has slipped before its last character.
_ARTICLE = re.compile(
    rf"(?:^|(?<=[。；”])[ \u3000]+)[ \u3000]*第\s?({_NUMERAL})"
    rf"(?:条(?:之({_NUMERAL}))?(?=[ \u3000]|$)|[ \u3000]条)"
)
_SPACELESS = re.compile(rf"^第\s?({_NUMERAL})\s?条(?:之({_NUMERAL}))?")
_MARKUP = re.compile(
    r"<!--.*?-->|^\s*#{1,6} |\*\*|^\s*\|?[\s:|-]+\|[\s:|-]*$|^\s*[-*] ", re.M | re.S
)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class FileAudit:
    """What was proved for one file.

    Attributes:
        origin: the file, relative to the folder.
        articles_counted: numbers of the articles that the text has, in order.
        articles_found: numbers of the articles among the passages, in order.
        characters: visible characters of the source.
        in_passages: how many of them stand in passages.
        explained: how many stand in a remainder, by reason.
        problems: Chinese sentences; empty for a perfect file.
    """

    origin: str
    articles_counted: tuple[str, ...]
    articles_found: tuple[str, ...]
    characters: int
    in_passages: int
    explained: dict[str, int]
    problems: tuple[str, ...]

    @property
    def perfect(self) -> bool:
        """True if every article was found in order and every character is accounted for."""
        return not self.problems

    @property
    def unexplained(self) -> int:
        """Characters of the source that stand nowhere."""
        return self.characters - self.in_passages - sum(self.explained.values())


def audit_file(path: Path, root: Path) -> FileAudit:
    """Compare the passages of a file with the file itself.

    Raises:
        CorpusError: the file cannot be read.
    """
    source = read_file(path, root)
    result = parse(source, "audit")
    lines = _raw_lines(path) or [block_text(block) for block in source.blocks]
    explained = Counter[str]()
    for rest in result.remainders:
        explained[rest.reason.value] += len(_visible(rest.text))
    return FileAudit(
        origin=source.origin,
        articles_counted=tuple(_count_articles(lines)),
        articles_found=tuple(_found_articles(result.passages)),
        characters=sum(len(_visible(line)) for line in lines),
        in_passages=sum(len(_visible(_own_text(p))) for p in result.passages),
        explained=dict(explained),
        problems=tuple(find_problems(lines, result)),
    )


def find_problems(lines: Sequence[str], result: Structured) -> list[str]:
    """Return Chinese sentences on what ``result`` does not have as ``lines`` have it.

    Args:
        lines: the source's own lines, without markup.
        result: the same source taken apart.
    """
    return [
        *_article_problems(list(_count_articles(lines)), list(_found_articles(result.passages))),
        *_layout_problems(result),
        *_character_problems(lines, result),
    ]


def _raw_lines(path: Path) -> list[str]:
    """Return the lines of a text file without its markup.

    Nothing for other formats, and for members of archives.
    """
    suffix = path.suffix.lower()
    if suffix not in (".md", ".txt") or not path.is_file():
        return []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    if suffix == ".md":
        text = _MARKUP.sub("", text)
    return [line.strip() for line in text.splitlines() if line.strip()]


def block_text(block: Block) -> str:
    """Return the words of a block as its reader handed it on."""
    if isinstance(block, Table):
        return "".join(_merged(row) for row in block.rows)
    return block.text


def _merged(cells: Iterable[str]) -> str:
    """Return the words of a row; a cell merged over several columns counts once."""
    return "".join(words for words, _ in groupby(filter(None, map(_visible, cells))))


def _visible(text: str) -> str:
    """Return the characters that a reader sees, in their ordinary form."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if unicodedata.category(c)[0] not in "ZC" and c != "|")


def _count_articles(lines: Sequence[str]) -> Iterator[str]:
    last = (0, 0)
    for line in lines:
        matches = list(_ARTICLE.finditer(line))
        # Where a layout swallows blanks, an article is known by following the one before.
        if not matches and (match := _SPACELESS.match(line)):
            here = (_value(match[1]), _value(match[2] or "零"))
            if here in ((last[0] + 1, 0), (last[0], last[1] + 1)):
                matches = [match]
        for match in matches:
            last = (_value(match[1]), _value(match[2] or "零"))
            yield _number(match[1], match[2])


def _found_articles(passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        if passage.unit is Unit.ARTICLE and passage.part == 0:
            match = _SPACELESS.match(passage.text)
            yield _number(match[1], match[2]) if match else f"?{passage.text[:10]}"


def _number(numeral: str, suffix: str | None) -> str:
    return f"{_value(numeral)}-{_value(suffix)}" if suffix else str(_value(numeral))


def _value(numeral: str) -> int:
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    total = digit = 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def _article_problems(counted: Sequence[str], found: Sequence[str]) -> Iterator[str]:
    if counted == found:
        return
    matcher = SequenceMatcher(a=counted, b=found, autojunk=False)
    for action, a, b, c, d in matcher.get_opcodes():
        if action != "equal":
            want, have = "、".join(counted[a:b]) or "无", "、".join(found[c:d]) or "无"
            yield f"条文不一致：原文第{want}条，读出第{have}条。"


def _layout_problems(result: Structured) -> Iterator[str]:
    """Check that passages and remainders tile the text, and that addresses are unique."""
    spans = [(p.start, p.end, p.id) for p in result.passages]
    spans += [
        (rest.start, rest.start + len(rest.text), rest.reason.value)
        for rest in result.remainders
        if rest.start is not None
    ]
    position = 0
    for start, end, name in sorted(spans):
        if start < position:
            yield f"{name} 与前文重叠。"
        if words := result.text[position:start].strip():
            yield f"未归入任何条目的文字：{words[:_SHOWN]}"
        position = max(position, end)
    for passage in result.passages:
        if result.text[passage.start : passage.end] != passage.text:
            yield f"{passage.id} 的文字与原文位置不符。"
    for identity, count in Counter(p.id for p in result.passages).items():
        if count > 1:
            yield f"地址 {identity} 重复 {count} 次。"


def _own_text(passage: Passage) -> str:
    """Return the passage's words as the source has them: a row's cells without headings."""
    if passage.fields:
        return _merged(value for _, value in passage.fields)
    return "".join(_merged(line.split(" | ")) for line in passage.text.split("\n"))


def _character_problems(lines: Sequence[str], result: Structured) -> Iterator[str]:
    furniture = [_visible(words) for words in result.of(Reason.FURNITURE)]
    pieces = [(p.start, _own_text(p)) for p in result.passages]
    pieces += [(rest.start, rest.text) for rest in result.remainders if rest.start is not None]
    have = "".join(_visible(words) for _, words in sorted(pieces))
    # A page number may look like the line below it, so every way to read on is followed.
    places = {0}
    for line in map(_visible, lines):
        reached = {place + len(line) for place in places if have.startswith(line, place)}
        reached |= places if line in furniture else set()
        if not reached:
            shown = have[max(places) : max(places) + _SHOWN]
            yield f"文字不一致：原文“{line[:_SHOWN]}”，读出“{shown}”。"
            return
        places = reached
    if len(have) not in places:
        yield f"读出了原文没有的文字：{have[max(places) : max(places) + _SHOWN]}"
    elif len(have) + sum(map(len, furniture)) != sum(len(_visible(line)) for line in lines):
        yield "页眉页脚的字数与原文不符。"


@dataclass(frozen=True, slots=True)
class CorpusAudit:
    """What was proved for a folder.

    Attributes:
        files: one audit for each file that could be read.
        unreadable: the other files, with reason and remedy.
    """

    files: Sequence[FileAudit]
    unreadable: Sequence[CorpusError]

    @property
    def perfect(self) -> int:
        """How many files are perfect."""
        return sum(file.perfect for file in self.files)

    @property
    def characters(self) -> int:
        """Visible characters of all files."""
        return sum(file.characters for file in self.files)

    @property
    def unexplained(self) -> int:
        """Characters that stand nowhere, or twice, over all files."""
        return sum(abs(file.unexplained) for file in self.files)

    def explained(self) -> dict[str, int]:
        """Return the characters that stand in no passage, by reason, most first."""
        total = Counter[str]()
        for file in self.files:
            total.update(file.explained)
        return dict(total.most_common())


def audit_folder(root: Path, progress: Callable[[int, int], None] | None = None) -> CorpusAudit:
    """Audit every file under ``root``; ``progress`` is told how many of how many are done."""
    audits: list[FileAudit] = []
    unreadable: list[CorpusError] = []
    files = read_folder(root)
    for number, file in enumerate(files, start=1):
        try:
            audits.append(audit_file(file.path, root))
        except CorpusError as error:
            unreadable.append(error)
        if progress is not None:
            progress(number, len(files))
    return CorpusAudit(audits, unreadable)
