"""Plain text in the encodings of Chinese offices, and Markdown as statutes are kept in it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from assistant.corpus.digest import content_digest
from assistant.corpus.model import CorpusError
from assistant.corpus.numbering import read_marker
from assistant.corpus.source import Block, Paragraph, Source, Table

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# The characters that official texts use most; both scripts write them alike.  Bytes read
# in the wrong encoding give rare characters instead.
_FREQUENT = frozenset(
    "的一是不人在有和第中大者或法由以及行政日月年上下本市其他之定之可自所理生地方公分主要工作文"
    "部位令等十二三四五六七八九款不得事件使用制成部本合同期日起施"
)
_WIDTHS = range(20, 61)
"""Characters in a line at which editors break Chinese text."""
_RAGGED = 2
"""Characters by which a broken line may be shorter, so that no line starts with a comma."""
_BROKEN = 0.3
"""Share of full lines from which a text is taken to be broken at a width."""
_SENTENCE_END = re.compile(r"[。！？；：][”’」』）)】》]*$")
_ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_DAMAGED = 0.01
"""Share of unreadable characters above which a text is refused."""

_HEADING = re.compile(r"(#{1,6})\s+")
_RULE = re.compile(r"(?:[-*_]\s*){3,}")
_SEPARATOR = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_QUOTE_OR_BULLET = re.compile(r"\A(?:[>*+-]\s+)+")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")
_CELL_EDGE = re.compile(r"(?<!\\)\|")


def read_text(path: Path, origin: str) -> Source:
    """Read a plain text file; every line is a paragraph, unless lines are broken at a width.

    Raises:
        CorpusError: the file is empty, no text, or in no encoding that Chinese offices use.
    """
    text, warnings = decode(path.read_bytes(), origin)
    blocks = [Paragraph(line) for line in _unwrapped(text.splitlines())]
    return Source(origin, content_digest(path), blocks, warnings=warnings)


def read_markdown(path: Path, origin: str) -> Source:
    """Read a Markdown file: ``#`` headings, pipe tables, and every other line a paragraph.

    Raises:
        CorpusError: as for :func:`read_text`.
    """
    text, warnings = decode(path.read_bytes(), origin)
    blocks = list(_markdown_blocks(_without_comments(text)))
    return Source(origin, content_digest(path), blocks, warnings=warnings)


def decode(data: bytes, origin: str) -> tuple[str, tuple[str, ...]]:
    """Return the text and warnings in Chinese; tries UTF-8, UTF-16, GB18030 and Big5.

    Raises:
        CorpusError: the bytes hold no text.
    """
    if not data.strip():
        raise CorpusError(origin, "文件是空的", "请放入有内容的文件，或删除它")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace"), origin)
    with suppress(UnicodeDecodeError):
        if "\0" not in (text := data.decode("utf-8")):
            return text, ()
    candidates = [data.decode(name, "replace") for name in _ENCODINGS]
    return _checked(max(candidates, key=_plausibility), origin)


def _unwrapped(lines: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs of a text; lines that an editor broke at a fixed width are joined."""
    widths = [len(line.strip()) for line in lines if line.strip()]
    full = max(widths, default=0)
    broken = sum(width >= full - _RAGGED for width in widths)
    wrapped = full in _WIDTHS and broken >= len(widths) * _BROKEN
    paragraph = ""
    last = 0
    for line in lines:
        words = line.strip()
        goes_on = (
            wrapped
            and bool(words)
            and last >= full - _RAGGED
            and not line[:1].isspace()
            and not _SENTENCE_END.search(paragraph)
            and read_marker(words) is None
        )
        if not goes_on:
            if paragraph:
                yield paragraph
            paragraph = ""
        gap = " " if paragraph[-1:].isascii() and words[:1].isascii() else ""
        paragraph += (gap if paragraph else "") + words
        last = len(words)
    if paragraph:
        yield paragraph


def _plausibility(text: str) -> float:
    wide = [character for character in text if ord(character) > 0x7F]
    if not wide:
        return 0.0
    frequent = sum(character in _FREQUENT for character in wide)
    return (frequent - 20 * wide.count("\ufffd")) / len(wide)


def _checked(text: str, origin: str) -> tuple[str, tuple[str, ...]]:
    damaged = text.count("\ufffd")
    if "\0" in text or damaged > _DAMAGED * len(text):
        raise CorpusError(
            origin,
            "不是文本文件，或者编码无法识别",
            "请用 UTF-8 或 GB18030 编码另存后再试",
        )
    if not damaged:
        return text, ()
    return text, (f"有 {damaged} 个字符无法识别，显示为“\ufffd”。",)


def _markdown_blocks(text: str) -> Iterator[Block]:
    rows: list[list[str]] = []
    lines = text.splitlines()
    for line in [*lines, ""]:
        words = line.strip()
        if words.startswith("|"):
            if not _SEPARATOR.fullmatch(words):
                rows.append(_cells(words))
            continue
        if rows:
            yield Table(_squared(rows))
            rows = []
        if not words or _RULE.fullmatch(words):
            continue
        if heading := _HEADING.match(words):
            title = words[heading.end() :].rstrip("#").rstrip()
            yield Paragraph(_plain(title), heading=len(heading[1]))
        elif plain := _plain(_QUOTE_OR_BULLET.sub("", words, count=1)):
            yield Paragraph(plain)


def _without_comments(text: str) -> str:
    """Cut out ``<!-- … -->``; one that never ends is text."""
    kept = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _cells(line: str) -> list[str]:
    return [_plain(cell.strip()) for cell in _CELL_EDGE.split(line.strip().strip("|"))]


def _squared(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _plain(words: str) -> str:
    words = _LINK.sub(r"\1", _STRONG.sub(r"\2", words))
    return _ESCAPE.sub(r"\1", words).strip()
