"""Recognise the annexes behind a text and its table of contents."""

import re

from assistant.corpus.characters import squeezed
from assistant.corpus.numerals import NUMERAL, to_int

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


def contents_entry(line: str) -> str:
    """Return a line of a table of contents without its dots and page number, blanks removed."""
    return re.sub(r"\s", "", _LEADER.sub("", line))
