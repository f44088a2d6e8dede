"""When a question is to be asked again: the FSRS scheduler."""

from datetime import datetime

from fsrs import Card, Rating, Scheduler

# Without fuzz the same answers give the same days, and a day can be explained.
_SCHEDULER = Scheduler(enable_fuzzing=False)


def rescheduled(card: str, right: bool, moment: datetime) -> tuple[str, datetime]:
    """Return a question's card after an answer, and when it is due.

    Args:
        card: the card as this function returned it; empty for a question never asked.
        right: whether the answer was.
        moment: when it was given, UTC.
    """
    before = Card.from_json(card) if card else Card(card_id=0, due=moment)
    rating = Rating.Good if right else Rating.Again
    after, _ = _SCHEDULER.review_card(before, rating, moment)
    return after.to_json(), after.due
