"""Compare the wording of a sentence with a passage: shared terms, duties, negations."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.answering.claims import with_digits

_RUN = re.compile(r"[㐀-鿿]+|[a-z0-9.%]+")
_CLAUSE = re.compile(r"[，,；;：:。！？!?\n]+")
_SENTENCE = re.compile(r"[。！？!?\n]+")
# Words that carry no claim of their own: where something stands, and how it is put.
_FRAME = re.compile(
    r"《[^《》]*》|第[零〇一二两三四五六七八九十百千\d]+[条款项]|之规定|[的了地得着]|规定|根据|依据|按照|依照|依法|"
    r"也就是说|具体(?:来说|而言)|一般(?:来说|而言)|此外|另外|同时|并且|以及|或者|即|其中|如果|对于|关于|有关|相关|"
    r"情况下|情形下|该|其|这|本案|下列|以下(?:几种)?情形|之一|等"
)
_BOUNDS = re.compile(r"不得?(?:少于|低于|超过|多于|高于)|(?:少于|低于|不足|不满)")
# A clause that says when, not what; need and inability in it bind nobody.
_CONDITION = re.compile(r"(?:的|前|后|时)$")
_STATE = re.compile(r"需要|不能")
_SHORTEST = 4
_ALIGNED = 0.4
_NEARLY = 0.1
_SAME_WORDS = 0.6


class Duty(StrEnum):
    """How binding a clause is."""

    MUST = "must"
    MAY = "may"
    MUST_NOT = "must_not"
    NEED_NOT = "need_not"


_DUTIES = (
    (Duty.NEED_NOT, re.compile(r"无需|无须|不必|不需要|不用|可以不|可不|免于|不要求")),
    (Duty.MUST_NOT, re.compile(r"不得|不能|不可(?!抗)|不准|不许|禁止|严禁|不允许|无权|不应当?")),
    (
        Duty.MUST,
        re.compile(r"应当|必须|需要|务必|(?<![相适响供反对感])应(?![用急诉付收对])|(?<![无不])须"),
    ),
    (Duty.MAY, re.compile(r"可以|有权|允许|(?<![不许认])可(?![以能靠行见])")),
)
_NEGATOR = r"(?:不再|不予|不|未经|未|无|非|没有|没|勿)"
_NEGATION = re.compile(rf"{_NEGATOR}(?=((?:(?!的)[㐀-鿿]){{2,8}}))")
_NOT_NEGATING = re.compile(
    r"不动产|不可抗力|非法|无效|未成年|不服|不履行|不足|不满|无正当|非本|不缴|无利害|没有利害|没收|不正当"
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far a passage bears a sentence's wording.

    Attributes:
        coverage: share of the sentence's terms that stand in the passages, 0 to 1.
        weakest: coverage of its weakest clause.
        duty_changed: a clause binds otherwise than the clause it comes from.
        turned: a clause denies what the clause it comes from states, or the reverse.
    """

    coverage: float
    weakest: float
    duty_changed: bool
    turned: bool


def compare(sentence: str, passages: str, names: str) -> Likeness:
    """Compare a sentence with the passages that it cites.

    Args:
        sentence: the words, without citation marks.
        passages: words of the cited passages.
        names: their titles and headings, which a sentence may repeat.
    """
    source = with_digits(passages)
    known = _terms(source) | _terms(with_digits(names))
    claims = [words for words in _clauses(with_digits(sentence)) if len(_terms(words)) >= 1]
    total = hit = 0
    weakest = 1.0
    changed = turned = False
    origins = _origins(source)
    for words in claims:
        terms = _terms(words)
        found = len(terms & known)
        total, hit = total + len(terms), hit + found
        if len(terms) >= _SHORTEST:
            weakest = min(weakest, found / len(terms))
        nearest = _nearest(words, origins)
        changed = changed or _duty_changed(words, nearest, source)
        turned = turned or (bool(nearest) and all(_turned(words, o, source) for o in nearest))
    return Likeness(hit / total if total else 0.0, weakest, changed, turned)


