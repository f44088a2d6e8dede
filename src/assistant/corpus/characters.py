"""Clean up the characters of a line without losing any that means something."""

import re
import unicodedata

# Zero-width and direction marks, soft hyphens and control characters say nothing.
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    r"\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    r"\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# Every other blank, full-width ones included, separates words and nothing more.
_BLANK = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
# Radicals and compatibility forms look like the ordinary ideographs that readers type.
_VARIANT = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_CHINESE = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff，。、；：！？（）《》〈〉“”‘’〔〕【】]"
_SPREAD = re.compile(rf"(?<={_CHINESE}) (?={_CHINESE})")


def clean(text: str) -> str:
    """Return ``text`` on one line: invisible characters gone, blanks single, variants plain."""
    text = _INVISIBLE.sub("", _BLANK.sub(" ", text))
    return _BLANK.sub(
        " ", _VARIANT.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    ).strip()


def squeezed(text: str) -> str:
    """Return ``text`` without blanks between Chinese characters: 总 则 becomes 总则."""
    return _SPREAD.sub("", text)


def visible(text: str) -> str:
    """Return the characters of ``text`` that are no blanks."""
    return _BLANK.sub("", text)
