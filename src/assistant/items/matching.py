"""Which items a few words mean, in official or everyday wording."""

import math
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice, product

from assistant.items.model import Item

CERTAIN = 0.8
"""Share of the words that an item has to cover to be meant without doubt."""
POSSIBLE = 0.3
"""Share from which an item is offered as what may be meant."""
NEAR = 0.12
"""Items this close below the best one are meant as well."""

_HAN = re.compile(r"[一-鿿a-z0-9]+")
# Words that say nothing about which item is meant.
_EMPTY = frozenset("的了吗呢啊在对从到把被将和与或者等及其以于之是有进行为由个")
# Words that blame without saying for what; an item need not have them.
_BLAME = (
    "非法",
    "违法",
    "违规",
    "违反规定",
    "擅自",
    "私自",
    "随意",
    "乱搭",
    "乱",
    "未按规定",
    "偷偷",
)
_ASIDE_WEIGHT = 0.2
_MOST_VARIANTS = 48
_PHRASE = 3
_OF_PHRASE = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    """An item and how much of the words it covers, 0 to 1."""

    item: Item
    score: float


class ItemMatcher:
    """Finds items by name, with the everyday wordings of the vocabulary.

    A character of the question counts as covered where it and a neighbour stand side by
    side in the item's words; characters weigh by how rare they are among all items.

    Args:
        items: every item of the register.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._texts: dict[str, str] = {}
        self._pairs: dict[str, frozenset[str]] = {}
        count: Counter[str] = Counter()
        for item in items:
            text = _plain(f"{item.name} {item.note}")
            self._texts[item.address] = text
            # 烟、酒 is asked for as 烟酒.
            self._pairs[item.address] = frozenset((*_pairs(text), *_pairs(text.replace("、", ""))))
            count.update(set(text))
        total = max(1, len(self._texts))
        self._weights = {c: math.log((total + 1) / (n + 1)) + 0.3 for c, n in count.items()}
        self._rare = math.log(total + 1) + 0.3

    def match(self, words: str, among: Sequence[Item]) -> list[Match]:
        """Return the items that ``words`` may mean, best first, in list order if equal."""
        found = self._score(words, among)
        # Of several phrases one may name the item and the others ask something about it.
        phrases = [phrase for phrase in words.split() if len(phrase) >= _PHRASE]
        for phrase in phrases if len(words.split()) > 1 else ():
            for place, match in enumerate(self._score(phrase, among)):
                score = max(found[place].score, _OF_PHRASE * match.score)
                found[place] = Match(match.item, score)
        return sorted((match for match in found if match.score > 0), key=lambda m: -m.score)

    def _score(self, words: str, among: Sequence[Item]) -> list[Match]:
        variants = [self._weighed(variant) for variant in wordings(words)]
        return [
            Match(item, max((self._cover(v, item.address) for v in variants), default=0.0))
            for item in among
        ]

    def _weighed(self, words: str) -> list[tuple[str, str, float]]:
        """Return (pair before, pair after, weight) of each character that says something."""
        plain = _plain(words)
        weighed = []
        for run in _HAN.findall(plain):
            aside = {i for m in _aside().finditer(run) for i in range(*m.span())}
            for place, character in enumerate(run):
                if character in _EMPTY:
                    continue
                before = run[max(0, place - 1) : place + 1]
                after = run[place : place + 2]
                weight = self._weights.get(character, self._rare)
                weight *= _ASIDE_WEIGHT if place in aside else 1.0
                weighed.append((before, after, weight))
        return weighed

    def _cover(self, weighed: Sequence[tuple[str, str, float]], address: str) -> float:
        pairs = self._pairs[address]
        total = sum(weight for _, _, weight in weighed)
        if not total:
            return 0.0
        covered = sum(
            weight for before, after, weight in weighed if before in pairs or after in pairs
        )
        return covered / total


def wordings(words: str) -> list[str]:
    """Return the words as said, and with everyday wordings replaced by official ones."""
    plain = unicodedata.normalize("NFKC", words).lower()
    parts: list[Sequence[str]] = []
    place = 0
    say, longest = _wordings()
    while place < len(plain):
        for length in range(min(longest, len(plain) - place), 0, -1):
            said = plain[place : place + length]
            if said in say:
                # A wording of several characters is replaced, a single one may be kept.
                parts.append(say[said] if length > 1 else (*say[said], said))
                place += length
                break
        else:
            parts.append((plain[place],))
            place += 1
    variants = ["".join(choice) for choice in islice(product(*parts), _MOST_VARIANTS)]
    return list(dict.fromkeys((plain, *variants)))


@cache
def _wordings() -> tuple[Mapping[str, tuple[str, ...]], int]:
    say = {said.lower(): tuple(means) for said, means in vocabulary()["wordings"].items()}
    return say, max(map(len, say))


@cache
def _aside() -> re.Pattern[str]:
    """Words that an item need not have: blame, where it was and who did it."""
    return re.compile("|".join((*_BLAME, *vocabulary()["context"]["words"])))


@cache
def vocabulary() -> Mapping[str, Mapping[str, list[str]]]:
    """Return the vocabulary file."""
    raw = resources.files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _pairs(text: str) -> Iterable[str]:
    for run in _HAN.findall(text):
        for start in range(len(run) - 1):
            yield run[start : start + 2]
        if len(run) == 1:
            yield run
