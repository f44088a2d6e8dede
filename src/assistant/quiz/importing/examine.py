"""Hold a foreign bank against the sources, and take in what stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.corpus import Document, Passage
from assistant.quiz.bank import Bank
from assistant.quiz.importing.agreement import agreement
from assistant.quiz.importing.drafts import Draft, DraftError, read_draft
from assistant.quiz.importing.grounds import Grounds
from assistant.quiz.importing.table import Row
from assistant.quiz.model import Question, QuestionType
from assistant.quiz.proof import Fault, prove
from assistant.quiz.source import Article
from assistant.quiz.wording import difficulty_of

_LEAST_LIKE = 0.35


class Outcome(StrEnum):
    """What became of a row; the value is what readers see."""

    PROVED = "已证实"
    AGREES = "与条文相符"
    DOUBTFUL = "存疑"
    KNOWN = "重复"
    UNREAD = "不能识别"

    @property
    def is_sound(self) -> bool:
        """Whether such a question is taken in."""
        return self in (Outcome.PROVED, Outcome.AGREES)


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with what was found out about it.

    Attributes:
        row: the row.
        outcome: what became of it.
        reason: in Chinese, what is doubtful; empty if nothing.
        question: the question with its source; None where none was found or read.
    """

    row: Row
    outcome: Outcome
    reason: str
    question: Question | None


class Examiner:
    """Checks rows against the sources of one index.

    Args:
        sources: documents by id, with their passages.
        day: the day whose law applies; today by default.
    """

    def __init__(
        self,
        sources: Mapping[str, tuple[Document, Sequence[Passage]]],
        day: date | None = None,
    ) -> None:
        self._day = day or date.today()
        self._grounds = Grounds(sources, self._day)

    def examine(self, rows: Sequence[Row], bank: Bank) -> Iterator[Checked]:
        """Yield each row with its outcome, in order.

        Args:
            rows: the rows of a table.
            bank: what it has already is not taken again, rejected questions included.
        """
        known = {_sameness(entry.question) for entry in bank.all()}
        for row in rows:
            try:
                draft = read_draft(row)
            except DraftError as error:
                yield Checked(row, Outcome.UNREAD, str(error), None)
                continue
            if draft.sameness in known:
                yield Checked(row, Outcome.KNOWN, "题库或本表前面已有此题", None)
                continue
            known.add(draft.sameness)
            yield self._checked(row, draft)

    def _checked(self, row: Row, draft: Draft) -> Checked:
        # Further on, a stem may speak of other articles than the one it is about.
        told = (row.source, row.explanation, draft.stem.partition("规定")[0])
        cited = self._grounds.cited(*told)
        named = self._grounds.named(*told)
        gone = [a for a in cited if not a.document.validity_on(self._day).is_current]
        if gone and len(gone) == len(cited):
            return Checked(
                row, Outcome.DOUBTFUL, f"所引{gone[0].citation}{gone[0].validity}",
                _question(draft, row, gone[0], gone[0].passage.text),
            )  # fmt: skip
        first = self._best(row, draft, [a for a in cited if a not in gone], 0.0)
        if first is not None and first.outcome.is_sound:
            return first
        alike = self._grounds.alike(row, draft, named)
        second = self._best(row, draft, alike, _LEAST_LIKE)
        if first is None:
            return second or Checked(row, Outcome.DOUBTFUL, "在资料中查不到依据", None)
        if second is not None and second.outcome.is_sound and second.question is not None:
            reason = f"所引条文不能证明答案（{first.reason}），答案见{second.question.citation}"
            return Checked(row, Outcome.DOUBTFUL, reason, second.question)
        return first

    def _best(
        self, row: Row, draft: Draft, articles: Sequence[Article], least: float
    ) -> Checked | None:
        """What the article most on the subject says, a proof first among equals.

        Another may hold the same sentence for another case.  Articles less on the
        subject than ``least`` are passed over in silence.
        """
        found: list[tuple[float, bool, Checked]] = []
        for article in articles:
            said, proved = agreement(draft, article), _proved(draft, row, article)
            if said.subject < least and proved is None:
                continue
            if proved is not None:
                checked = Checked(row, Outcome.PROVED, "", proved)
            else:
                outcome = Outcome.AGREES if said.holds else Outcome.DOUBTFUL
                question = _question(draft, row, article, said.quote)
                checked = Checked(row, outcome, said.reason, question)
            found.append((said.subject, proved is not None, checked))
        return max(found, key=lambda entry: entry[:2])[2] if found else None


def take(checked: Sequence[Checked], bank: Bank, person: str) -> int:
    """Take the sound questions into the bank and return how many were new."""
    sound = [c.question for c in checked if c.outcome.is_sound and c.question is not None]
    return bank.add(sound, person)


def _sameness(question: Question) -> tuple[str, ...]:
    return Draft(question.type, question.stem, question.options, question.key, None).sameness


def _proved(draft: Draft, row: Row, article: Article) -> Question | None:
    for quote in _quotes(draft, article):
        question = _question(draft, row, article, quote)
        faults = prove(question, article.passage.text)
        # 前款 and the like are the wording of the bank we take in.
        if not [fault for fault in faults if fault is not Fault.DANGLING]:
            return question
    return None


def _quotes(draft: Draft, article: Article) -> Iterator[str]:
    """Words of an article that could prove a key of this kind, the shortest first."""
    if draft.type in (QuestionType.MULTIPLE, QuestionType.ORDER, QuestionType.CASE):
        yield from (listing.quote for listing in article.listings())
    if draft.type is QuestionType.MULTIPLE:
        return
    yield from (words.text for words in article.words())
    yield from article.lines


def _question(draft: Draft, row: Row, article: Article, quote: str) -> Question:
    return Question(
        type=draft.type,
        stem=draft.stem,
        options=draft.options,
        key=draft.key,
        quote=quote,
        citation_id=article.passage.citation_id,
        citation=article.citation,
        document=article.document.title,
        topic=row.topic or article.topic,
        difficulty=draft.difficulty or difficulty_of(draft.type, quote),
        validity=article.validity,
        digest=article.digest,
    )
