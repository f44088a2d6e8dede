"""Reading question files."""

from datetime import date
from pathlib import Path

import pytest

from assistant.evaluation import EvaluationError, load_questions
from assistant.evaluation.questions import passage_key


def _file(folder: Path, text: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_laws_and_bureau_documents_are_named_in_the_same_way(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        '{"id": "1", "question": "多少钱要听证？", "relevant": '
        '[{"law": "中华人民共和国行政处罚法", "article": "第六十三条"}, '
        '{"document": "法制审核办法（示范文本）", "label": "二、（一）"}]}\n',
    )
    gold = load_questions(path)[0].relevant
    assert gold[0].key == passage_key("行政处罚法", "第六十三条")
    assert gold[1].key == passage_key("《法制审核办法》", "二、(一)")


def test_day_history_and_kind_are_read_where_a_file_has_them(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        '{"id": "2", "question": "那听证呢？", "relevant": [], "kind": "follow_up", '
        '"history": ["处罚前要告知什么？"], "day": "2020-05-01"}\n\n',
    )
    question = load_questions(path)[0]
    assert question.history == ("处罚前要告知什么？",)
    assert (question.day, question.kind) == (date(2020, 5, 1), "follow_up")


def test_a_bad_line_is_named_with_its_number(tmp_path: Path) -> None:
    path = _file(tmp_path, '{"id": "1", "question": "问", "relevant": []}\n{"id": "2"}\n')
    with pytest.raises(EvaluationError, match="第 2 行"):
        load_questions(path)


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(EvaluationError, match="空的"):
        load_questions(_file(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"nowhere\.jsonl"):
        load_questions(tmp_path / "nowhere.jsonl")
