"""Every passage that a question file names exists, and the files keep what their README says."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.corpus.law_pack import LawPackReader
from assistant.evaluation import Question, load_questions
from assistant.evaluation.questions import passage_key
from assistant.settings import LawPack

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "benchmarks" / "questions"
FILES = sorted(FOLDER.glob("*.jsonl"))


@pytest.fixture(scope="module")
def statute_keys() -> set[tuple[str, str]]:
    """Title and label of every article that is indexed by default."""
    return {
        passage_key(source.document.title, passage.label)
        for source in LawPackReader().documents(LawPack.ENFORCEMENT)
        for passage in source.passages
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_article_that_a_question_names_exists(
    path: Path, statute_keys: set[tuple[str, str]]
) -> None:
    titles = {title for title, _ in statute_keys}
    named = {gold.key for question in load_questions(path) for gold in question.relevant}
    assert {key for key in named if key[0] in titles} <= statute_keys


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_question_stands_in_one_file_once(path: Path) -> None:
    asked = Counter(map(_asked, load_questions(path)))
    assert [words for words, times in asked.items() if times > 1] == []
    others = {
        _asked(question) for other in FILES if other != path for question in load_questions(other)
    }
    assert set(asked).isdisjoint(others)


def _asked(question: Question) -> tuple[str, ...]:
    return (*question.history, question.question)
