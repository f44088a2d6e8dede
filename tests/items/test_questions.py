"""What people ask about item lists, and the exact answer they get."""

from datetime import date

import pytest

from assistant.items import AnswerKind, RegisterAnswerer

DAY = date(2026, 11, 20)


def _names(answerer: RegisterAnswerer, addresses: tuple[str, ...]) -> list[str]:
    items = [answerer.register.item(address) for address in addresses]
    return [item.name for item in items if item is not None]


def _words(answerer: RegisterAnswerer, question: str, history: tuple[str, ...] = ()) -> str:
    answer = answerer.answer(question, DAY, history)
    assert answer is not None
    return "".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("镇和街道各有多少项？", [90, 108]),
        ("消防救援局下放给街道的事项有几项？", [11]),
        ("镇清单里依据《安全生产法》的事项有几项？", [10]),
        ("镇的自选事项有多少项？", [19]),
        ("街道清单里行政检查类事项有多少项？", [11]),
        ("青禾镇一共能行使多少项？", [97]),
    ],
)
def test_counts_are_exact(samples: RegisterAnswerer, question: str, numbers: list[int]) -> None:
    answer = samples.answer(question, DAY)

    assert answer is not None
    assert answer.kind is AnswerKind.COUNT
    assert sorted(number for _, number in answer.counts) == numbers


def test_a_street_may_fine_for_a_blocked_fire_lane(samples: RegisterAnswerer) -> None:
    answer = samples.answer("街道能不能罚占用消防通道？", DAY)

    assert answer is not None
    assert answer.kind is AnswerKind.YES
    assert all("消防车通道" in name for name in _names(samples, answer.items))
    assert "第六十条第一款第（五）项" in "".join(s.text for s in answer.sentences)


def test_the_answer_quotes_the_basis_and_cites_row_and_article(samples: RegisterAnswerer) -> None:
    answer = samples.answer("街道能不能罚占用消防通道？", DAY)

    assert answer is not None
    addresses = [address for s in answer.sentences for address in s.addresses]
    assert any(address.endswith("#a60") for address in addresses)
    assert all(item in addresses for item in answer.items)
    assert "占用、堵塞、封闭消防车通道，妨碍消防车通行的" in "".join(
        s.text for s in answer.sentences
    )


def test_what_only_towns_have_is_no_for_streets(samples: RegisterAnswerer) -> None:
    answer = samples.answer("街道有权处罚露天焚烧秸秆吗？", DAY)

    assert answer is not None
    assert answer.kind is AnswerKind.NO


def test_an_optional_item_is_told_for_each_street_by_name(samples: RegisterAnswerer) -> None:
    question = "{}能不能处罚未取得食品生产经营许可从事经营的？"
    yes = samples.answer(question.format("明德街道"), DAY)
    no = samples.answer(question.format("望月街道"), DAY)

    assert yes is not None and yes.kind is AnswerKind.YES
    assert no is not None and no.kind is AnswerKind.NO


def test_an_item_on_no_list_is_said_to_be_on_none(samples: RegisterAnswerer) -> None:
    answer = samples.answer("街道能不能处罚酒驾？", DAY)

    assert answer is not None
    assert answer.kind is AnswerKind.NONE
    assert "没有与“酒驾”对应的事项" in answer.sentences[0].text


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("垃圾不分类投放在街道清单里是哪项？", "分类投放生活垃圾"),
        ("装修拆承重墙在镇清单里是哪一项？", "承重结构"),
        ("消防栓被车挡住了，街道清单里属于哪一项？", "遮挡消火栓"),
        ("电动车进楼道充电，街道清单里归哪一项？", "电动自行车"),
    ],
)
def test_everyday_words_find_the_row(samples: RegisterAnswerer, question: str, part: str) -> None:
    answer = samples.answer(question, DAY)

    assert answer is not None and answer.certain
    assert all(part in name for name in _names(samples, answer.items))


def test_words_that_fit_no_row_well_are_offered_not_asserted(samples: RegisterAnswerer) -> None:
    answer = samples.answer("街道能不能处罚餐饮店排放污水？", DAY)

    assert answer is not None
    assert not answer.certain or answer.kind is AnswerKind.NONE