def shared(sentence: str, part: str) -> int:
    """Return how many terms of a sentence stand in a part of a passage."""
    return len(_terms(with_digits(sentence)) & _terms(with_digits(part)))


@dataclass(frozen=True, slots=True)
class _Origin:
    """A clause of the passages, with the sentence around it."""

    words: str
    around: str
    terms: frozenset[str]


def _origins(source: str) -> list[_Origin]:
    return [
        _Origin(words, around, frozenset(_terms(_bare(words))))
        for around in _SENTENCE.split(source)
        for words in _clauses(around)
    ]


def _clauses(text: str) -> list[str]:
    return [words.strip() for words in _CLAUSE.split(text) if words.strip()]


def _terms(text: str) -> set[str]:
    terms = set()
    for match in _RUN.finditer(_FRAME.sub(" ", text.lower())):
        run = match[0]
        if run[0].isascii():
            terms.add(run)
        else:
            terms.update(run[start : start + 2] for start in range(len(run) - 1))
    return terms


def _nearest(words: str, origins: list[_Origin]) -> list[_Origin]:
    """The clauses that a clause comes from; a condition comes from a condition if it can."""
    terms = _terms(_bare(words))
    condition = _is_condition(words)
    alike = [origin for origin in origins if _is_condition(origin.words) == condition]
    return _closest(terms, alike) or _closest(terms, origins)


def _closest(terms: set[str], origins: list[_Origin]) -> list[_Origin]:
    """The closest clauses, and those nearly as close."""
    shares = [len(terms & origin.terms) / max(len(terms), 1) for origin in origins]
    best = max(shares, default=0.0)
    if best < _ALIGNED:
        return []
    return [
        origin
        for origin, share in zip(origins, shares, strict=True)
        if share >= max(best - _NEARLY, _ALIGNED)
    ]


def _is_condition(words: str) -> bool:
    return _CONDITION.search(words) is not None


def _bare(text: str) -> str:
    """The words without those that bind, permit or deny."""
    for _, pattern in _DUTIES:
        text = pattern.sub(" ", text)
    return text


def _duties(text: str) -> set[Duty]:
    rest = _BOUNDS.sub(" ", text)
    if _is_condition(text):
        rest = _STATE.sub(" ", rest)
    found = set()
    for duty, pattern in _DUTIES:
        rest, count = pattern.subn(" ", rest)
        if count:
            found.add(duty)
    return found


def _duty_changed(words: str, nearest: list[_Origin], source: str) -> bool:
    """Whether a clause binds otherwise; an item takes its duty from what introduces it."""
    claimed = _duties(words)
    borne: set[Duty] = set()
    for origin in nearest:
        borne |= _duties(origin.words) or _duties(origin.around) or _duties(source)
    return bool(nearest) and not claimed <= borne


def _turned(words: str, origin: _Origin, source: str) -> bool:
    """Whether a word is denied on one side and affirmed on the other."""
    terms = _terms(_bare(words))
    if len(terms & origin.terms) / max(len(terms), 1) < _SAME_WORDS:
        return False
    claimed, stated = _plainly(words), _plainly(origin.words)
    denied_newly = not _denied(stated) and any(
        phrase[:2] in source and not _denies(_plainly(source), phrase[:2])
        for phrase in _denied(claimed)
    )
    affirmed_newly = any(
        _affirms(claimed, phrase[:2])
        and not _affirms(stated, phrase[:2])
        and not any(_terms(phrase) & _terms(other) for other in _denied(claimed))
        for phrase in _denied(stated)
    )
    return denied_newly or affirmed_newly


def _plainly(text: str) -> str:
    """The words without bounds, duties, and words that only look like denials."""
    return _bare(_NOT_NEGATING.sub(" ", _BOUNDS.sub(" ", text)))


def _denied(text: str) -> list[str]:
    """What is denied, each from right behind the word that denies it."""
    return [match[1] for match in _NEGATION.finditer(text)]


def _denies(text: str, word: str) -> bool:
    return re.search(rf"{_NEGATOR}{re.escape(word)}", text) is not None


def _affirms(text: str, word: str) -> bool:
    return word in re.sub(rf"{_NEGATOR}{re.escape(word)}", " ", text)
