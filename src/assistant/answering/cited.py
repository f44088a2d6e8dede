"""Answers to a bare citation: the article, paragraph or item in its own words."""

from collections.abc import Sequence

from assistant.answering.draft import Draft, pieces_at
from assistant.answering.layout import lay_out
from assistant.answering.model import Role
from assistant.corpus.numerals import to_chinese
from assistant.retrieval import CitedPlace, Evidence


def compose_cited(
    places: Sequence[CitedPlace],
    evidence: Sequence[Evidence],
    draft: Draft,
    role: Role = Role.ANSWER,
) -> tuple[Draft, tuple[str, ...]]:
    """Quote the articles that the question cites, down to the paragraph and item named.

    Args:
        places: what the question cites.
        evidence: passages whole.
        draft: the answer; extended.
        role: what the words quoted do in the answer.

    Returns:
        the draft, and Chinese words for cited places that the articles do not have.
    """
    missing: list[str] = []
    found = {item.passage.citation_id: item for item in evidence}
    for place in places:
        item = found.get(place.citation_id)
        if item is None:
            continue
        pieces = pieces_at(item, place.paragraph, place.item)
        if not pieces:
            missing.append(_nowhere(place, item))
            pieces = lay_out(item.passage).pieces
        draft.say(pieces, item, role)
    return draft, tuple(missing)


def _nowhere(place: CitedPlace, evidence: Evidence) -> str:
    layout = lay_out(evidence.passage)
    wanted = f"第{to_chinese(place.paragraph)}款" if place.paragraph else ""
    wanted += f"第（{to_chinese(place.item)}）项" if place.item else ""
    has = f"共{to_chinese(layout.paragraphs)}款"
    if place.item and place.paragraph <= layout.paragraphs:
        items = layout.items(place.paragraph or 1)
        has = f"该款共{to_chinese(items)}项" if items else "该款没有分项"
    return f"《{evidence.document.title}》{evidence.passage.label}没有{wanted}（{has}）"
