"""Cut a model's running words into sentences with the numbers they cite."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"[\[【［〔]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]】］〕]")
_END = re.compile(r"(?:[。！？!?]+[”’」』）)]*|\n+)((?:\s*[\[【［〔][\d\s,，、]*[\]】］〕])*)")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_BULLET = re.compile(r"^\s*(?:[-*•#>]+|\d{1,2}[.、)]|[（(][一二三四五六七八九十\d]+[）)])\s*")
_WORD = re.compile(r"[㐀-鿿a-zA-Z0-9]")
LONGEST = 400
"""Characters after which a sentence without an end is taken as one."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Words with the numbers they cite."""

    text: str
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as a model wrote it.

    Attributes:
        text: its words without citation marks and list bullets.
        claims: its parts; each ends at its own citations and is checked by itself.
    """

    text: str
    claims: tuple[Claim, ...]

    @property
    def cited(self) -> tuple[int, ...]:
        """Every number cited, in order."""
        return tuple(dict.fromkeys(number for claim in self.claims for number in claim.cited))


class SentenceCutter:
    """Takes words as they arrive and gives sentences as soon as they are complete."""

    def __init__(self) -> None:
        self._raw = ""
        self._used = 0

    def feed(self, words: str) -> Iterator[Written]:
        """Take more words; yield the sentences that they complete."""
        self._raw += words
        yield from self._cut(final=False)

    def close(self) -> Iterator[Written]:
        """Yield what is left when the words end."""
        yield from self._cut(final=True)

    def _cut(self, *, final: bool) -> Iterator[Written]:
        text = _THOUGHT.sub("", self._raw)
        while self._used < len(text):
            rest = text[self._used :]
            match = _END.search(rest)
            end = match.end() if match else min(len(rest), LONGEST)
            # The marks may still be on their way, behind or within what came so far.
            if not final and (end == len(rest) if match else len(rest) < LONGEST):
                return
            if not final and match and re.match(r"\s*[\[【［〔]", rest[end:]):
                return
            self._used += end
            if written := read_sentence(rest[:end]):
                yield written


def read_sentence(raw: str) -> Written | None:
    """Read one sentence; None where it has no words.

    >>> read_sentence("应当告知当事人[1]，并听取陈述【2】。").cited
    (1, 2)
    """
    plain = _BULLET.sub("", raw.replace("**", "").strip())
    claims: list[Claim] = []
    start = 0
    for match in _MARK.finditer(plain):
        words = plain[start : match.start()]
        numbers = _numbers(match[1])
        start = match.end()
        if claims and not _WORD.search(words):
            claims[-1] = Claim(claims[-1].text, (*claims[-1].cited, *numbers))
        else:
            claims.append(Claim(_tidy(words), numbers))
    tail = plain[start:]
    if _WORD.search(tail):
        claims.append(Claim(_tidy(tail), ()))
    text = _MARK.sub("", plain).strip()
    if not _WORD.search(text):
        return None
    return Written(text, tuple(claims))


def _tidy(words: str) -> str:
    return words.strip().lstrip("，,；;。、：: ")


def _numbers(text: str) -> tuple[int, ...]:
    plain = unicodedata.normalize("NFKC", text)
    return tuple(int(number) for number in re.findall(r"\d+", plain))
