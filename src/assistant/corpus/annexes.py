"""Recognise the annexes behind a text and its table of contents."""

import re
from collections.abc import Sequence

from assistant.corpus.characters import squeezed
from assistant.corpus.lines import Line
from assistant.corpus.numbering import Style, is_sentence, read_marker
from assistant.corpus.numerals import NUMERAL, to_int
from assistant.corpus.source import Table

_LONGEST_ENTRY = 80

_ANNEX = re.compile(
    rf"附\s*(件|表|录|图|注|录表)?\s*(?:之?\s*({NUMERAL}))?\s*(?:[：:]|(?=\s)|$)\s*"
)
_CONTENTS = re.compile(r"目\s*[录錄次]")
_LEADER = re.compile(r"[\s.．…·—_-]{2,}[（(]?\d{1,4}[）)]?$|\s\d{1,4}$")


def read_annex(line: str) -> tuple[str, int, int] | None:
    """Return the label of an annex (附件2), its number and where its title begins, or None.

    The number is 0 where the line states none.
    """
    match = _ANNEX.match(line)
    if match is None or (not match[1] and not re.match(r"附\s*[：:]|附$", line)):
        return None
    if len(line) > 120 and match[2] is None:
        return None
    number = 0
    if match[2]:
        try:
            number = to_int(match[2])
        except ValueError:
            return None
    label = squeezed(line[: match.end()].strip().rstrip("：: "))
    return label.replace(" ", ""), number, match.end()


def is_contents_title(line: str) -> bool:
    """True for the line 目录 above a table of contents."""
    return bool(_CONTENTS.fullmatch(line))


def contents_end(items: Sequence[Line | Table], position: int) -> int:
    """Return where a table of contents ends whose title stands at ``position``.

    It ends where its first entry comes again as a heading, or where text begins.
    """
    first = ""
    for end in range(position + 1, len(items)):
        item = items[end]
        if not isinstance(item, Line) or len(item.text) > _LONGEST_ENTRY:
            return end
        marker = read_marker(item.text)
        entry = re.sub(r"\s", "", _LEADER.sub("", item.text))
        is_text = marker is not None and marker.style is Style.ARTICLE
        if is_text or entry == first or item.text.endswith(("。", "；", "：")):
            return end
        first = first or entry
    return len(items)


def takes_title(line: Line | Table | None) -> bool:
    """True if the line below 附件1 is the annex's title."""
    return isinstance(line, Line) and not is_sentence(line.text) and read_marker(line.text) is None
