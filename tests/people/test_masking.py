"""What of a question is hidden in logs, and what stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.people import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("当事人11010119900307447X逾期", "当事人[身份证号]逾期"),
        ("身份证１１０１０１１９９００３０７４４７７", "身份证[身份证号]"),
        ("110101 19900307 4477", "[身份证号]"),
        ("旧证110101900307447", "旧证[身份证号]"),
        ("电话13912345678。", "电话[电话号码]。"),
        ("+86 139-1234-5678", "[电话号码]"),
        ("座机0571-88886666", "座机[电话号码]"),
        ("卡号6222 0202 0000 0000 007", "卡号6222 0202 0000 0000 007"),
        ("卡号4111111111111111", "卡号[银行卡号]"),
        ("卡号4111 1111 1111 1111", "卡号[银行卡号]"),
        ("浙A12345违停", "[车牌号]违停"),
        ("浙A·D12345和京a12345", "[车牌号]和[车牌号]"),
        ("粤B1234学", "[车牌号]"),
    ],
)
def test_personal_numbers_are_hidden(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "处罚法63条第2款，罚款50000元",
        "示范办发〔2026〕7号",
        "2026年8月15日至2026年9月14日",
        "统一社会信用代码91330106MA2CFXXX0U",
        "案号（2026）浙0106行初1234号",
        "编码330264190000的事项",
        "京东方科技集团",
        "藏ABCDE",
    ],
)
def test_what_a_question_is_about_stays(text: str) -> None:
    assert mask(text) == text


@given(st.text(), st.text())
def test_a_telephone_number_is_hidden_wherever_it_stands(before: str, after: str) -> None:
    assert "13912345678" not in mask(f"{before}。13912345678。{after}")
