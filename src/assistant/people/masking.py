"""Personal data in questions, hidden before they are logged."""

import re
from datetime import date

# Every replacement is by one character for one, so that places in the text stay the same.
_PLAIN = str.maketrans(
    "０１２３４５６７８９ＸｘＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＹＺ－",
    "0123456789XxABCDEFGHIJKLMNOPQRSTUVWYZ-",
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_GAP = r"[ \t-]?"
_ID = re.compile(rf"(?<![0-9A-Za-z])[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?![0-9A-Za-z])")
_OLD_ID = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{14}(?![0-9A-Za-z])")
_CARD = re.compile(rf"(?<![0-9A-Za-z])[1-9]\d{{2,4}}(?:{_GAP}\d){{10,16}}(?![0-9A-Za-z])")
_PHONE = re.compile(
    rf"(?<![0-9A-Za-z])(?:\+?86{_GAP})?1[3-9]\d(?:{_GAP}\d){{8}}(?!\d|[A-Za-z])"
    rf"|(?<!\d)0\d{{2,3}}[ -]\d{{7,8}}(?!\d)"
)
_PLATE = re.compile(
    rf"[{_PROVINCES}][A-HJ-NP-Za-hj-np-z][·• .-]?"
    r"(?:[0-9A-HJ-NP-Za-hj-np-z]{5,6}|[0-9A-HJ-NP-Za-hj-np-z]{4}[挂学警港澳领使])(?![0-9A-Za-z])"
)
_ID_WORDS = "[身份证号]"
_CARD_WORDS = "[银行卡号]"
_PHONE_WORDS = "[电话号码]"
_PLATE_WORDS = "[车牌号]"
_SHORTEST_CARD, _LONGEST_CARD = 13, 19


def mask(text: str) -> str:
    """Return ``text`` with identity, telephone, bank card and plate numbers replaced.

    Numbers of laws, dates, amounts and unified credit codes stay: they say what a question
    is about, and nobody's private affairs.
    """
    plain = text.translate(_PLAIN)
    spans: list[tuple[int, int, str]] = []
    for pattern, words, is_one in (
        (_ID, _ID_WORDS, _is_id),
        (_OLD_ID, _ID_WORDS, _is_old_id),
        (_PHONE, _PHONE_WORDS, _always),
        (_CARD, _CARD_WORDS, _is_card),
        (_PLATE, _PLATE_WORDS, _has_digit),
    ):
        for match in pattern.finditer(plain):
            start, end = match.span()
            if is_one(match[0]) and not any(s < end and start < e for s, e, _ in spans):
                spans.append((start, end, words))
    for start, end, words in sorted(spans, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def _digits(found: str) -> str:
    return re.sub(r"[^0-9Xx]", "", found)


def _is_id(found: str) -> bool:
    return _is_birthday(_digits(found)[6:14])


def _is_old_id(found: str) -> bool:
    return _is_birthday(f"19{found[6:12]}")


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= date.today().year


def _is_card(found: str) -> bool:
    """Check the last digit by Luhn's rule, which all bank cards obey."""
    digits = _digits(found)
    if not _SHORTEST_CARD <= len(digits) <= _LONGEST_CARD:
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _has_digit(found: str) -> bool:
    return any(character.isdigit() for character in found)


def _always(_: str) -> bool:
    return True
