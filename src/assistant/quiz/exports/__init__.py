"""Papers and banks as files: to print, for examination platforms, for Moodle."""

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.quiz.exports.gift import write_gift
from assistant.quiz.exports.markdown import write_markdown
from assistant.quiz.exports.moodle import write_moodle
from assistant.quiz.exports.printed import write_docx
from assistant.quiz.exports.tables import COLUMNS, write_csv, write_xlsx
from assistant.quiz.model import Question, QuizError
from assistant.quiz.papers import Paper, paper_of

__all__ = ["COLUMNS", "EXPORTS", "export_paper", "export_questions"]

EXPORTS: dict[str, Callable[[Paper, Path], None]] = {
    ".docx": write_docx,
    ".xlsx": write_xlsx,
    ".csv": write_csv,
    ".md": write_markdown,
    ".gift": write_gift,
    ".xml": write_moodle,
}
"""Writers by file ending; ``.xml`` is Moodle's."""


def export_paper(paper: Paper, path: Path) -> None:
    """Write a paper to ``path``; its ending says the format.

    Raises:
        QuizError: the ending is not one of :data:`EXPORTS`.
        OSError: the file cannot be written.
    """
    writer = EXPORTS.get(path.suffix.lower())
    if writer is None:
        raise QuizError(f"不能导出为 {path.name}。文件名请以{'、'.join(EXPORTS)}结尾。")
    writer(paper, path)


def export_questions(questions: Sequence[Question], path: Path, title: str) -> None:
    """Write questions to ``path``, grouped by kind and without points.

    Args:
        questions: what to write.
        path: a file ending in one of :data:`EXPORTS`.
        title: heading.

    Raises:
        QuizError: the ending is unknown, or there is nothing to write.
        OSError: the file cannot be written.
    """
    if not questions:
        raise QuizError("没有可导出的题。请先运行 assistant quiz build，或用 --all 包括待审的题。")
    export_paper(paper_of(questions, title), path)
