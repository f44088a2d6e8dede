"""Passages with the very words: the lexical index says where to look, the text decides."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import islice

import numpy as np

from assistant.corpus import Passage
from assistant.index.catalogue import Catalogue
from assistant.index.lexical import LexicalIndex, Rows

_RUN = re.compile(r"[㐀-鿿]+|[a-z0-9]+")
# Read at once at first; most words stand in nearly every passage that has their terms.
_FIRST = 300


def containing(
    lexical: LexicalIndex, catalogue: Catalogue, words: Sequence[str], count: int
) -> list[Passage]:
    """Return up to ``count`` passages whose text has all ``words``, document by document.

    Finds what :meth:`Catalogue.containing` finds, in its order, without reading every
    passage.  Words without any ideograph, Latin letter or digit are still looked for
    everywhere.

    Args:
        lexical: over the passages of ``catalogue``, hidden ones included.
        catalogue: what may be found.
        words: each as it stands in the text, case and width included.
        count: how many passages to return.
    """
    rows = _rows_with(lexical, words)
    if rows is None:
        return catalogue.containing(words, count)
    return list(islice(_read(lexical, catalogue, rows, words), count))


def _read(
    lexical: LexicalIndex, catalogue: Catalogue, rows: Rows, words: Sequence[str]
) -> Iterator[Passage]:
    start, size = 0, _FIRST
    while start < len(rows):
        ids = [lexical.ids[row] for row in rows[start : start + size]]
        yield from catalogue.having(ids, words)
        start, size = start + size, size * 4


def _rows_with(lexical: LexicalIndex, words: Sequence[str]) -> Rows | None:
    """Return where passages with all ``words`` can be, ascending; None for anywhere."""
    found = [rows for word in words for rows in _rows_of(lexical, word)]
    if not found:
        return None
    return reduce(_in_both, sorted(found, key=len))


def _in_both(few: Rows, many: Rows) -> Rows:
    if not len(few) or not len(many):
        return few[:0]
    places = np.searchsorted(many, few).clip(max=len(many) - 1)
    both: Rows = few[many[places] == few]
    return both


def _rows_of(lexical: LexicalIndex, word: str) -> Iterator[Rows]:
    """Yield for every term that a text with ``word`` must have where it stands."""
    for match in _RUN.finditer(_certain(unicodedata.normalize("NFKC", word).lower())):
        run = match[0]
        if run[0].isascii():
            # Letters and digits beside it in the text belong to the same term.
            parts = [lexical.rows(term) for term in lexical.plain_terms if run in term]
            yield np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int32)
        elif len(run) == 1:
            yield lexical.rows(run)
        else:
            yield from (lexical.rows(run[at : at + 2]) for at in range(len(run) - 1))


def _certain(word: str) -> str:
    """Return a word without a last letter that an accent after it in the text would change."""
    end = len(word)
    while end and unicodedata.combining(word[end - 1]):
        end -= 1
    if end and word[end - 1].isascii() and word[end - 1].isalpha():
        end -= 1
    return word[:end]
