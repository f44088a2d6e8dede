"""The extractive answer: deciding sentences in the source's own words, then what goes with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.asked import Ask
from assistant.answering.draft import Draft
from assistant.answering.layout import Piece, lay_out
from assistant.answering.model import Role
from assistant.answering.relevance import Reading, ScoredPiece
from assistant.retrieval import Evidence

# A piece this much weaker than the best is about something else.
_CLOSE_BESIDE = 0.93
_CLOSE_ELSEWHERE = 0.95
_RELATED = 0.72
_BLOCKS = 3
_CITED = 5
_LONGEST_LIST = 14
_FURTHER = 4
_FURTHER_LENGTH = 160
_EXCEPTION = re.compile(
    r"^但|但是|除外|另有规定|从其规定|不适用|可以不|不予|免予|免于|情况复杂|情况特殊|特殊情况|可以延长"
)


@dataclass(slots=True)
class _Block:
    """Pieces of one passage that are quoted together."""

    evidence: Evidence
    score: float
    asked: float
    pieces: list[Piece] = field(default_factory=list)


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
    blocks = [block for reading in readings for block in _ordered(_blocks(reading))]
    for block in blocks:
        draft.say(block.pieces, block.evidence)
    for block in blocks:
        _go_on(draft, block.evidence)
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
        if found and found[0].score >= _RELATED * best and not draft.said(item):
            draft.say(_quoted(*found), item, Role.RELATED)


def _blocks(reading: Reading) -> list[_Block]:
    best = reading.pieces[0]
    blocks: dict[str, _Block] = {}
    for scored in reading.pieces:
        key = scored.evidence.passage.citation_id
        limit = _CLOSE_BESIDE if key == best.evidence.passage.citation_id else _CLOSE_ELSEWHERE
        if scored.score < limit * best.score or scored.asked < best.asked:
            continue
        if key not in blocks:
            if len(blocks) == _BLOCKS:
                continue
            blocks[key] = _Block(scored.evidence, scored.score, scored.asked)
        held = blocks[key].pieces
        held += [piece for piece in _quoted(scored, reading.asks) if piece not in held]
    for block in blocks.values():
        lead = block.pieces[0]
        # The best first, the rest in the order of the text.
        block.pieces[1:] = sorted(block.pieces[1:], key=lambda piece: piece.start)
        if lead.heads_list:
            block.pieces.sort(key=lambda piece: (piece.line < lead.line, piece.start))
    return list(blocks.values())


def _ordered(blocks: list[_Block]) -> list[_Block]:
    """Order sources by level of authority, then the newest first."""
    return sorted(
        blocks,
        key=lambda block: (
            block.evidence.document.level,
            -(block.evidence.document.effective.toordinal())
            if block.evidence.document.effective
            else 0,
        ),
    )


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
