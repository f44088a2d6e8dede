"""Amounts, periods, counts and authorities are found in clauses."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.marks import MarkKind, find_marks, words_of

_CLAUSES = st.text(
    "三十五百千万元日天年月个工作以上下内处罚款县级人民政府主管部门公安机关的。，两名0129 "
)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("处五千元以上五万元以下罚款", MarkKind.AMOUNT, ["五千元以上五万元以下"]),
        ("并处货值金额十倍以上二十倍以下的罚款", MarkKind.AMOUNT, ["十倍以上二十倍以下"]),
        ("每日按罚款数额的百分之三加处", MarkKind.AMOUNT, ["百分之三"]),
        ("罚款5000元以上的", MarkKind.AMOUNT, ["5000元以上"]),
        ("应当在七日内送达，最长三十日", MarkKind.PERIOD, ["七日内", "三十日"]),
        ("自收到之日起5个工作日内答复", MarkKind.PERIOD, ["5个工作日内"]),
        ("根据2026年3月20日的通知和第三十日", MarkKind.PERIOD, []),
        ("执法人员不得少于两人", MarkKind.COUNT, ["不得少于两人"]),
        (
            "由县级以上人民政府城市管理部门处理",
            MarkKind.AUTHORITY,
            ["县级以上人民政府城市管理部门"],
        ),
        ("移送公安机关", MarkKind.AUTHORITY, ["公安机关"]),
    ],
)
def test_marks_what_an_officer_looks_for(text: str, kind: MarkKind, words: list[str]) -> None:
    assert words_of(text, kind) == words


@settings(deadline=None)
@given(_CLAUSES)
def test_marks_never_overlap(text: str) -> None:
    marks = find_marks(text)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert all(before.end <= after.start for before, after in pairwise(marks))
