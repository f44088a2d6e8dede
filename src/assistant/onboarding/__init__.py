"""The learning path for new staff: units of cited passages, glossary, check quiz, certificate."""

from assistant.onboarding.certificate import (
    CERTIFICATE_HEADING,
    CERTIFICATE_NOTE,
    Certificate,
    certificate_docx,
    certificate_html,
)
from assistant.onboarding.checking import check_plan
from assistant.onboarding.library import Library
from assistant.onboarding.model import (
    Found,
    LearningPath,
    Part,
    PathError,
    Reading,
    Term,
    Unit,
    UnitText,
)
from assistant.onboarding.path import PATH_FILE, read_path
from assistant.onboarding.progress import Progress, UnitState
from assistant.onboarding.reading import unit_text

__all__ = [
    "CERTIFICATE_HEADING",
    "CERTIFICATE_NOTE",
    "PATH_FILE",
    "Certificate",
    "Found",
    "LearningPath",
    "Library",
    "Part",
    "PathError",
    "Progress",
    "Reading",
    "Term",
    "Unit",
    "UnitState",
    "UnitText",
    "certificate_docx",
    "certificate_html",
    "check_plan",
    "read_path",
    "unit_text",
]
