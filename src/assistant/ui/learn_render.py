"""HTML of the 新人学习 room; every value is escaped by the templates."""

from collections.abc import Sequence

from assistant.onboarding import (
    CERTIFICATE_HEADING,
    CERTIFICATE_NOTE,
    Certificate,
    LearningPath,
    UnitState,
    UnitText,
    certificate_docx,
    certificate_html,
)
from assistant.ui.render import WORD, data_address, fill


def path(learning: LearningPath, states: Sequence[UnitState], message: str = "") -> str:
    """Return the units with how far a person is."""
    passed = sum(state.passed for state in states)
    return fill("learn_path.html", path=learning, states=states, passed=passed, message=message)


def unit(
    learning: LearningPath, text: UnitText, states: Sequence[UnitState], message: str = ""
) -> str:
    """Return a unit to read, with its glossary, questions and the way to its check."""
    place = learning.unit.index(text.unit)
    following = learning.unit[place + 1] if place + 1 < len(learning.unit) else None
    return fill(
        "learn_unit.html",
        path=learning,
        unit=text.unit,
        text=text,
        state=states[place],
        number=place + 1,
        next=following,
        message=message,
    )


def certificate(issued: Certificate) -> str:
    """Return a certificate with its files, which stand in the page itself."""
    page = certificate_html(issued)
    return fill(
        "learn_certificate.html",
        certificate=issued,
        heading=CERTIFICATE_HEADING,
        note=CERTIFICATE_NOTE,
        page=page,
        word=data_address(certificate_docx(issued), WORD),
        html=data_address(page.encode("utf-8"), "text/html"),
    )


def problem(message: str) -> str:
    """Return what is shown where the path cannot be."""
    return fill("tool_problem.html", message=message)
