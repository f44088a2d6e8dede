"""The words of a question that say what it is about, and what statutes call them."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

# Words that ask or address, and say nothing about the subject.
_ASKING = re.compile(
    r"请问|请教|想问(?:一下)?|我想知道|麻烦|告诉我|一下|有没有|是不是|能不能|可不可以|要不要|该不该|是否|"
    r"多少|多久|多长|多大|几[天日个年次人名项种]|几|怎么(?:办|样|做)?|如何|什么(?:样|时候)?|哪(?:些|个|里|种|几)|"
    r"为什么|谁|吗|呢|吧|啊|应当|应该|必须|需要|可以|规定|情况|情形|的|了|是|有|在|和|与|或者|以及"
)


def subject(question: str) -> str:
    """Return the question without the words that only ask.

    >>> subject("查封最长几天？")
    '查封最长 ？'
    """
    return _ASKING.sub(" ", question)


def statutory(question: str) -> str:
    """Return what statutes call the things that a question names in everyday words.

    The words come from ``everyday.toml``, written for this purpose: 房东 is 出租人 in a
    statute, 当场罚款 is 当场收缴.  Terms that several everyday words share count once
    for each of them.

    >>> statutory("房东涨租")
    '出租人 租金'
    """
    return " ".join(words for word, words in everyday().items() if word in question)


@cache
def everyday() -> Mapping[str, str]:
    """Return the statutory words by the everyday word."""
    source = resources.files(__package__).joinpath("everyday.toml")
    groups: Mapping[str, Mapping[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return {word: words for group in groups.values() for word, words in group.items()}
