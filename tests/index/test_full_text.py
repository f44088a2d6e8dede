"""Full-text search finds what reading every passage finds, and nothing that is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus import Document, DocumentKind, Level, Passage, SourceDocument, Unit
from assistant.index import OpenedIndex
from assistant.index.catalogue import Catalogue
from assistant.index.lexical import LexicalIndex
from assistant.index.phrases import containing

# Ideographs, other forms of them, accents that join letters, and what JSON writes otherwise.
SIGNS = st.sampled_from('罚款听证⽂㈠﨑𠮷6３aAＡé\u0301\u0323"\\，。（）') | st.characters(
    exclude_categories=["Cs", "Cc"]
)
TEXTS = st.text(SIGNS, min_size=1, max_size=12)


def source(texts: Sequence[str], document: str) -> list[Passage]:
    return [
        Passage(document, f"a{at}", Unit.ARTICLE, f"第{at}条", text, at, 0, len(text))
        for at, text in enumerate(texts)
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.data())
def test_any_words_are_found_where_reading_every_passage_finds_them(
    texts: list[str], data: st.DataObject
) -> None:
    passages = [*source(texts[::2], "甲"), *source(texts[1::2], "乙")]
    parts = st.sampled_from(texts).flatmap(
        lambda text: st.tuples(st.just(text), st.integers(0, len(text) - 1), st.integers(1, 12))
    )
    words = data.draw(
        st.lists(parts.map(lambda p: p[0][p[1] : p[1] + p[2]]) | TEXTS, min_size=1, max_size=2)
    )
    found = {p.id for p in passages if all(word in p.text for word in words)}
    with TemporaryDirectory() as folder:
        catalogue = catalogue_of(passages, Path(folder) / "catalogue.db")
        ordered = list(catalogue.all_passages())
        lexical = LexicalIndex.build([p.id for p in ordered], [p.text for p in ordered])
        quick = [p.id for p in containing(lexical, catalogue, words, 9)]
        plain = [p.id for p in catalogue.containing(words, 9)]
        catalogue.close()
    assert quick == plain
    assert set(quick) == found


def catalogue_of(passages: Sequence[Passage], path: Path) -> Catalogue:
    catalogue = Catalogue(path, writable=True)
    for key in ("甲", "乙"):
        document = Document(key, key, DocumentKind.OTHER, Level.INTERNAL, origin=key, digest=key)
        own = [passage for passage in passages if passage.document_id == key]
        catalogue.put(SourceDocument(document, "", own))
    return catalogue


@pytest.mark.parametrize(
    "words",
    [
        ["听证"],
        ["没收违法所得"],
        ["当事人", "申请"],
        ["罚", "款"],
        ["第一条"],
        ["，"],
        ["没有这话"],
    ],
)
def test_the_laws_that_ship_are_searched_alike(
    default_index: OpenedIndex, words: list[str]
) -> None:
    plain = default_index.catalogue.containing(words, 200)
    assert default_index.containing(words, 200) == plain
    assert default_index.containing(words, 5) == plain[:5]


def test_what_is_hidden_is_not_found(default_index: OpenedIndex) -> None:
    first = default_index.containing(["听证"], 1)[0].document_id
    seen = default_index.without(frozenset({first}))
    found = seen.containing(["听证"], 200)
    assert (
        found
        == [p for p in default_index.containing(["听证"], 400) if p.document_id != first][:200]
    )
    assert found
