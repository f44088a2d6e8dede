"""HTML of the rooms with questions; every value is escaped by the templates."""

from collections.abc import Sequence
from datetime import UTC, datetime

from assistant.quiz import Kept, Paper, QuestionType, State
from assistant.quiz.exports.wording import heading_of
from assistant.quiz.practice import MASTERED, Mistake, Session, Tally, tallies_of
from assistant.ui.render import data_address, fill

MOST_TOPICS = 30
_MOST_PAST = 20
_FILE = "application/octet-stream"


def card(session: Session, place: int, message: str = "") -> str:
    """Return one question of a session with its answer, marked or not.

    Args:
        session: the session.
        place: number of the question from 1.
        message: what is wrong with the answer; may be empty.
    """
    slot = session.slot(place)
    question = slot.posed.question
    several = question.type is QuestionType.MULTIPLE or len(question.key) > 1
    left = None
    if session.deadline and session.is_open:
        left = max(0, int((session.deadline - datetime.now(UTC)).total_seconds()))
    return fill(
        "quiz_card.html",
        session=session,
        slot=slot,
        several=several,
        left=left,
        message=message,
        done=session.answered == len(session.slots),
    )


def result(session: Session, note: str = "") -> str:
    """Return an ended session: score, topics and every question with its source."""
    ended = session.ended or datetime.now(UTC)
    minutes = max(1, round((ended - session.begun).total_seconds() / 60))
    return fill(
        "quiz_result.html",
        session=session,
        minutes=minutes,
        tallies=sorted(tallies_of(session), key=lambda tally: tally.share),
        note=note,
    )


def shown(session: Session, place: int = 0, message: str = "", note: str = "") -> str:
    """Return a session as it stands: a question while it is open, else its result."""
    if not session.is_open:
        return result(session, note)
    return card(session, place or session.next_place, message)


def banner(
    entries: Sequence[Kept],
    opened: Sequence[Session] = (),
    due: int = 0,
    *,
    message: str = "",
    wrong: bool = False,
) -> str:
    """Return what is waiting: sessions to go on with, reviews, an empty bank.

    Args:
        entries: the questions that can be asked.
        opened: sessions that were left.
        due: how many questions are due for review.
        message: what just happened; may be empty.
        wrong: whether it is a failure.
    """
    unreviewed = sum(entry.state is State.NEW for entry in entries)
    return fill(
        "quiz_banner.html",
        progress=None,
        total=len(entries),
        unreviewed=unreviewed,
        opened=opened,
        due=due,
        message=message,
        wrong=wrong,
    )


def making(share: float) -> str:
    """Return how far the making of questions is, 0 to 1."""
    return fill("quiz_banner.html", progress=round(share * 100), message="")


def book(mistakes: Sequence[Mistake]) -> str:
    """Return the wrong-question book."""
    return fill("quiz_book.html", mistakes=mistakes, mastered=MASTERED)


def results(tallies: Sequence[Tally], ended: Sequence[Session], *, people: bool) -> str:
    """Return results by topic and the sessions that are over.

    Args:
        tallies: by topic, weakest first.
        ended: sessions to look at again.
        people: whether the results are of several people.
    """
    return fill(
        "quiz_results.html",
        tallies=tallies[:MOST_TOPICS],
        hidden=max(0, len(tallies) - MOST_TOPICS),
        answered=sum(tally.answered for tally in tallies),
        right=sum(tally.right for tally in tallies),
        ended=ended[:_MOST_PAST],
        people=people,
    )


def review(
    entries: Sequence[Kept],
    found: int,
    page: int,
    pages: int,
    *,
    message: str = "",
    wrong: bool = False,
    editing: str = "",
) -> str:
    """Return one page of the table in which trainers decide on questions.

    Args:
        entries: the questions of the page.
        found: how many fit the filters.
        page, pages: number of the page from 1, and how many there are.
        message: what just happened; may be empty.
        wrong: whether it is a failure.
        editing: id of the question whose edit failed; empty if none.
    """
    return fill(
        "quiz_review.html",
        entries=entries,
        found=found,
        page=page,
        pages=pages,
        message=message,
        wrong=wrong,
        editing=editing,
    )


def paper(drawn: Paper, files: Sequence[tuple[str, bytes]], *, printed: bool) -> str:
    """Return a paper with its files, which stand in the page itself, and its questions.

    Args:
        drawn: the paper in its first version.
        files: name and content of the file of each version.
        printed: whether the files are for printing.
    """
    return fill(
        "quiz_paper.html",
        message="",
        paper=drawn,
        sections=[(heading_of(place, part), part) for place, part in enumerate(drawn.sections)],
        files=[(name, data_address(content, _FILE)) for name, content in files],
        printed=printed,
    )


def no_paper(message: str) -> str:
    """Return why there is no paper."""
    return fill("quiz_paper.html", message=message)
