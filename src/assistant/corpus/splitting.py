"""Cut a long article or section into parts that keep its paragraphs, items and sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

LIMIT = 600
"""Characters that one part may hold; about what a 512-token model reads."""

_ITEM = re.compile(r"(?:[（(][一二三四五六七八九十百\d]{1,4}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳])")
_INLINE_ITEM = re.compile(rf"(?<=[：:；;。！？]){_ITEM.pattern}")
_SENTENCE_END = re.compile(r"[。！？；;!?…]+[”’」』）)】》〉]*")
_CLAUSE_END = re.compile(r"[，,、：:）)]")
_OPENING = "（(“‘《〈【「『"
_CLOSING = "）)”’》〉】」』"

_MANY = 2000
"""Pieces of one article or section from which looking at every cut would take too long."""

# Prices of a cut, in units of a part's squared relative deviation from its fair share.
_AT_PARAGRAPH = 0.0
_AT_ITEM = 0.2
_AT_INLINE_ITEM = 0.4
_AT_SENTENCE = 0.6
_AFTER_COLON = 2.0


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    price: float


def split_long(text: str, limit: int = LIMIT) -> list[tuple[int, int]]:
    """Return spans of ``text``, each at most ``limit`` characters where that is possible.

    Cuts fall at line ends (款); inside a line that is itself too long, before items;
    inside an item that is too long, after sentences.  Only a sentence beyond twice the
    limit is cut inside.  Among the possible cuts those are taken that make the parts
    most even and leave no list without the words that introduce it.

    Args:
        text: an article or section; lines are its paragraphs and items.
        limit: characters per part, at least 1.

    Returns:
        ``(start, end)`` pairs in order, end exclusive; what lies between them is
        whitespace.  Empty for a text without any visible character.

    Raises:
        ValueError: ``limit`` is below 1.
    """
    if limit < 1:
        raise ValueError("limit must be positive")
    start, end = _strip(text, 0, len(text))
    if start == end:
        return []
    if end - start <= limit:
        return [(start, end)]
    return _pack(_coarse(_atoms(text, limit), limit), limit)


def _coarse(atoms: list[_Atom], limit: int) -> list[_Atom]:
    """Join the tiny pieces of a huge text, where it does not matter which of them a cut takes."""
    if len(atoms) <= _MANY:
        return atoms
    joined = atoms[:1]
    for atom in atoms[1:]:
        last = joined[-1]
        if atom.end - last.start <= limit // 10:
            joined[-1] = _Atom(last.start, atom.end, last.price)
        else:
            joined.append(atom)
    return joined


def _pack(atoms: list[_Atom], limit: int) -> list[tuple[int, int]]:
    """Group atoms into parts at the least total price (shortest path over cuts)."""
    total = atoms[-1].end - atoms[0].start
    share = total / -(-total // limit)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last, atom in enumerate(atoms):
        choice = (float("inf"), last)
        for first in range(last, -1, -1):
            length = atom.end - atoms[first].start
            if length > limit and first < last:
                break
            price = best[first][0] + 1 + (length / share - 1) ** 2
            if first:
                price += atoms[first].price
            choice = min(choice, (price, first))
        best.append(choice)
    spans = []
    last = len(atoms)
    while last:
        first = best[last][1]
        spans.append((atoms[first].start, atoms[last - 1].end))
        last = first
    return spans[::-1]


def _atoms(text: str, limit: int) -> list[_Atom]:
    """Return the pieces that are not cut further, with the price of cutting before each."""
    atoms: list[_Atom] = []
    for match in re.finditer(r"[^\n]+", text):
        start, end = _strip(text, *match.span())
        if start == end:
            continue
        price = _AT_ITEM if _ITEM.match(text, start) else _AT_PARAGRAPH
        if atoms and text[atoms[-1].end - 1] in "：:":
            price += _AFTER_COLON
        atoms.extend(_cut_line(text, _Atom(start, end, price), limit))
    return atoms


def _cut_line(text: str, line: _Atom, limit: int) -> Iterator[_Atom]:
    if line.end - line.start <= limit:
        yield line
        return
    starts = [match.start() for match in _INLINE_ITEM.finditer(text, line.start, line.end)]
    for item in _cut(text, line, starts, _AT_INLINE_ITEM):
        if item.end - item.start <= limit:
            yield item
            continue
        for sentence in _cut(text, item, _sentence_starts(text, item), _AT_SENTENCE):
            if sentence.end - sentence.start <= 2 * limit:
                yield sentence
            else:
                yield from _force(text, sentence, limit)


def _sentence_starts(text: str, piece: _Atom) -> list[int]:
    """Return where sentences begin; a full stop inside brackets or quotes ends none."""
    starts = []
    depth = 0
    position = piece.start
    for match in _SENTENCE_END.finditer(text, piece.start, piece.end):
        for mark in text[position : match.end()]:
            if mark in _OPENING:
                depth += 1
            elif mark in _CLOSING:
                depth = max(0, depth - 1)
        position = match.end()
        if depth == 0:
            starts.append(match.end())
    return starts


def _force(text: str, sentence: _Atom, limit: int) -> Iterator[_Atom]:
    """Cut a monstrous sentence after clauses, or anywhere if it has none."""
    starts = [match.end() for match in _SENTENCE_END.finditer(text, sentence.start, sentence.end)]
    starts += [match.end() for match in _CLAUSE_END.finditer(text, sentence.start, sentence.end)]
    for clause in _cut(text, sentence, sorted(set(starts)), _AT_SENTENCE):
        begins = list(range(clause.start + limit, clause.end, limit))
        yield from _cut(text, clause, begins, _AT_SENTENCE)


def _cut(text: str, piece: _Atom, starts: list[int], price: float) -> Iterator[_Atom]:
    edges = [piece.start, *(s for s in starts if piece.start < s < piece.end), piece.end]
    paid = piece.price
    for left, right in pairwise(edges):
        start, end = _strip(text, left, right)
        if start < end:
            yield _Atom(start, end, paid)
            paid = price


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
