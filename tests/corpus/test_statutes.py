"""Real statutes, written out as plain text, give back the very articles they were made of."""

import re
from collections.abc import Sequence

import pytest

from assistant.corpus import Passage, SourceDocument
from assistant.corpus.law_pack import LawPackReader
from assistant.corpus.source import Paragraph, Source
from assistant.corpus.structure import parse
from assistant.settings import LawPack

# Where the pack itself glues an annex or the heading of the next part to an article.
GLUED = re.compile(r"\n(?:第[一二三四五六七八九十]+(?:编|分编)|附[：:件])|\||in\"|----")


@pytest.fixture(scope="module")
def statutes() -> list[SourceDocument]:
    return list(LawPackReader().documents(LawPack.ENFORCEMENT))


def content(passages: Sequence[Passage]) -> list[tuple[str, str]]:
    return [(p.id.partition("#")[2], re.sub(r"\s", "", p.text)) for p in passages]


def test_statutes_written_as_text_give_back_their_articles(
    statutes: list[SourceDocument],
) -> None:
    compared = 0
    for statute in statutes:
        if GLUED.search(statute.text) or statute.passages[0].anchor != "a1":
            continue
        lines = [Paragraph(line) for line in statute.text.splitlines()]
        result = parse(Source("法律.txt", "0", lines), statute.document.id)
        assert content(result.passages) == content(statute.passages), statute.document.title
        compared += len(result.passages)
    assert compared > 5000


def test_their_chapters_and_sections_become_breadcrumbs(statutes: list[SourceDocument]) -> None:
    penalty = next(s for s in statutes if s.document.short_title == "行政处罚法")
    lines = [Paragraph(line) for line in penalty.text.splitlines()]
    result = parse(Source("法律.txt", "0", lines), penalty.document.id)
    crumbs = [tuple(re.sub(r"\s", "", c) for c in p.breadcrumb) for p in result.passages]
    expected = [tuple(re.sub(r"\s", "", c) for c in p.breadcrumb) for p in penalty.passages]
    assert crumbs == expected
