"""What the page writes into the audit log, on behalf of whoever acts."""

from collections.abc import Sequence

from assistant.answering.model import Answer
from assistant.onboarding import Certificate
from assistant.people import Action, AuditLog, acting, open_people
from assistant.quiz.practice import Session
from assistant.settings import AccountsMode, Settings


class Auditing:
    """Writes the log where accounts are on; without them there is nobody to tell apart.

    Args:
        settings: where the log is, and whether one is kept.
    """

    def __init__(self, settings: Settings) -> None:
        on = settings.accounts is AccountsMode.ON
        self._log: AuditLog | None = open_people(settings).audit if on else None

    def asked(self, question: str, answer: Answer | None) -> None:
        """Note a question, what became of it, and which passages were shown with it."""
        shown = [citation.passage_id for citation in answer.citations] if answer else []
        outcome = answer.outcome.value if answer else "failed"
        self.note(Action.ASKED, question, outcome=outcome, shown=shown)

    def opened(self, address: str) -> None:
        """Note that a passage or a document was looked at."""
        self.note(Action.OPENED, address)

    def exported(self, what: str, form: str) -> None:
        """Note that something left as a file."""
        self.note(Action.EXPORTED, what, format=form)

    def changed_questions(
        self, act: str, subject: str, **detail: str | int | Sequence[str]
    ) -> None:
        """Note what was done to the question bank, in Chinese, and to which questions."""
        self.note(Action.CHANGED_QUESTION, subject, act=act, **detail)

    def sat(self, session: Session) -> None:
        """Note that an examination, or the check of a unit, began or ended; practice is free."""
        if not session.purpose.counts_all:
            return
        if session.is_open:
            count = len(session.slots)
            self.note(Action.BEGAN_EXAM, session.title, session=session.id, questions=count)
            return
        result = f"{session.points:g}/{session.most:g}"
        self.note(Action.ENDED_EXAM, session.title, session=session.id, points=result)

    def certified(self, certificate: Certificate) -> None:
        """Note that somebody was given the certificate of a learning path."""
        self.note(Action.CERTIFIED, certificate.title, number=certificate.number)

    def note(self, action: Action, subject: str, **detail: str | int | Sequence[str]) -> None:
        """Note anything else, such as a change of documents."""
        if self._log is not None:
            self._log.record(acting(), action, subject, address="", **detail)