@pytest.mark.parametrize(
    "question",
    [
        "《示范区街道综合执法事项清单（2026年修订）》第60项",
        "街道清单第60项是什么",
        "街道清单60项",
    ],
)
def test_a_cited_row_is_shown_however_it_is_cited(samples: RegisterAnswerer, question: str) -> None:
    answer = samples.answer(question, DAY)

    assert answer is not None
    assert answer.kind is AnswerKind.SHOW
    assert answer.sentences[0].text.startswith(
        "《示范区街道综合执法事项清单（2026年修订）》第60项：对单位占用、堵塞、封闭疏散通道"
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("镇清单第12项由哪个部门移交？", "的原行使部门是区规划和自然资源局。"),
        ("镇清单第12项的执法依据是什么？", "的执法依据是《中华人民共和国森林法》第十五条第三款"),
        ("街道清单第6项有哪些街道承接？", "的赋权镇街是自选：望月街道"),
    ],
)
def test_what_is_asked_of_a_cited_row_comes_first(
    samples: RegisterAnswerer, question: str, words: str
) -> None:
    answer = samples.answer(question, DAY)

    assert answer is not None
    assert words in answer.sentences[0].text


def test_a_cited_row_is_looked_for_on_the_list_of_the_tier_asked_about(
    samples: RegisterAnswerer,
) -> None:
    yes = samples.answer("街道清单第60项，镇能不能管？", DAY)
    no = samples.answer("镇清单第12项，街道能不能管？", DAY)

    assert yes is not None and yes.kind is AnswerKind.YES
    assert "《示范区镇综合执法事项清单（2026年修订）》第86项" in yes.sentences[1].text
    assert no is not None and no.kind is AnswerKind.NO


def test_a_list_in_title_marks_is_a_list_not_a_law(samples: RegisterAnswerer) -> None:
    answer = samples.answer("《示范区镇综合执法事项清单（2026年修订）》有多少项？", DAY)

    assert answer is not None
    assert [number for _, number in answer.counts] == [108]


def test_both_tiers_asked_about_are_both_answered(samples: RegisterAnswerer) -> None:
    assert _words(samples, "露天焚烧秸秆，镇能不能罚？那街道呢？").startswith(
        "镇可以，街道不可以。"
    )


def test_what_may_be_meant_is_told_for_both_tiers(samples: RegisterAnswerer) -> None:
    words = _words(samples, "占用城市道路堆放物品，镇能不能管？那街道呢？")

    assert "第24项" in words
    assert "镇不在承接范围内，街道可以行使" in words


def test_differences_between_towns_and_streets(samples: RegisterAnswerer) -> None:
    answer = samples.answer("消防救援局的事项镇和街道有什么区别？", DAY)

    assert answer is not None
    assert (len(answer.first), len(answer.second), answer.common) == (0, 3, 8)


def test_differences_between_two_years(five_lists: RegisterAnswerer) -> None:
    answer = five_lists.answer("示范区镇清单2025年和2026年相比有什么变化？", DAY)

    assert answer is not None
    assert (len(answer.first), len(answer.second), answer.common) == (4, 13, 95)


def test_the_newest_edition_answers_unless_a_year_is_named(five_lists: RegisterAnswerer) -> None:
    now = five_lists.answer("示范区镇清单有多少项？", DAY)
    then = five_lists.answer("示范区镇清单2025年有多少项？", DAY)

    assert now is not None and [number for _, number in now.counts] == [108]
    assert then is not None and [number for _, number in then.counts] == [99]


def test_a_short_question_goes_on_from_the_one_before(samples: RegisterAnswerer) -> None:
    answer = samples.answer("那镇呢？", DAY, ("消防救援局下放给街道的事项有几项？",))

    assert answer is not None
    assert [number for _, number in answer.counts] == [8]


@pytest.mark.parametrize(
    "question",
    ["占用消防通道怎么处罚？", "处罚法63条", "罚款多少要听证？", "行政处罚决定书几日内送达？", ""],
)
def test_questions_of_law_are_left_to_the_law(samples: RegisterAnswerer, question: str) -> None:
    assert samples.answer(question, DAY) is None


def test_a_stated_number_is_compared_with_the_rows(samples: RegisterAnswerer) -> None:
    assert "与清单载明的项数一致" in _words(samples, "镇清单一共有多少项？")
