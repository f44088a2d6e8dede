"""A paper in Moodle's GIFT format.

An ordering question is a matching one here, of each step with its place: that every
version of Moodle knows.
"""

import re
from pathlib import Path

from assistant.quiz.exports.wording import explained, share_of
from assistant.quiz.model import TRUE, Question, QuestionType
from assistant.quiz.papers import Asked, Paper
from assistant.quiz.values import notations

_SPECIAL = re.compile(r"([\\~=#{}:])")


def write_gift(paper: Paper, path: Path) -> None:
    """Write the paper; each section is a category."""
    blocks = []
    for section in paper.sections:
        category = f"{paper.title}/{section.type.label}".replace("\n", " ")
        blocks.append(f"$CATEGORY: {category}")
        blocks += [_block(entry) for entry in section.asked]
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _block(entry: Asked) -> str:
    question = entry.question
    name = f"{question.type.label} {entry.number:03d}"
    answers = "\n".join((*_answers(question), f"####{_escaped(explained(question))}"))
    return f"::{name}::{_escaped(question.stem)} {{{answers}\n}}"


def _answers(question: Question) -> list[str]:
    if question.type is QuestionType.JUDGE:
        return ["TRUE" if question.key == (TRUE,) else "FALSE"]
    if question.type is QuestionType.FILL:
        words = notations(question.key[0]) if len(question.key) == 1 else ["；".join(question.key)]
        return ["", *(f"={_escaped(answer)}" for answer in words)]
    if question.type is QuestionType.ORDER:
        return [
            "",
            *(f"={_escaped(step)} -> {place}" for place, step in enumerate(question.key, start=1)),
        ]
    if question.type is QuestionType.MULTIPLE:
        share = f"%{share_of(question)}%"
        return [
            "",
            *(
                f"~{share if option in question.key else '%-100%'}{_escaped(option)}"
                for option in question.options
            ),
        ]
    return [
        "",
        *(f"{'=' if o in question.key else '~'}{_escaped(o)}" for o in question.options),
    ]


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")
