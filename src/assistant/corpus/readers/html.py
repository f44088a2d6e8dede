"""Web pages as government sites publish them: the article and its tables, without the frame."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from assistant.corpus.digest import content_digest
from assistant.corpus.model import CorpusError
from assistant.corpus.readers.text import decode
from assistant.corpus.readers.web_article import article_of, drop_noise, remove
from assistant.corpus.readers.web_table import is_layout, rows_of
from assistant.corpus.source import Block, Paragraph, Source, Table

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody"
    " td tfoot th thead tr ul br"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
_BROKEN = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n\s*(?={_WIDE})")
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_SITE = re.compile(r"[_|\-—–]\s*[^_|]{2,30}(?:网|政府|门户|局|委|厅|人大|法院)[^_|]{0,10}$")


def read(path: Path, origin: str) -> Source:
    """Read a saved web page.

    Raises:
        CorpusError: the file is empty or holds no text.
    """
    text, warnings = _decoded(path.read_bytes(), origin)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_DECLARED.sub("", text), parser)
    except etree.LxmlError as error:
        raise _empty(origin) from error
    if root is None:
        raise _empty(origin)
    title = _title(root)
    created = _created(root)
    body = root.find("body")
    body = root if body is None else body
    drop_noise(body)
    article = article_of(body)
    blocks = list(blocks_of(article))
    aside = _outside(body, article, title)
    if not blocks and not aside:
        raise _empty(origin)
    return Source(origin, content_digest(path), [*aside, *blocks], title, created, warnings)


def blocks_of(root: Any, depth: int = 0) -> Iterator[Block]:
    """Yield the text and tables under an element, without recursion into its depth."""
    words: list[str] = []
    heading = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag == "table" and element is not root and not is_layout(element) and depth < 20:
                yield from _said(words, heading)
                rows = rows_of(element, lambda cell: _cell(cell, depth + 1))
                if any(map(any, rows)):
                    yield Table(rows)
                walker.skip_subtree()
                continue
            if tag in _BLOCKS:
                yield from _said(words, heading)
                heading = _level(tag) or heading
                words.append(_mark(element))
            words.append(element.text or "")
        else:
            if tag in _BLOCKS:
                yield from _said(words, heading)
                heading = 0 if _level(tag) else heading
            if element is not root:
                words.append(element.tail or "")
    yield from _said(words, heading)


def _cell(cell: Any, depth: int) -> str:
    parts = []
    for block in blocks_of(cell, depth):
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts += [" ".join(filter(None, row)) for row in block.rows]
    return "\n".join(parts)


def _said(words: list[str], heading: int) -> Iterator[Paragraph]:
    """Yield what has been gathered as a paragraph and start anew."""
    text = _SPACES.sub(" ", _BROKEN.sub("", "".join(words))).strip()
    words.clear()
    if text.strip("\u3000\u200b\ufeff"):
        yield Paragraph(text.strip("\u3000 "), heading=heading)


def _level(tag: str) -> int:
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else 0


def _mark(element: Any) -> str:
    """Return the number that a browser shows before an item of a numbered list."""
    parent = element.getparent()
    if element.tag != "li" or parent is None or parent.tag != "ol":
        return ""
    place = sum(1 for item in element.itersiblings("li", preceding=True)) + 1
    start = parent.get("start", "")
    return f"{place + (int(start) - 1 if start.isascii() and start.isdigit() else 0)}. "


def _outside(body: Any, article: Any, title: str) -> list[Paragraph]:
    """Return what stands around the article: title, site, column, date, document number."""
    if article is body:
        return []
    remove(article)
    return [
        Paragraph(words, heading=int(words == title), furniture=words != title)
        for block in blocks_of(body)
        for words in ([block.text] if isinstance(block, Paragraph) else map("　".join, block.rows))
    ]


def _decoded(content: bytes, origin: str) -> tuple[str, tuple[str, ...]]:
    """Decode by the page's own declaration where it holds, else by what the bytes look like."""
    declared = _CHARSET.search(content[:4096])
    if declared:
        name = declared[1].decode("ascii", "replace").lower()
        # Pages that declare GB2312 use characters beyond it.
        name = "gb18030" if name in ("gb2312", "gbk", "gb_2312-80") else name
        try:
            text = content.decode(name)
        except (LookupError, UnicodeDecodeError):
            pass
        else:
            if text.strip() and "\0" not in text:
                return text, ()
    return decode(content, origin)


def _title(root: Any) -> str:
    for name in ("ArticleTitle", "og:title"):
        for key in ("name", "property"):
            for meta in root.iterfind(f".//meta[@{key}='{name}']"):
                if words := meta.get("content", "").strip():
                    return _SPACES.sub(" ", words)
    title = root.find(".//title")
    words = _SPACES.sub(" ", "".join(title.itertext())).strip() if title is not None else ""
    while shorter := _SITE.sub("", words).strip():
        if shorter == words:
            break
        words = shorter
    return words


def _created(root: Any) -> date | None:
    for name in ("PubDate", "pubdate", "publishdate"):
        for meta in root.iterfind(f".//meta[@name='{name}']"):
            found = re.match(r"\s*(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})", meta.get("content", ""))
            if found:
                try:
                    return date(*map(int, found.groups()))
                except ValueError:
                    continue
    return None


def _empty(origin: str) -> CorpusError:
    return CorpusError(origin, "网页中没有文字", "请在浏览器中打开该网页，确认正文显示后重新保存")
