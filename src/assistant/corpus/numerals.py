"""Chinese and Arabic numerals as official texts use them."""

import re
import unicodedata
from functools import lru_cache

import cn2an

_DIGITS = "零〇一二两三四五六七八九十百千万"
NUMERAL = rf"(?:[{_DIGITS}]+|[0-9０-９]+)"
"""Regular expression source that matches one number in either script."""

_CHINESE = re.compile(rf"[{_DIGITS}]+")


@lru_cache(maxsize=4096)
def to_int(numeral: str) -> int:
    """Return the value of a number written in Chinese or Arabic digits.

    >>> to_int("一千二百四十二"), to_int("63"), to_int("二〇二六")
    (1242, 63, 2026)

    Raises:
        ValueError: ``numeral`` is not a number.
    """
    plain = unicodedata.normalize("NFKC", numeral).strip()
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if not _CHINESE.fullmatch(plain):
        raise ValueError(f"not a number: {numeral!r}")
    plain = plain.replace("〇", "零").replace("两", "二")
    # "smart" reads both 一百二十 and the digit-by-digit 二零二六.
    try:
        return int(cn2an.cn2an(plain, "smart"))
    except KeyError as error:
        raise ValueError(f"not a number: {numeral!r}") from error


def to_chinese(number: int) -> str:
    """Return ``number`` as statutes write it: 十, 二十一, 一百零三, 一千二百四十二.

    Raises:
        ValueError: ``number`` is negative.
    """
    if number < 0:
        raise ValueError("statutes do not number below zero")
    words = str(cn2an.an2cn(number, "low"))
    return words.removeprefix("一") if 10 <= number < 20 else words
