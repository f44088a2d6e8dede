"""Practice: answers stay, marks are fair, mistakes come back."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.corpus import Document, Passage
from assistant.quiz import Bank, Question, QuestionType, QuizError, State, make_questions
from assistant.quiz.practice import (
    Drawing,
    Feedback,
    Learning,
    Plan,
    Posed,
    Purpose,
    Session,
    draw,
    first_bank,
    is_right,
    read_words,
    tallies,
    usable,
)

DAY = datetime(2026, 8, 15, 9, tzinfo=UTC)
Source = tuple[Document, Sequence[Passage]]


class Clock:
    """A clock that stands until it is moved on."""

    def __init__(self) -> None:
        self.now = DAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def learning(tmp_path: Path, clock: Clock) -> Learning:
    return Learning(tmp_path, clock)


@pytest.fixture
def questions(sample: Source) -> tuple[Question, ...]:
    return make_questions([sample], seed=1, day=DAY.date()).questions


def _plan(questions: Sequence[Question], count: int = 3, **facts: object) -> Plan:
    posed = tuple(Posed(question.id, question) for question in questions[:count])
    return replace(Plan("练习", Purpose.PRACTICE, posed), **facts)  # type: ignore[arg-type]


def _wrong(question: Question) -> tuple[str, ...]:
    if not question.options:
        return tuple("九十九日" for _ in question.key)
    if question.type is QuestionType.ORDER:
        return question.key[::-1]
    return tuple(option for option in question.options if option not in question.key)[:1]


def _answer(learning: Learning, session: Session, right: Sequence[bool]) -> None:
    for slot, well in zip(session.slots, right, strict=True):
        question = slot.posed.question
        given = question.key if well else _wrong(question)
        learning.answer(session.person, session.id, slot.place, given)
        learning.mark(session.person, session.id, slot.place)


def test_an_answer_is_marked_at_once_and_then_stays(
    learning: Learning, questions: Sequence[Question]
) -> None:
    session = learning.begin("张三", _plan(questions))
    first = session.slot(1).posed.question
    learning.answer("张三", session.id, 1, _wrong(first))
    assert learning.mark("张三", session.id, 1).slot(1).right is False
    again = learning.answer("张三", session.id, 1, first.key)
    assert again.slot(1).given == _wrong(first)
    assert again.next_place == 2


def test_feedback_at_the_end_lets_answers_change_until_then(
    learning: Learning, questions: Sequence[Question]
) -> None:
    session = learning.begin("张三", _plan(questions, feedback=Feedback.FINAL))
    first = session.slot(1).posed.question
    learning.answer("张三", session.id, 1, _wrong(first))
    assert learning.mark("张三", session.id, 1).slot(1).right is None
    learning.answer("张三", session.id, 1, first.key)
    ended = learning.finish("张三", session.id)
    assert ended.slot(1).right is True
    assert not ended.is_open


def test_answers_outlive_a_killed_program(tmp_path: Path, questions: Sequence[Question]) -> None:
    session = Learning(tmp_path).begin("张三", _plan(questions))
    program = (
        "import sys, pathlib, assistant.quiz.practice as p\n"
        "p.Learning(pathlib.Path(sys.argv[1])).answer('张三', sys.argv[2], 2, ['答过的'])\n"
        "print('ready', flush=True)\n"
        "import time; time.sleep(60)"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path), session.id], stdout=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stdout.readline().strip() == b"ready"
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    running.stdout.close()
    [opened] = Learning(tmp_path).sessions("张三", opened=True)
    assert opened.slot(2).given == ("答过的",)
    assert opened.next_place == 1


def test_time_that_is_up_ends_an_examination_with_what_was_answered(
    learning: Learning, clock: Clock, questions: Sequence[Question]
) -> None:
    plan = _plan(questions, purpose=Purpose.EXAM, feedback=Feedback.FINAL, minutes=30)
    session = learning.begin("张三", plan)
    learning.answer("张三", session.id, 1, session.slot(1).posed.question.key)
    clock.now += timedelta(minutes=31)
    late = learning.answer("张三", session.id, 2, session.slot(2).posed.question.key)
    assert late.ended == DAY + timedelta(minutes=30)
    assert late.slot(2).given == ()
    assert (late.points, late.most) == (1, 3)


def test_a_practice_that_is_broken_off_counts_only_what_was_answered(
    learning: Learning, questions: Sequence[Question]
) -> None:
    session = learning.begin("张三", _plan(questions))
    learning.answer("张三", session.id, 1, session.slot(1).posed.question.key)
    assert learning.finish("张三", session.id).share == 1


def test_nobody_sees_the_sessions_of_another(
    learning: Learning, questions: Sequence[Question]
) -> None:
    session = learning.begin("张三", _plan(questions))
    with pytest.raises(QuizError, match="没有这次作答"):
        learning.session("李四", session.id)
    assert learning.sessions("李四", opened=True) == []


def test_a_mistake_leaves_the_book_after_two_right_answers(
    learning: Learning, questions: Sequence[Question]
) -> None:
    _answer(learning, learning.begin("张三", _plan(questions, 1)), [False])
    [mistake] = learning.mistakes("张三")
    assert mistake.wrong == 1
    for left in (1, 0):
        _answer(learning, learning.begin("张三", _plan(questions, 1)), [True])
        assert len(learning.mistakes("张三")) == left


def test_a_forgotten_question_is_due_sooner_than_a_known_one(
    learning: Learning, clock: Clock, questions: Sequence[Question]
) -> None:
    for _ in range(3):
        _answer(learning, learning.begin("张三", _plan(questions, 2)), [True, False])
        clock.now += timedelta(days=1)
    assert learning.due("张三") == [questions[1].id]
    clock.now += timedelta(days=365)
    assert set(learning.due("张三")) == {questions[0].id, questions[1].id}


def test_results_tell_topics_and_people_apart(
    learning: Learning, questions: Sequence[Question]
) -> None:
    _answer(learning, learning.begin("张三", _plan(questions, 4)), [True, True, False, False])
    _answer(learning, learning.begin("李四", _plan(questions, 4)), [True] * 4)
    [mine] = tallies(learning, "张三", topics=False)
    assert (mine.answered, mine.right, mine.people) == (4, 2, 1)
    [everybody] = tallies(learning, topics=False)
    assert (everybody.answered, everybody.right, everybody.people) == (8, 6, 2)
    assert sum(tally.answered for tally in tallies(learning)) == 8


@pytest.mark.parametrize(
    ("key", "given", "right"),
    [
        ("十五日", "15日", True),
        ("十五日", " 十五日。", True),
        ("半年", "六个月", True),
        ("十五日", "十五个工作日", False),
        ("十五日", "5日", False),
    ],
)
def test_missing_words_count_by_what_they_mean(
    questions: Sequence[Question], key: str, given: str, right: bool
) -> None:
    fill = next(question for question in questions if question.type is QuestionType.FILL)
    assert is_right(replace(fill, key=(key,)), (given,)) is right


@pytest.mark.parametrize(("partial", "earned"), [(True, 2), (False, 0)])
def test_a_choice_that_is_not_complete_earns_half_only_where_it_may(
    learning: Learning, questions: Sequence[Question], partial: bool, earned: float
) -> None:
    multiple = next(question for question in questions if question.type is QuestionType.MULTIPLE)
    posed = (Posed(multiple.id, multiple, 4, partial),) * 3
    session = learning.begin("张三", Plan("考试", Purpose.EXAM, posed, Feedback.FINAL))
    wrong = _wrong(multiple)
    for place, given in enumerate((multiple.key[:1], multiple.key[:1] + wrong, multiple.key), 1):
        learning.answer("张三", session.id, place, given)
    ended = learning.finish("张三", session.id)
    assert [slot.earned for slot in ended.slots] == [earned, 0, 4]
    assert (ended.points, ended.most, ended.right) == (earned + 4, 12, 1)
    assert [mistake.wrong for mistake in learning.mistakes("张三")] == [2]


def test_records_of_an_earlier_version_are_read(
    tmp_path: Path, questions: Sequence[Question]
) -> None:
    session = Learning(tmp_path).begin("张三", _plan(questions))
    with sqlite3.connect(tmp_path / "learning.db") as connection:
        connection.execute("alter table slots drop column partial")
    assert Learning(tmp_path).session("张三", session.id) == session


def test_letters_that_are_typed_mean_options(questions: Sequence[Question]) -> None:
    multiple = next(question for question in questions if question.type is QuestionType.MULTIPLE)
    judge = next(question for question in questions if question.type is QuestionType.JUDGE)
    assert is_right(multiple, read_words(multiple, multiple.letters.lower()[::-1]))
    assert read_words(multiple, "Z") == ()
    assert read_words(judge, "错") == ("错误",)


def test_rejected_and_flagged_questions_are_not_drawn(sample: Source, tmp_path: Path) -> None:
    bank = Bank(tmp_path)
    assert list(first_bank({sample[0].id: sample}, bank, DAY.date())) == [1.0]
    first, second, *_ = bank.all()
    bank.decide(first.id, State.REJECTED, "张三")
    bank.decide(second.id, State.ACCEPTED, "张三")
    ids = [posed.id for posed in draw(usable(bank), Drawing(count=100), seed=1)]
    assert first.id not in ids and second.id in ids
    bank.check({}, DAY.date())
    with pytest.raises(QuizError, match="没有符合"):
        draw(usable(bank), Drawing(count=1), seed=1)
