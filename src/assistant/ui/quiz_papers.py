"""What trainers do in 组卷: draw a paper by blueprint and take it away as files."""

import logging
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import gradio as gr

from assistant.people import Role
from assistant.quiz import (
    Blueprint,
    Paper,
    QuizError,
    blueprints,
    export_paper,
    make_paper,
    versions_of,
)
from assistant.ui import quiz_render as render
from assistant.ui.quiz_stage import Desk
from assistant.ui.visitor import visitor

FORMS = (
    ("DOCX：打印的试卷", ".docx"),
    ("XLSX：考试平台的表格", ".xlsx"),
    ("GIFT：Moodle", ".gift"),
    ("XML：Moodle", ".xml"),
    ("CSV：表格", ".csv"),
    ("Markdown：文本", ".md"),
)
"""Files that a paper can become, as trainers see them, with their endings."""
_FORBIDDEN = "只有培训人员可以组卷。"
_FAILED = "组卷没有成功，系统内部出了错。请再试一次。"
_log = logging.getLogger(__name__)


class PaperHandlers:
    """The events of 组卷; each asks first whether the visitor may."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def offer(self, chosen: str | None) -> tuple[Any, Any]:
        """Return the menu of blueprints, and what is wrong with one of them."""
        try:
            papers = paper_choices(self._desk)
        except QuizError as error:
            return gr.skip(), render.no_paper(str(error))
        keys = [key for _, key in papers]
        return gr.update(choices=papers, value=chosen if chosen in keys else keys[0]), gr.skip()

    def compose(
        self,
        blueprint: str | None,
        seed: float | None,
        count: float | None,
        form: str,
        unreviewed: bool,
        request: gr.Request,
    ) -> str:
        """Draw a paper and return its files and questions, or why there is none."""
        if not visitor(request).may(Role.TRAINER):
            return render.no_paper(_FORBIDDEN)
        try:
            plan = chosen_blueprint(self._desk, blueprint)
            paper = make_paper(self._desk.bank, plan, int(seed or 0), unreviewed=unreviewed)
            versions = versions_of(paper, int(count or 1))
            files = _written(versions, form)
            letters = "、".join(version.version for version in versions)
            self._desk.auditing.exported(
                f"{paper.title}（{paper.seed}号{letters}卷）", form.removeprefix(".")
            )
        except QuizError as error:
            return render.no_paper(str(error))
        except Exception:
            _log.exception("A paper could not be made")
            return render.no_paper(_FAILED)
        return render.paper(paper, files, printed=form == ".docx")


def paper_choices(desk: Desk) -> list[tuple[str, str]]:
    """Return the blueprints to choose from, by title.

    Raises:
        QuizError: one of the bureau's blueprints cannot be used.
    """
    return [(plan.title, key) for key, plan in blueprints(desk.settings.data).items()]


def chosen_blueprint(desk: Desk, key: str | None) -> Blueprint:
    """Return the blueprint that was chosen.

    Raises:
        QuizError: none was, or it is gone.
    """
    plan = blueprints(desk.settings.data).get(key or "")
    if plan is None:
        raise QuizError("请先选择一份试卷。")
    return plan


def _written(versions: Sequence[Paper], form: str) -> list[tuple[str, bytes]]:
    """The versions as files: name and content of each."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{version.version}{form}" for version in versions]
        for version, path in zip(versions, paths, strict=True):
            export_paper(version, path)
        return [
            (f"{version.title}（{version.seed}号{version.version}卷）{form}", path.read_bytes())
            for version, path in zip(versions, paths, strict=True)
        ]
