"""What is kept of conversations, and who sees it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.people import LOCAL, Person, Role
from assistant.records import Complaint, Entry, Feedback, RecordsError, Talks, Vote, usage_of
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answering import Assistant

WANG = Person("wang", Role.READER)
LI = Person("li", Role.TRAINER)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def talks(settings: Settings) -> Talks:
    return Talks(settings)


@pytest.fixture
def answered(talks: Talks, assistant: Assistant) -> Entry:
    question = "查封、扣押的期限最长多久，能不能延长？"
    return talks.keep(WANG, "", question, assistant.ask(question))


@pytest.fixture
def refused(talks: Talks, assistant: Assistant) -> Entry:
    question = "明天去火星的船票多少钱？"
    return talks.keep(WANG, "", question, assistant.ask(question))


def test_an_answer_comes_back_as_it_was_given(talks: Talks, answered: Entry) -> None:
    (kept,) = talks.entries(WANG, answered.talk)
    assert kept.answer == answered.answer


def test_a_conversation_is_called_by_its_first_question(talks: Talks, answered: Entry) -> None:
    talks.keep(WANG, answered.talk, "第二款呢？", None)
    (talk,) = talks.list(WANG)
    assert (talk.title, talk.count) == (answered.question, 2)


def test_nobody_sees_or_changes_the_conversations_of_others(talks: Talks, answered: Entry) -> None:
    talks.rename(LI, answered.talk, "别人的")
    talks.remove(LI, answered.talk)
    talks.drop(LI, answered.id)
    assert not talks.list(LI)
    assert not talks.entries(LI, answered.talk)
    assert talks.find(LI, answered.id) is None
    assert [talk.title for talk in talks.list(WANG)] == [answered.question]
    assert len(talks.entries(WANG, answered.talk)) == 1


def test_who_adds_to_a_conversation_of_another_begins_one_of_their_own(
    talks: Talks, answered: Entry
) -> None:
    added = talks.keep(LI, answered.talk, "处罚法63条", None)
    assert added.talk != answered.talk
    assert len(talks.entries(WANG, answered.talk)) == 1


def test_an_administrator_may_open_an_answer_by_its_address(talks: Talks, answered: Entry) -> None:
    assert talks.find(LOCAL, answered.id) is not None


@pytest.mark.parametrize("needle", ["扣押 延长", "行政强制法》第二十五条", "100%"])
def test_conversations_are_found_by_words_of_questions_and_by_cited_articles(
    talks: Talks, answered: Entry, needle: str
) -> None:
    talks.keep(WANG, "", "处罚法第六十三条 100%", None)
    (found,) = talks.list(WANG, needle)
    assert (found.id == answered.talk) == (needle != "100%")


def test_a_removed_conversation_can_be_brought_back(talks: Talks, answered: Entry) -> None:
    talks.remove(WANG, answered.talk)
    assert not talks.list(WANG)
    talks.restore(WANG, answered.talk)
    assert len(talks.list(WANG)) == 1


def test_a_question_asked_anew_leaves_the_conversation(talks: Talks, answered: Entry) -> None:
    talks.drop(WANG, answered.id)
    assert not talks.entries(WANG, answered.talk)


def test_refused_and_disliked_answers_are_work_until_they_are_done(
    settings: Settings, talks: Talks, answered: Entry, refused: Entry
) -> None:
    feedback = Feedback(settings)
    feedback.vote(WANG, answered.id, Vote.DOWN, Complaint.INCOMPLETE, "没有说延长几天")
    talks.keep(LI, "", refused.question, refused.answer)
    work, total = feedback.work()
    assert total == 2
    assert {(w.entry.question, w.times) for w in work} == {
        (answered.question, 1),
        (refused.question, 2),
    }
    assert {w.entry.complaint for w in work} == {Complaint.INCOMPLETE, None}
    feedback.finish(LOCAL, refused.id)
    assert [w.entry.question for w in feedback.work()[0]] == [answered.question]
    assert [w.handler for w in feedback.work(done=True)[0]] == [LOCAL.name]
    feedback.reopen(refused.id)
    assert feedback.work()[1] == 2


def test_only_the_asker_votes(settings: Settings, answered: Entry) -> None:
    feedback = Feedback(settings)
    assert not feedback.vote(LI, answered.id, Vote.DOWN)
    assert feedback.work()[1] == 0


def test_usage_counts_questions_by_day_and_outcome_and_the_documents_cited(
    settings: Settings, answered: Entry, refused: Entry
) -> None:
    Feedback(settings).vote(WANG, answered.id, Vote.UP)
    usage = usage_of(settings, 7)
    assert len(usage.days) == 7
    assert usage.days[-1].questions == 2
    assert dict(usage.outcomes) == {"answered": 1, "refused": 1}
    assert (usage.up, usage.down, usage.people) == (1, 0, 1)
    assert 0 < usage.middle <= usage.slow
    assert [cited.title for cited in usage.cited] == ["中华人民共和国行政强制法"]


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(RecordsError, match="设置 data"):
        Talks(Settings(data=tmp_path / "data")).list(WANG)
