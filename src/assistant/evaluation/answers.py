"""How good answers are: key facts, citations, refusals, warnings and time, question by question."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answering import Answer, Assistant, Outcome, Role, Sentence
from assistant.evaluation.questions import Expect, Question, passage_key


@dataclass(frozen=True)
class AnswerOutcome:
    """A question with the answer given and what it is worth.

    Attributes:
        question: with its gold passages, key facts and what is expected.
        answer: as given.
    """

    question: Question
    answer: Answer

    @property
    def refused(self) -> bool:
        """Whether the assistant gave no answer."""
        return self.answer.outcome is Outcome.REFUSED

    @property
    def false_answer(self) -> bool:
        """Whether it answered what it should have refused."""
        return self.question.expected is Expect.REFUSE and not self.refused

    @property
    def false_refusal(self) -> bool:
        """Whether it refused what it should have answered."""
        return self.question.expected is not Expect.REFUSE and self.refused

    @property
    def unwarned(self) -> bool:
        """Whether a warning on validity was due and none was given."""
        return self.question.expected is Expect.WARN and not self.answer.warnings

    @cached_property
    def facts_missing(self) -> tuple[str, ...]:
        """Key facts that neither the lead nor what goes with it says."""
        return self._missing((*self.answer.lead, *self.answer.further))

    @cached_property
    def facts_missing_in_lead(self) -> tuple[str, ...]:
        """Key facts that the lead does not say."""
        return self._missing(self.answer.lead)

    @cached_property
    def facts_missing_shown(self) -> tuple[str, ...]:
        """Key facts that not even the cited passages say, which stand below the answer."""
        shown = [Sentence(line, ()) for clause in self.answer.clauses for line in clause.lines]
        return self._missing((*self.answer.lead, *self.answer.further, *shown))

    @cached_property
    def unsupported(self) -> tuple[str, ...]:
        """Sentences that stand in none of the passages they cite: fabricated law.

        What the register of item lists counts is said in its own words, beside the rows.
        """
        if self.answer.table is not None:
            return ()
        words = {c.number: c.passage.text for c in self.answer.citations}
        return tuple(
            sentence.text
            for sentence in (*self.answer.lead, *self.answer.further)
            if sentence.role is not Role.NOTE
            and not any(sentence.text in words.get(number, "") for number in sentence.citations)
        )

    @cached_property
    def led_by(self) -> frozenset[tuple[str, str]]:
        """The passages that the lead stands on."""
        numbers = {number for sentence in self.answer.lead for number in sentence.citations}
        return self._keys(numbers)

    @cached_property
    def cited(self) -> frozenset[tuple[str, str]]:
        """All passages cited."""
        return self._keys({citation.number for citation in self.answer.citations})

    @cached_property
    def wrongly_led_by(self) -> frozenset[tuple[str, str]]:
        """Passages the lead stands on that are neither gold nor carry a key fact."""
        carrying = {
            passage_key(c.document.title, c.passage.label)
            for c in self.answer.citations
            if any(_plain(fact) in _plain(c.passage.text) for fact in self.question.facts)
        }
        return self.led_by - self.gold - carrying

    @property
    def gold(self) -> frozenset[tuple[str, str]]:
        """The passages that govern the question."""
        return frozenset(gold.key for gold in self.question.relevant)

    def _missing(self, sentences: Iterable[Sentence]) -> tuple[str, ...]:
        if self.refused:
            return self.question.facts
        said = _plain("".join(sentence.text for sentence in sentences))
        return tuple(fact for fact in self.question.facts if _plain(fact) not in said)

    def _keys(self, numbers: set[int]) -> frozenset[tuple[str, str]]:
        return frozenset(
            passage_key(citation.document.title, citation.passage.label)
            for citation in self.answer.citations
            if citation.number in numbers
        )


@dataclass(frozen=True)
class AnswersReport:
    """Every question with its answer, and the figures over them.

    All figures lie between 0 and 1; one without any question to measure is 1 where
    more is better and 0 where less is.
    """

    outcomes: tuple[AnswerOutcome, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of question, in the order of the file."""
        return tuple(dict.fromkeys(o.question.kind for o in self.outcomes if o.question.kind))

    def of_kind(self, kind: str) -> "AnswersReport":
        """Return the report over one kind of question."""
        return AnswersReport(tuple(o for o in self.outcomes if o.question.kind == kind))

    @property
    def fact_recall(self) -> float:
        """Share of the key facts said, over answerable questions; a refusal says none."""
        return self._facts(lambda outcome: outcome.facts_missing)

    @property
    def fact_recall_lead(self) -> float:
        """Share of the key facts said in the lead alone."""
        return self._facts(lambda outcome: outcome.facts_missing_in_lead)

    @property
    def fact_recall_shown(self) -> float:
        """Share of the key facts said in the answer or in the passages laid out below it."""
        return self._facts(lambda outcome: outcome.facts_missing_shown)

    @property
    def citation_precision(self) -> float:
        """Share of the passages under a lead that are gold or carry a key fact."""
        return 1 - _share(
            sum(len(o.wrongly_led_by) for o in self._given),
            sum(len(o.led_by) for o in self._given),
        )

    @property
    def citation_precision_gold(self) -> float:
        """Share of the passages under a lead that are gold."""
        return 1 - _share(
            sum(len(o.led_by - o.gold) for o in self._given),
            sum(len(o.led_by) for o in self._given),
        )

    @property
    def citation_recall(self) -> float:
        """Share of the gold passages cited anywhere in an answer to an answerable question."""
        return 1 - _share(
            sum(len(o.gold - (frozenset() if o.refused else o.cited)) for o in self._due),
            sum(len(o.gold) for o in self._due),
        )

    @property
    def fabricated(self) -> int:
        """Number of sentences that do not stand in a passage they cite."""
        return sum(len(outcome.unsupported) for outcome in self.outcomes)

    @property
    def right_refusals(self) -> float:
        """Share of the questions to be refused that were."""
        due = [o for o in self.outcomes if o.question.expected is Expect.REFUSE]
        return 1 - _share(sum(o.false_answer for o in due), len(due))

    @property
    def false_refusals(self) -> float:
        """Share of the questions to be answered that were refused."""
        return _share(sum(o.false_refusal for o in self._due), len(self._due))

    @property
    def warned(self) -> float:
        """Share of the warnings on validity due that were given."""
        due = [o for o in self.outcomes if o.question.expected is Expect.WARN]
        return 1 - _share(sum(o.unwarned for o in due), len(due))

    @property
    def seconds(self) -> tuple[float, ...]:
        """Time to each full answer."""
        return tuple(outcome.answer.seconds for outcome in self.outcomes)

    @property
    def _due(self) -> list[AnswerOutcome]:
        return [o for o in self.outcomes if o.question.expected is not Expect.REFUSE]

    @property
    def _given(self) -> list[AnswerOutcome]:
        return [o for o in self._due if not o.refused and o.gold]

    def _facts(self, missing: Callable[[AnswerOutcome], Sequence[str]]) -> float:
        return 1 - _share(
            sum(len(missing(o)) for o in self._due), sum(len(o.question.facts) for o in self._due)
        )


def evaluate_answers(assistant: Assistant, questions: Sequence[Question]) -> AnswersReport:
    """Ask every question and judge the answers.

    Earlier questions of a dialogue are asked first; only the last one is judged.
    """
    assistant.warm_up()
    outcomes = []
    for question in questions:
        history: list[Answer] = []
        for earlier in question.history:
            history.append(assistant.ask(earlier, day=question.day, history=history))
        answer = assistant.ask(question.question, day=question.day, history=history)
        outcomes.append(AnswerOutcome(question, answer))
    return AnswersReport(tuple(outcomes))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())
