"""A paper by blueprint: as wanted, the same again by seed, and shuffled versions of it."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.quiz.conftest import DAY, Source

from assistant.quiz import (
    Bank,
    Blueprint,
    Paper,
    Question,
    QuestionType,
    QuizError,
    State,
    blueprints,
    make_paper,
    make_questions,
    read_blueprint,
    versions_of,
)
from assistant.quiz.exports.wording import heading_of
from assistant.quiz.filling import fill

WANTED = """
title = "示范区测试"
minutes = 20
unreviewed = true
[points]
"单选题" = 2.5
[[part]]
type = "单选题"
count = 6
shares = { "行政处罚法" = 40, "行政强制法" = 60 }
[[part]]
type = "判断题"
count = 4
difficulty = ["易", "中"]
"""


@pytest.fixture(scope="session")
def law_bank(
    bank_of_statutes: tuple[Question, ...], tmp_path_factory: pytest.TempPathFactory
) -> Bank:
    """A bank with every question of the statutes."""
    bank = Bank(tmp_path_factory.mktemp("papers"))
    bank.add(bank_of_statutes, "甲")
    return bank


@pytest.fixture
def wanted(tmp_path: Path) -> Blueprint:
    """A small blueprint, read from a file."""
    path = tmp_path / "小测.toml"
    path.write_text(WANTED, encoding="utf-8")
    return read_blueprint(path)


@pytest.fixture
def paper(law_bank: Bank, wanted: Blueprint) -> Paper:
    """The paper it gives."""
    return make_paper(law_bank, wanted, seed=3)


def test_a_paper_has_what_the_blueprint_wants(paper: Paper) -> None:
    assert [(s.type, len(s.asked)) for s in paper.sections] == [
        (QuestionType.SINGLE, 6),
        (QuestionType.JUDGE, 4),
    ]
    assert paper.points == 6 * 2.5 + 4
    assert [entry.number for entry in paper.asked] == list(range(1, 11))
    of_penalties = [e for e in paper.asked[:6] if "行政处罚法" in e.question.document]
    assert len(of_penalties) == 2


def test_half_the_points_are_said_at_the_head_of_the_section(law_bank: Bank) -> None:
    plan = {"title": "甲", "unreviewed": True, "part": [{"type": "多选题", "count": 2}]}
    for partial, told in ((True, "少选得一半分，错选不得分"), (False, "少选、错选均不得分")):
        wanted = Blueprint.model_validate(plan | {"partial": partial})
        for version in versions_of(make_paper(law_bank, wanted), 2):
            assert heading_of(0, version.sections[0], how=True).endswith(f"，{told}）")


def test_the_same_seed_gives_the_same_paper(
    law_bank: Bank, wanted: Blueprint, paper: Paper
) -> None:
    assert make_paper(law_bank, wanted, seed=3) == paper
    assert make_paper(law_bank, wanted, seed=4) != paper


def test_no_two_questions_rest_on_one_sentence(law_bank: Bank, paper: Paper) -> None:
    rests = [(e.question.citation_id, e.question.quote.split("。")[0]) for e in paper.asked]
    assert len(set(rests)) == len(rests)


def test_versions_ask_the_same_in_another_order(paper: Paper) -> None:
    first, second, third = versions_of(paper, 3)
    assert [version.version for version in (first, second, third)] == ["A", "B", "C"]
    for version in (second, third):
        assert {entry.id for entry in version.asked} == {entry.id for entry in first.asked}
        assert [entry.id for entry in version.asked] != [entry.id for entry in first.asked]
    keys = {entry.id: entry.question for entry in first.asked}
    for entry in second.asked:
        assert entry.question.key == keys[entry.id].key
        assert sorted(entry.question.options) == sorted(keys[entry.id].options)
    assert any(e.question.options != keys[e.id].options for e in second.asked)


def test_too_many_versions_are_refused(paper: Paper) -> None:
    with pytest.raises(QuizError, match="1 至 8 个版本"):
        versions_of(paper, 9)


def test_what_the_bank_lacks_is_named(law_bank: Bank, wanted: Blueprint) -> None:
    more = wanted.model_copy(
        update={"part": (wanted.part[1].model_copy(update={"count": 999, "topics": ("总则",)}),)}
    )
    with pytest.raises(
        QuizError, match=r"判断题（知识点“总则”，难度“易、中”）需要999道，只有\d+道"
    ):
        make_paper(law_bank, more)


def test_questions_that_wait_for_review_are_taken_only_if_allowed(
    tmp_path: Path, sample: Source, wanted: Blueprint
) -> None:
    bank = Bank(tmp_path / "data")
    bank.add(make_questions([sample], day=DAY).questions, "甲")
    strict = wanted.model_copy(
        update={"unreviewed": False, "part": (wanted.part[1].model_copy(update={"count": 1}),)}
    )
    with pytest.raises(QuizError, match="待审"):
        make_paper(bank, strict)
    judged = next(e for e in bank.all() if e.question.type is QuestionType.JUDGE)
    bank.decide(judged.id, State.ACCEPTED, "乙")
    assert make_paper(bank, strict).asked[0].id == judged.id
    assert make_paper(bank, strict, unreviewed=True).asked


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('type = "作文题"\ncount = 1', "可用：单选题、多选题"),
        ('type = "单选题"', "缺少 part.1.count"),
        ('type = "单选题"\ncount = 3\nshares = { "甲法" = 40 }', "之和应为 100，现为 40"),
        ('type = "单选题"\ncount = 3\nsubject = "甲"', "不认识 part.1.subject"),
        ('type = "单选题"\ncount = 0', "part.1.count 的值 0"),
        ("type = 单选题", "不是有效的 TOML"),
    ],
)
def test_a_blueprint_with_a_fault_says_which(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "错.toml"
    path.write_text(f'title = "测试"\n[[part]]\n{line}\n', encoding="utf-8")
    with pytest.raises(QuizError, match=r"错\.toml") as caught:
        read_blueprint(path)
    assert told in str(caught.value)


def test_a_missing_blueprint_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuizError, match="读不到命题蓝图"):
        read_blueprint(tmp_path / "没有.toml")


def test_the_bureaus_blueprint_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    shipped = blueprints(tmp_path)
    (tmp_path / "blueprints").mkdir()
    (tmp_path / "blueprints" / "newcomers.toml").write_text(WANTED, encoding="utf-8")
    own = blueprints(tmp_path)
    assert own.keys() == shipped.keys() >= {"newcomers", "qualification"}
    assert own["newcomers"].title == "示范区测试"


@pytest.mark.parametrize("name", ["newcomers", "qualification"])
def test_a_shipped_blueprint_is_filled_from_the_statutes(
    law_bank: Bank, tmp_path: Path, name: str
) -> None:
    paper = make_paper(law_bank, blueprints(tmp_path)[name], seed=2)
    assert paper.points == 100
    assert paper.version == "A"


@given(st.integers(1, 40), st.lists(st.integers(1, 50), min_size=1, max_size=5))
def test_shares_are_rounded_without_losing_a_question(count: int, weights: list[int]) -> None:
    shares = {f"法{place}": weight * 100 // sum(weights) for place, weight in enumerate(weights)}
    shares["法0"] += 100 - sum(shares.values())
    text = {"title": "甲", "part": [{"type": "单选题", "count": count, "shares": shares}]}
    part = Blueprint.model_validate(text).part[0]
    pieces = part.split()
    assert sum(piece.count for piece in pieces) == count
    for piece in pieces:
        assert abs(piece.count - count * shares[piece.documents[0]] / 100) < 1


def _most(wanted: list[list[int]], groups: list[int], used: frozenset[int] = frozenset()) -> int:
    """The most places that can be filled, by trying everything."""
    if not wanted:
        return 0
    best = _most(wanted[1:], groups, used)
    for candidate in wanted[0]:
        if groups[candidate] not in used:
            best = max(best, 1 + _most(wanted[1:], groups, used | {groups[candidate]}))
    return best


@given(st.data())
def test_as_many_places_as_possible_are_filled(data: st.DataObject) -> None:
    groups = data.draw(st.lists(st.integers(0, 4), min_size=1, max_size=7))
    candidates = st.lists(st.integers(0, len(groups) - 1), unique=True, max_size=4)
    wanted = data.draw(st.lists(candidates, max_size=5))
    chosen = fill(wanted, groups, Random(0))
    taken = [number for number in chosen if number >= 0]
    assert len(taken) == len({groups[number] for number in taken}) == _most(wanted, groups)
    assert all(n in wanted[place] for place, n in enumerate(chosen) if n >= 0)
