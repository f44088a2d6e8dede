"""Take a source apart by its legal structure: passages, and a reason for every other word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus.annexes import is_contents_title, read_annex
from assistant.corpus.characters import squeezed
from assistant.corpus.front import (
    classify_front,
    ends_title,
    is_attachment_list,
    is_date,
    is_distribution,
    is_organ,
    is_signatory,
    is_title_line,
)
from assistant.corpus.lines import Line, clean_lines
from assistant.corpus.model import Passage, Unit
from assistant.corpus.numbering import Style, read_marker
from assistant.corpus.outline import Outline
from assistant.corpus.pieces import Draft, Piece, Rest, assemble, join_short
from assistant.corpus.remainder import Reason, Remainder
from assistant.corpus.source import Source, Table
from assistant.corpus.tables import is_list, read_table

_TITLE_LINES = 4
_FRONT_LINES = 15
_NOTE_TAIL = 30
_ATTACHMENT_LINES = 20
_LONGEST_ENTRY = 100
Items = Sequence[Line | Table]


@dataclass(frozen=True, slots=True)
class Structured:
    """A source taken apart.

    Attributes:
        title: as printed above the text; empty if there is none.
        text: the whole text, line by line, without page furniture.
        passages: the citable units, in order.
        remainders: everything else, with reasons.
    """

    title: str
    text: str
    passages: Sequence[Passage]
    remainders: Sequence[Remainder]

    def of(self, *reasons: Reason) -> list[str]:
        """Return the remainders of these reasons, in order."""
        return [rest.text for rest in self.remainders if rest.reason in reasons]


def parse(source: Source, document_id: str) -> Structured:
    """Return the passages of ``source`` and what is in none of them."""
    items, furniture = clean_lines(source.blocks)
    items = _unfold_first_list(items)
    outline = Outline()
    title, begin = _read_front(items, 0, outline)
    inner = _attached_text(items, begin)
    if inner is not None:
        _feed(items[begin:inner], outline)
        outline.close()
        title, begin = _read_front(items, inner, outline)
    _feed(items[begin:], outline)
    pieces = _with_text(join_short(outline.pieces))
    text, passages, remainders = assemble(document_id, pieces)
    remainders += [Remainder(Reason.FURNITURE, words) for words in furniture]
    return Structured(title, text, passages, remainders)


def _with_text(pieces: Sequence[Piece]) -> list[Piece]:
    """Name the only passage of a text without numbers; keep what there is where none is."""
    drafts = [piece for piece in pieces if isinstance(piece, Draft)]
    if len(drafts) == 1 and drafts[0].anchor == "p":
        drafts[0].unit, drafts[0].anchor, drafts[0].label = Unit.SECTION, "full", "全文"
    if drafts:
        return list(pieces)
    rests = [piece for piece in pieces if isinstance(piece, Rest)]
    notes = any(rest.reason is Reason.PROMULGATION for rest in rests)
    kept: list[Piece] = []
    for rest in rests:
        if notes and rest.reason is not Reason.PROMULGATION:
            kept.append(rest)
        elif kept and isinstance(last := kept[-1], Draft):
            last.lines.append(rest.line)
        elif notes:
            kept.append(Draft(Unit.PREAMBLE, "p", "题注", lines=[rest.line]))
        else:
            kept.append(Draft(Unit.SECTION, "full", "全文", lines=[rest.line]))
    return kept


def _unfold_first_list(items: Items) -> list[Line | Table]:
    """Put the title rows of a list that opens the document in front of it, as lines."""
    first = items[0] if items else None
    if not isinstance(first, Table):
        return list(items)
    reading = read_table(first)
    if not is_list(first, reading):
        return list(items)
    pages = (first.page, first.page) if first.page is not None else None
    rest = replace(
        first,
        rows=first.rows[reading.start :],
        first_row=first.first_row + reading.start,
        row_pages=first.row_pages[reading.start :],
    )
    return [*(Line(words, pages) for words in reading.above), rest, *items[1:]]


def _read_front(items: Items, begin: int, outline: Outline) -> tuple[str, int]:
    """Account for the lines above the text from ``begin``; return title and where text begins."""
    title: list[str] = []
    position = begin
    stated = _stated_title(items, begin)
    while position < len(items):
        item = items[position]
        if isinstance(item, Table) or _begins_text(item):
            break
        following = items[position + 1] if position + 1 < len(items) else None
        next_text = following.text if isinstance(following, Line) else ""
        reason = classify_front(item.text, bool(title), next_text)
        reason = reason or _goes_on(item, title, outline)
        if reason is None and stated is not None and position < stated:
            reason = Reason.LETTERHEAD
        if reason is None and not title and is_title_line(item.text, item.heading):
            lines = _title_lines(items, position)
            title = [line.text for line in lines]
            for line in lines:
                outline.rest(Reason.TITLE, line)
            position += len(lines)
            continue
        if reason is None:
            break
        outline.rest(reason, item)
        position += 1
    return squeezed("".join(title)), position


def _goes_on(line: Line, title: Sequence[str], outline: Outline) -> Reason | None:
    """Return what a line is that repeats the title or finishes the note above it."""
    if title and squeezed(line.text) in squeezed("".join(title)):
        return Reason.TITLE
    before = outline.pieces[-1] if outline.pieces else None
    noted = isinstance(before, Rest) and before.reason is Reason.PROMULGATION
    short = len(line.text) <= _NOTE_TAIL and not line.text.endswith(("。", "；", "：", "，"))
    is_title = not title and ends_title(line.text)
    return Reason.PROMULGATION if noted and short and not is_title else None


def _begins_text(line: Line) -> bool:
    marker = read_marker(line.text)
    return is_contents_title(line.text) or (marker is not None)


def _stated_title(items: Items, begin: int) -> int | None:
    """Return where the format itself says that the title is, None if it does not."""
    for position, item in enumerate(items[begin : begin + _FRONT_LINES], start=begin):
        if not isinstance(item, Line) or _begins_text(item):
            return None
        if item.heading == 1:
            return position
    return None


def _title_lines(items: Items, position: int) -> list[Line]:
    lines: list[Line] = []
    for item in items[position : position + _TITLE_LINES]:
        if not isinstance(item, Line) or not is_title_line(item.text, item.heading):
            break
        if lines and (
            classify_front(item.text, True) is not None or item.heading != lines[0].heading
        ):
            break
        lines.append(item)
        if ends_title("".join(line.text for line in lines)):
            break
    # Without a last word that ends a title, the first line alone is taken for it.
    return lines if ends_title("".join(line.text for line in lines)) else lines[:1]


def _attached_text(items: Items, begin: int) -> int | None:
    """Return where the text begins that a covering notice issues, None if there is no such."""
    listed = _attachment_lists(items)
    for position in range(begin + 1, len(items)):
        item, before = items[position], items[position - 1]
        if not isinstance(item, Line) or not isinstance(before, Line):
            return None
        marker = read_marker(item.text)
        if marker is not None and (marker.style.is_heading or marker.style is Style.ARTICLE):
            return None
        if position in listed or marker is not None or is_distribution(item.text):
            continue
        if read_annex(item.text) is not None:
            return None
        if not is_title_line(item.text, item.heading) or is_organ(item.text) or is_date(item.text):
            continue
        if not (is_date(before.text) or item.heading == 1 or is_distribution(before.text)):
            continue
        if ends_title("".join(line.text for line in _title_lines(items, position))):
            return position
    return None


def _feed(items: Items, outline: Outline) -> None:
    """Read a text whose parts end in signatures: the main text and its annexes."""
    listed = _attachment_lists(items)
    begin = 0
    for end in range(1, len(items) + 1):
        if end < len(items) and (end in listed or not _opens_annex(items[end])):
            continue
        back = _back_matter(items, begin, end, listed)
        first = min(back, default=end)
        outline.feed(items[begin:first])
        outline.finish()
        for position in range(first, end):
            item = items[position]
            if isinstance(item, Line):
                outline.rest(back[position], item)
        begin = end


def _opens_annex(item: Line | Table) -> bool:
    return isinstance(item, Line) and read_annex(item.text) is not None


def _back_matter(items: Items, begin: int, end: int, listed: set[int]) -> dict[int, Reason]:
    """Return the signature, date and distribution lines at the end of ``items[begin:end]``."""
    found: dict[int, Reason] = {}
    signed = False
    for position in range(end - 1, begin - 1, -1):
        item = items[position]
        if not isinstance(item, Line):
            break
        if position in listed:
            found[position] = Reason.ATTACHMENTS
        elif is_distribution(item.text):
            found[position] = Reason.DISTRIBUTION
        elif is_date(item.text) or (signed and (is_organ(item.text) or is_signatory(item.text))):
            found[position] = Reason.SIGNATURE
            signed = True
        else:
            break
    return found


def _attachment_lists(items: Items) -> set[int]:
    """Return which lines name the annexes above a signature; they open no annex themselves."""
    found: set[int] = set()
    for begin, item in enumerate(items):
        if not isinstance(item, Line) or not is_attachment_list(item.text):
            continue
        end = begin + 1
        while end < len(items) and end - begin <= _ATTACHMENT_LINES and _names_annex(items[end]):
            end += 1
        after = items[end] if end < len(items) else None
        if isinstance(after, Line) and (is_organ(after.text) or is_date(after.text)):
            found.update(range(begin, end))
    return found


def _names_annex(item: Line | Table) -> bool:
    """True for a further entry of a list of annexes: 2. 移送文书."""
    if not isinstance(item, Line) or len(item.text) > _LONGEST_ENTRY or "。" in item.text:
        return False
    marker = read_marker(item.text)
    return marker is not None and marker.style in (Style.ARABIC, Style.DECIMAL)
