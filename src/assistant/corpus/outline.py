"""Follow the numbers of a text from part to item and cut it into passages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus.annexes import contents_end, is_contents_title, read_annex, takes_title
from assistant.corpus.characters import squeezed
from assistant.corpus.levels import PASSAGE_DEPTH, Key, Levels, is_bare_heading, shortened
from assistant.corpus.lines import Line
from assistant.corpus.listing import note_lines, row_pieces, text_lines
from assistant.corpus.model import Unit
from assistant.corpus.numbering import Marker, Style, is_sentence, read_marker
from assistant.corpus.pieces import Draft, Piece, Rest
from assistant.corpus.remainder import Reason
from assistant.corpus.source import Table
from assistant.corpus.tables import is_list, read_table

_LETTERS = {Style.BOOK: "b", Style.SUBBOOK: "d", Style.CHAPTER: "c", Style.SECTION: "e"}
_LONGEST_HEADING_TAIL = 20


@dataclass(frozen=True, slots=True)
class _Heading:
    style: Style
    number: int
    text: str


class Outline:
    """Collects the pieces of a text; feed it items in reading order.

    Attributes:
        pieces: what has been read so far.
    """

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._headings: list[_Heading] = []
        self._levels = Levels()
        self._annex: tuple[str, str, str] | None = None
        self._annexes = 0
        self._tables = 0
        self._current: Draft | None = None
        self._article: Marker | None = None
        self._in_article = False
        self._begun = False

    def feed(self, items: Sequence[Line | Table]) -> None:
        """Read ``items`` to their end."""
        position = 0
        while position < len(items):
            item = items[position]
            if isinstance(item, Table):
                self._table(item)
                position += 1
            elif is_contents_title(item.text) and not self._in_article:
                end = contents_end(items, position)
                self.pieces += [
                    Rest(Reason.CONTENTS, entry)
                    for entry in items[position:end]
                    if isinstance(entry, Line)
                ]
                self._current = None
                position = end
            elif self._goes_on_heading(items, position):
                self._extend_heading(item)
                position += 1
            elif (annex := read_annex(item.text)) is not None and self._may_open_annex(annex):
                position = self._open_annex(items, position, annex)
            else:
                self._line(item)
                position += 1

    def finish(self) -> None:
        """End the text."""
        self._close_annex()

    def rest(self, reason: Reason, line: Line) -> None:
        """Account for a line that belongs to no passage."""
        self.pieces.append(Rest(reason, line))

    def close(self) -> None:
        """End the passage being read; what follows starts another."""
        self._current = None
        self._in_article = False
        self._levels.clear()

    # Lines

    def _line(self, line: Line) -> None:
        marker = read_marker(line.text)
        if marker is None:
            if line.heading and not is_sentence(line.text) and not self._in_article:
                marker = self._levels.unnumbered(line.heading)
                self._numbered(line, marker, Key(None, line.heading))
            else:
                self._body(line)
        elif marker.style.is_heading:
            self._heading(line, marker)
        elif marker.style is Style.ARTICLE:
            if self._is_next_article(marker):
                self._open_article(line, marker)
            else:
                self._body(line)
        elif self._in_article and not self._ends_article(line, marker):
            self._body(line)
        else:
            self._numbered(line, marker, Key(marker.style, marker.depth))

    def _body(self, line: Line) -> None:
        if self._current is None or self._current.row is not None:
            self._current = self._open(self._introduction())
        self._current.lines.append(line)

    def _open(self, draft: Draft) -> Draft:
        self.pieces.append(draft)
        self._begun = True
        return draft

    def _introduction(self) -> Draft:
        """Return the draft for text that stands above the numbers of its container."""
        breadcrumb = self._breadcrumb()
        if self._headings:
            heading = self._headings[-1]
            label = heading.text.split(" ")[0]
            return Draft(Unit.SECTION, self._prefix().rstrip("."), label, breadcrumb)
        if self._annex is not None:
            return Draft(Unit.SECTION, self._annex[1], self._annex[0], breadcrumb)
        if self._tables:
            return Draft(Unit.SECTION, f"n{self._tables}", "备注", breadcrumb)
        return Draft(Unit.PREAMBLE, "p", "引言")

    # Parts, chapters, sections

    def _heading(self, line: Line, marker: Marker) -> None:
        self.close()
        while self._headings and self._headings[-1].style >= marker.style:
            self._headings.pop()
        words = squeezed(line.text[marker.end :])
        text = f"{marker.label} {words}".strip()
        self._headings.append(_Heading(marker.style, marker.number, text))
        self.rest(Reason.HEADING, replace(line, text=text))

    def _goes_on_heading(self, items: Sequence[Line | Table], position: int) -> bool:
        """True for the second line of a chapter heading that is too long for one."""
        last = self.pieces[-1] if self.pieces else None
        line = items[position]
        following = items[position + 1] if position + 1 < len(items) else None
        return (
            isinstance(last, Rest)
            and last.reason is Reason.HEADING
            and self._current is None
            and bool(self._headings)
            and isinstance(line, Line)
            and isinstance(following, Line)
            and len(line.text) <= _LONGEST_HEADING_TAIL
            and not is_sentence(line.text)
            and read_marker(line.text) is None
            and read_marker(following.text) is not None
        )

    def _extend_heading(self, line: Line) -> None:
        heading = self._headings[-1]
        self._headings[-1] = replace(heading, text=heading.text + squeezed(line.text))
        self.rest(Reason.HEADING, line)

    def _prefix(self) -> str:
        annex = f"{self._annex[1]}." if self._annex else ""
        return annex + "".join(f"{_LETTERS[h.style]}{h.number}." for h in self._headings)

    def _breadcrumb(self) -> tuple[str, ...]:
        annex = (self._annex[2],) if self._annex else ()
        return annex + tuple(heading.text for heading in self._headings)

    # Articles

    def _is_next_article(self, marker: Marker) -> bool:
        """Tell an article from a line that begins by mentioning one."""
        if not marker.loose:
            return True
        last = self._article
        if last is None:
            return (marker.number, marker.suffix) == (1, 0)
        following = {(last.number + 1, 0), (last.number, last.suffix + 1)}
        return (marker.number, marker.suffix) in following

    def _open_article(self, line: Line, marker: Marker) -> None:
        suffix = f"-{marker.suffix}" if marker.suffix else ""
        annex = f"{self._annex[1]}." if self._annex else ""
        words = line.text[marker.end :].strip()
        label = f"{self._annex[0]}{marker.label}" if self._annex else marker.label
        draft = Draft(
            Unit.ARTICLE,
            f"{annex}a{marker.number}{suffix}",
            label,
            self._breadcrumb() + self._levels.crumbs(),
            [replace(line, text=f"{marker.label} {words}".strip(), heading=0)],
        )
        self._current = self._open(draft)
        self._article = marker
        self._in_article = True

    def _ends_article(self, line: Line, marker: Marker) -> bool:
        """True if a number goes on with the outline above the article, not inside it."""
        key = Key(marker.style, marker.depth)
        return not is_sentence(line.text) and self._levels.continues(key, marker.number)

    # The outline 一、（一）1.（1）①

    def _numbered(self, line: Line, marker: Marker, key: Key) -> None:
        parent = self._current
        above = parent.lines[-1].text if parent is not None and parent.lines else None
        depth = self._levels.enter(line.text, marker, key, above)
        if depth is None or depth >= PASSAGE_DEPTH:
            self._body(line)
            return
        if depth and parent is not None:
            self._drop_bare_heading(parent)
        self._in_article = False
        self._current = self._open(
            Draft(
                Unit.SECTION,
                f"{self._prefix()}s{self._levels.address()}",
                self._levels.label(line.text),
                self._breadcrumb() + self._levels.crumbs_above(),
                [line],
            )
        )

    def _drop_bare_heading(self, parent: Draft) -> None:
        """Turn a section that is only a heading into a heading of the sections below it."""
        is_last = bool(self.pieces) and self.pieces[-1] is parent
        if is_last and is_bare_heading([line.text for line in parent.lines]):
            self.pieces[-1] = Rest(Reason.HEADING, parent.lines[0])

    # Annexes

    def _may_open_annex(self, annex: tuple[str, int, int]) -> bool:
        return self._begun or bool(annex[1])

    def _open_annex(
        self, items: Sequence[Line | Table], position: int, annex: tuple[str, int, int]
    ) -> int:
        """Start an annex at ``position`` and return the position behind its title."""
        self._close_annex()
        label, number, end = annex
        line = items[position]
        assert isinstance(line, Line)
        self._annexes = number or self._annexes + 1
        title = line.text[end:]
        lines = [line]
        position += 1
        follower = items[position] if position < len(items) else None
        if not title and isinstance(follower, Line) and takes_title(follower):
            title = follower.text
            lines.append(follower)
            position += 1
        self.close()
        self._headings = []
        self._article = None
        crumb = f"{label} {squeezed(title)}".strip()
        self._annex = (label, f"f{self._annexes}", shortened(crumb))
        for read in lines:
            self.rest(Reason.HEADING, read)
        return position

    def _close_annex(self) -> None:
        """Make the title of an annex without any text a passage: it is all there is."""
        if self._annex is None:
            return
        titles: list[Line] = []
        while self.pieces and isinstance(self.pieces[-1], Rest):
            piece = self.pieces[-1]
            if not isinstance(piece, Rest) or piece.reason is not Reason.HEADING:
                break
            titles.insert(0, piece.line)
            self.pieces.pop()
            if read_annex(piece.line.text) is not None:
                break
        if titles:
            draft = self._introduction()
            self._open(replace(draft, breadcrumb=(), lines=titles))

    # Tables

    def _table(self, table: Table) -> None:
        reading = read_table(table)
        self._tables += 1
        if not is_list(table, reading):
            for line in text_lines(table):
                self._body(line)
            return
        above = self._breadcrumb() + self._levels.crumbs()
        self.pieces += row_pieces(table, reading, self._tables, above)
        self._begun = True
        self._current = None
        for line in note_lines(table, reading):
            self._body(line)
