"""Every passage that a question file names exists, and the files keep what their README says."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.corpus.law_pack import LawPackReader
from assistant.corpus.loader import read_folder
from assistant.evaluation import Question, load_questions
from assistant.evaluation.questions import passage_key
from assistant.settings import LawPack

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
FOLDER = ROOT / "benchmarks" / "questions"
FILES = [FOLDER / f"{name}.jsonl" for name in ("default", "enforcement", "answers", "calibration")]


@pytest.fixture(scope="module")
def passages() -> set[tuple[str, str]]:
    """Title and label of every passage of the default corpus."""
    files = (file.load() for file in read_folder(CORPUS))
    return {
        passage_key(source.document.title, passage.label)
        for source in (*LawPackReader().documents(LawPack.ENFORCEMENT), *files)
        for passage in source.passages
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_passage_that_a_question_names_exists(
    path: Path, passages: set[tuple[str, str]]
) -> None:
    named = {gold.key for question in load_questions(path) for gold in question.relevant}
    assert named <= passages


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
