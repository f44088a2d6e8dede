"""Compare the wording of a sentence with a passage: shared terms, duties, negations."""

import re
import unicodedata
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
# What undoes something; a passage that does not say so does not bear it.
_UNDOING = re.compile(
    r"撤销|撤回|取消|放弃|拒绝|停止|中止|终止|豁免|免除|免责|免罚|免处|作废|无效|失效|废止|阻止|推翻|忽略|无视"
)
# What spares somebody: told without its condition, it is told of everybody.
_SPARING = re.compile(r"不予|不再|可以不|可不|不处罚|不罚|免|从轻|减轻")
# Everything but Chinese characters, digits, blanks and the punctuation of prose.
_FOREIGN = re.compile(
    r"[^㐀-鿿\d\s,.;:!?%()\[\]{}\-~/\"'。，、；：！？（）《》〈〉“”‘’「」『』【】〔〕—…·]+"
)
# A clause that says when, not what; need and inability in it bind nobody.
_CONDITION = re.compile(r"(?:的|前|后|时|情形之一)$")
_STATE = re.compile(r"需要|不能")
_SHORTEST = 4
_ALIGNED = 0.4
_NEARLY = 0.1
_SAME_WORDS = 0.5
_TOLD = 0.5


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
_NEGATOR = r"(?:不再|不予|不|未经|未|无|非|没有|没|勿|免于|免予|免除|免)"
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
        unconditional: it spares somebody and leaves out on what condition.
    """

    coverage: float
    weakest: float
    duty_changed: bool
    turned: bool
    unconditional: bool


def compare(sentence: str, passages: str, names: str) -> Likeness:
    """Compare a sentence with the passages that it cites.

    Args:
        sentence: the words, without citation marks.
        passages: words of the cited passages.
        names: their titles and headings, which a sentence may repeat.
    """
    source = with_digits(passages)
    known = _terms(source) | _terms(with_digits(names))
    claims = [words for words in clauses(with_digits(sentence)) if len(_terms(words)) >= 1]
    total = hit = 0
    weakest = 1.0
    changed = turned = False
    origins = _origins(source)
    for words in claims:
        terms = _terms(words)
        found = len(terms & known)
        total, hit = total + len(terms), hit + found
        if len(terms) >= _SHORTEST or (len(terms) > 1 and not found):
            weakest = min(weakest, found / len(terms))
        nearest = _nearest(words, origins)
        changed = changed or _duty_changed(words, nearest, source)
        turned = turned or (bool(nearest) and all(_turned(words, o, source) for o in nearest))
    plain = passages + names
    turned = turned or any(word not in plain for word in _UNDOING.findall(sentence))
    free = _unconditional(claims, origins)
    return Likeness(hit / total if total else 0.0, weakest, changed, turned, free)


def unwritten(sentence: str, written: str) -> list[str]:
    """Return the words in other letters, and the signs, that do not stand in a text.

    Terms are counted in Chinese; a word of another script, a link or a picture sign would
    weigh little among them and say anything.
    """
    plain = unicodedata.normalize("NFKC", written).casefold()
    found = _FOREIGN.findall(unicodedata.normalize("NFKC", sentence).casefold())
    return [words for words in found if words not in plain]


def shared(sentence: str, part: str) -> int:
    """Return how many terms of a sentence stand in a part of a passage."""
    return len(_terms(with_digits(sentence)) & _terms(with_digits(part)))


@dataclass(frozen=True, slots=True)
class _Origin:
    """A clause of the passages, with the sentence around it and the conditions before it."""

    words: str
    around: str
    terms: frozenset[str]
    conditions: tuple[frozenset[str], ...]


def _origins(source: str) -> list[_Origin]:
    found = []
    for around in _SENTENCE.split(source):
        conditions: list[frozenset[str]] = []
        for words in clauses(around):
            terms = frozenset(_terms(_bare(words)))
            found.append(_Origin(words, around, terms, tuple(conditions)))
            if _is_condition(words):
                conditions.append(frozenset(_terms(words)))
    return found


def clauses(text: str) -> list[str]:
    """Return the words between a text's punctuation marks, in order."""
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
    if not claimed and _freed(words, nearest):
        return True
    borne: set[Duty] = set()
    for origin in nearest:
        borne |= _duties(origin.words) or _duties(origin.around) or _duties(source)
    return bool(nearest) and not claimed <= borne


def _unconditional(claims: list[str], origins: list[_Origin]) -> bool:
    """Whether somebody is spared without any of the conditions that stand before it."""
    if any(_is_condition(words) for words in claims):
        return False
    told = {term for words in claims for term in _terms(words)}
    return any(
        bool(nearest := _nearest(words, origins))
        and all(
            bool(origin.conditions)
            and all(len(terms & told) < _TOLD * len(terms) for terms in origin.conditions)
            for origin in nearest
        )
        for words in claims
        if _SPARING.search(words)
    )


def _freed(words: str, nearest: list[_Origin]) -> bool:
    """Whether what is forbidden, or not needed, is told without that word."""
    terms = _terms(words)
    return (
        bool(nearest)
        and not _is_condition(words)
        and not _denied(words)
        and all(
            _duties(origin.words) & {Duty.MUST_NOT, Duty.NEED_NOT}
            and len(terms & origin.terms) / max(len(terms), 1) >= _SAME_WORDS
            for origin in nearest
        )
    )


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
