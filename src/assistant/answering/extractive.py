"""The extractive answer: deciding sentences in the source's own words, then what goes with them."""

import re
from collections.abc import Sequence

from assistant.answering.asked import MEASURED, Ask, answered_share
from assistant.answering.draft import Draft
from assistant.answering.layout import Piece, lay_out
from assistant.answering.leading import ScoredPiece
from assistant.answering.model import Role
from assistant.answering.relevance import Reading
from assistant.retrieval import Evidence

# A piece whose logarithm of the chance to lead lies further behind is about something else.
_CLOSE_BESIDE = 0.7
_CLOSE_MEASURED = 2.5
_RELATED = 4.0
_PIECES = 3
_CITED = 5
_LONGEST_LIST = 14
_FURTHER = 4
_FURTHER_LENGTH = 160
_PRECEDING = re.compile(r"(?:依照|按照|适用|有|由)前[两二三]?款")
_EXCEPTION = re.compile(
    r"^但|但是|除外|另有规定|从其规定|不适用|可以不|不予|免予|免于|情况复杂|情况特殊|特殊情况|可以延长"
)


def compose(
    readings: Sequence[Reading], evidence: Sequence[Evidence], draft: Draft | None = None
) -> Draft:
    """Lead with what answers best, then exceptions and neighbours, then related passages.

    Args:
        readings: the evidence as read against each part that is answered; every one has
            a piece.
        evidence: best first, passages whole.
        draft: an answer already begun, to be continued.
    """
    draft = draft or Draft()
    led = [(_lead(reading), reading.pieces[0].evidence) for reading in readings]
    for pieces, item in led:
        draft.say(pieces, item)
    for _, item in led:
        _go_on(draft, item)
    _relate(draft, readings, evidence)
    return draft


def _relate(draft: Draft, readings: Sequence[Reading], evidence: Sequence[Evidence]) -> None:
    """Quote the best words of the other passages that come close."""
    best = max(reading.pieces[0].score for reading in readings)
    top: dict[str, tuple[ScoredPiece, frozenset[Ask]]] = {}
    for reading in readings:
        for scored in reading.pieces:
            key = scored.evidence.passage.citation_id
            if key not in top or scored.score > top[key][0].score:
                top[key] = (scored, reading.asks)
    for item in evidence:
        found = top.get(item.passage.citation_id)
        if len(draft.cited) >= _CITED:
            break
        if found and found[0].score >= best - _RELATED and not draft.said(item):
            draft.say(_quoted(*found), item, Role.RELATED)


def _lead(reading: Reading) -> list[Piece]:
    """The pieces of the best passage that answer: the best first, the rest as in the text."""
    best = reading.pieces[0]
    measured = reading.asks & MEASURED
    chosen = []
    for scored in reading.pieces:
        if scored.evidence.passage.citation_id != best.evidence.passage.citation_id:
            continue
        # A passage's other periods answer the question for the period as well.
        figures = measured and answered_share(measured, scored.piece.text)
        limit = _CLOSE_MEASURED if figures else _CLOSE_BESIDE
        if scored.score >= best.score - limit and scored.signs.asked >= best.signs.asked:
            chosen.append(scored)
    pieces: list[Piece] = []
    for scored in chosen[:_PIECES]:
        pieces += [piece for piece in _quoted(scored, reading.asks) if piece not in pieces]
    pieces += [piece for piece in _pointed_to(best, pieces) if piece not in pieces]
    lead = pieces[0]
    rest = sorted(pieces[1:], key=lambda piece: piece.start)
    if lead.heads_list:
        return sorted([lead, *rest], key=lambda piece: (piece.line < lead.line, piece.start))
    return [lead, *rest]


def _pointed_to(scored: ScoredPiece, pieces: Sequence[Piece]) -> list[Piece]:
    """The paragraph before, where words lean on it: 依照前款规定处罚."""
    if not any(_PRECEDING.search(piece.text) for piece in pieces[:1]):
        return []
    layout = lay_out(scored.evidence.passage)
    before = layout.lines[pieces[0].line].paragraph - 1
    return [piece for piece in layout.at(before) if len(piece.text) <= _FURTHER_LENGTH]


def _quoted(scored: ScoredPiece, asks: frozenset[Ask]) -> list[Piece]:
    """The pieces to show: a list's head with its items, an item with its head."""
    layout = lay_out(scored.evidence.passage)
    piece = scored.piece
    if piece.head:
        heads = [p for p in layout.pieces if p.heads_list and p.text == piece.head]
        before = [p for p in heads if p.start < piece.start][-1:]
        if Ask.LIST not in asks or not before:
            return [*before, piece]
        piece = before[0]
    if not piece.heads_list:
        return [piece]
    return [piece, *layout.listed_under(piece)[:_LONGEST_LIST]]


def _go_on(draft: Draft, evidence: Evidence) -> None:
    """Quote what the article itself says besides: its exceptions and neighbouring duties."""
    layout = lay_out(evidence.passage)
    said = draft.said(evidence)
    reached = [layout.lines[p.line].paragraph for p in layout.pieces if p.text in said]
    if not reached:
        return
    count = sum(sentence.role in (Role.EXCEPTION, Role.NEIGHBOUR) for sentence in draft.sentences)
    for piece in layout.pieces:
        paragraph = layout.lines[piece.line].paragraph
        exception = bool(_EXCEPTION.search(piece.text))
        if (
            piece.text in said
            or piece.head
            or piece.heads_list
            or len(piece.text) > _FURTHER_LENGTH
            or count >= _FURTHER
            or (paragraph < min(reached) and not exception)
        ):
            continue
        draft.say([piece], evidence, Role.EXCEPTION if exception else Role.NEIGHBOUR)
        count += 1
