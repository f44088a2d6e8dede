"""From a question understood to a reply: objections, citations, readings, the decision."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering.absent import Absent
from assistant.answering.asked import MEASURED, Ask, answers, parts_of
from assistant.answering.cited import compose_cited
from assistant.answering.confidence import Decision, Features, decision
from assistant.answering.differences import contradiction, differences_between
from assistant.answering.draft import Draft
from assistant.answering.extractive import compose
from assistant.answering.leading import shared_run
from assistant.answering.model import Outcome, Role
from assistant.answering.premises import Objection, elsewhere, objection_to
from assistant.answering.relevance import Reading, is_exact, read, whole_evidence
from assistant.answering.standing import asks_standing, say_standing, stale_documents
from assistant.answering.topic import topic
from assistant.answering.validity import warnings_for
from assistant.answering.versions import say_which_version
from assistant.corpus import Document
from assistant.corpus.law_pack import pack_titles
from assistant.index import OpenedIndex
from assistant.index.lexical import tokens
from assistant.retrieval import Evidence, Query, Reason, Searcher
from assistant.retrieval.wording import subject

_EVIDENCE = 10
_NEAREST = 3
# A nickname before the article number leaves a few terms behind.
_NAME_TERMS = 4
# What naming a place whose own rules are not held adds to the feature of that name.
_PLACE = 0.3
# A question that shares so many characters in a row with a near passage has its term of art.
_TERM = 5
_REFUSAL = "资料库中没有找到能回答这个问题的依据，因此不作回答。"
_NEAR = "下面是最接近的来源，供核对。"
_OUTSIDE = Objection("这个问题不像是行政执法或者本单位制度方面的，因此不作回答。")
_SPACES = re.compile(r"[\s，。？！、；：,.?!;:]+")


@dataclass(frozen=True, slots=True)
class Reply:
    """What an answer is made of.

    Attributes:
        outcome: answered, partly answered or refused.
        draft: what is said and cited.
        missing: parts of the question without an answer.
        differences: where the sources differ.
        warnings: on validity.
    """

    outcome: Outcome
    draft: Draft
    missing: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Answerer:
    """Decides whether a question is answered, and from what.

    Args:
        index: the opened index.
        searcher: finds the evidence.
    """

    def __init__(self, index: OpenedIndex, searcher: Searcher) -> None:
        self._index = index
        self._searcher = searcher
        self._decision: Decision = decision()

    def reply(self, query: Query) -> Reply:
        """Answer a question, partly or not at all."""
        evidence = whole_evidence(self._index, self._searcher.search(query, count=_EVIDENCE))
        objection = self._objection(query, evidence)
        reply = self._refuse(evidence, objection) if objection else self._answer(query, evidence)
        if reply.outcome is not Outcome.REFUSED:
            say_which_version(reply.draft, query.day, self._searcher, self._index)
        cited = [(item.document, item.passage) for item in reply.draft.cited]
        stale = stale_documents(query)
        warnings = warnings_for(self._searcher, cited, query.day, named=stale)
        return replace(reply, warnings=warnings)

    def features(self, query: Query) -> Features | None:
        """Return the features of the part most likely answerable; None if nothing is decided."""
        evidence = whole_evidence(self._index, self._searcher.search(query, count=_EVIDENCE))
        if query.cited or self._objection(query, evidence):
            return None
        readings = [reading.features for reading in self._read(query, evidence)]
        return max(readings, key=self._decision.probability)

    def _objection(self, query: Query, evidence: list[Evidence]) -> Objection | None:
        objection = objection_to(query, evidence, self._index, self._searcher, self._unheld)
        if objection or query.cited or query.named:
            return objection
        words = query.standalone
        if any(shared_run(words, item.passage.text) >= _TERM for item in evidence[:_NEAREST]):
            return None
        embedding = self._index.embedding
        vector = embedding.get_query_embedding(words)
        return _OUTSIDE if topic().is_outside(words, vector, embedding.fingerprint) else None

    def _answer(self, query: Query, evidence: list[Evidence]) -> Reply:
        stale = stale_documents(query)
        asks_force = asks_standing(query.standalone)
        if query.cited and not _asks_more(query) and not (stale and asks_force):
            draft, missing = compose_cited(query.cited, evidence, Draft())
            if draft.sentences:
                say_standing(draft, stale, query, self._index, self._searcher)
                _cite_replacements(draft, evidence)
                outcome = Outcome.PARTIAL if missing else Outcome.ANSWERED
                return Reply(outcome, draft, missing)
        if stale or (query.named and asks_force):
            reply = self._standing(query, evidence, stale)
            if reply.draft.sentences:
                return reply
        cited = [item for item in evidence if is_exact(item)]
        readings = self._read(query, cited or evidence)
        answered = [r for r in readings if r.pieces and self._answers(query, r)]
        if not answered:
            return self._refuse(evidence, None)
        draft = compose(answered, evidence)
        return self._judged(query, evidence, readings, answered, draft)

    def _standing(
        self, query: Query, evidence: Sequence[Evidence], stale: Sequence[Document]
    ) -> Reply:
        """Say whether the laws named apply, what applies now, and what the old words were."""
        draft = Draft()
        say_standing(draft, stale or query.named, query, self._index, self._searcher)
        current = [item for item in evidence if item.validity.is_current]
        if stale and _asks_more(query):
            answered = [
                reading
                for reading in self._read(query, current)
                if reading.pieces and self._decision.answers(reading.features)
            ]
            if answered:
                compose(answered, current, draft)
        # Old words are shown, but they answer nothing today.
        role = Role.RELATED if stale and draft.sentences else Role.ANSWER
        cited, missing = compose_cited(query.cited, evidence, draft, role)
        _cite_replacements(cited, evidence)
        outcome = Outcome.PARTIAL if missing else Outcome.ANSWERED
        return Reply(outcome, cited, missing)

    def _judged(
        self,
        query: Query,
        evidence: list[Evidence],
        readings: Sequence[Reading],
        answered: Sequence[Reading],
        draft: Draft,
    ) -> Reply:
        missing = tuple(
            [f"“{r.question}”" for r in readings if r not in answered]
            + [words for reading in answered if (words := _lacking(reading, draft))]
        )
        if place := elsewhere(query, evidence, self._searcher):
            missing += (f"{place}的地方规定（资料库没有收录，以下是全国性规定）",)
        outcome = Outcome.PARTIAL if missing else Outcome.ANSWERED
        found = (*contradiction(query.standalone, draft), *differences_between(answered))
        return Reply(outcome, draft, missing, found)

    def _answers(self, query: Query, reading: Reading) -> bool:
        return bool(query.cited) or self._decision.answers(reading.features)

    def _read(self, query: Query, evidence: Sequence[Evidence]) -> list[Reading]:
        names = [name for d in query.named for name in (d.title, d.short_title)]
        readings = read(self._index, parts_of(query.standalone), evidence, names, self._absent)
        if not elsewhere(query, list(evidence), self._searcher):
            return readings
        return [
            replace(reading, features=reading.features.more_elsewhere(_PLACE))
            for reading in readings
        ]

    def _refuse(self, evidence: Sequence[Evidence], objection: Objection | None) -> Reply:
        draft = Draft()
        near = list(evidence)
        if objection and objection.document:
            own = [item for item in near if item.document.id == objection.document.id]
            near = own or near
        for item in near[:_NEAREST]:
            draft.cite(item)
        words = objection.text if objection else _REFUSAL
        draft.note(words + (_NEAR if near else ""))
        return Reply(Outcome.REFUSED, draft)

    @cached_property
    def _absent(self) -> Absent:
        return Absent(self._unheld)

    @cached_property
    def _unheld(self) -> list[str]:
        held = {document.title for document in self._searcher.documents}
        return [
            title.removeprefix("中华人民共和国") for title in pack_titles() if title not in held
        ]


def _cite_replacements(draft: Draft, evidence: Sequence[Evidence]) -> None:
    for item in evidence:
        if any(finding.reason is Reason.REPLACEMENT for finding in item.findings):
            draft.cite(item)


def _lacking(reading: Reading, draft: Draft) -> str:
    """Say which measure a question asks for that the answer does not give, "" if none."""
    said = "".join(s.text for s in draft.sentences if s.role in (Role.ANSWER, Role.EXCEPTION))
    measured = reading.asks & MEASURED
    if not measured or any(answers(ask, said) for ask in measured):
        return ""
    ask = next(ask for ask in Ask if ask in measured)
    return f"“{reading.question}”所问的{ask.label}（条文没有写明）"


def _asks_more(query: Query) -> bool:
    """Whether a question asks something about the articles it cites."""
    rest = query.text
    for place in reversed(query.cited):
        rest = rest[: place.start] + " " + rest[place.end :]
    for document in query.named:
        for name in (document.title, document.short_title):
            rest = rest.replace(name, " ")
    return len(tokens(_SPACES.sub(" ", subject(rest)))) > _NAME_TERMS
