"""What a trainer gets when questions are made."""

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.quiz.conftest import DAY, Source, document

from assistant.corpus import Validity
from assistant.quiz import FALSE, TRUE, Fault, Question, QuestionType, make_questions, prove
from assistant.quiz.values import same_value

Bank = tuple[Question, ...]


def _of(bank: Bank, kind: QuestionType) -> list[Question]:
    return [question for question in bank if question.type is kind]


def test_statutes_give_every_common_kind_of_question(bank_of_statutes: Bank) -> None:
    kinds = {question.type for question in bank_of_statutes}
    assert kinds >= {
        QuestionType.SINGLE,
        QuestionType.MULTIPLE,
        QuestionType.JUDGE,
        QuestionType.FILL,
        QuestionType.CASE,
    }


def test_every_quote_stands_in_the_article_it_is_cited_from(
    bank_of_statutes: Bank, statutes: list[Source]
) -> None:
    texts = {p.citation_id: p.text for _, passages in statutes for p in passages}
    for question in bank_of_statutes:
        assert question.quote in texts[question.citation_id]
        assert prove(question, texts[question.citation_id]) == []


def test_no_question_is_asked_twice(bank_of_statutes: Bank) -> None:
    assert len({question.stem for question in bank_of_statutes}) == len(bank_of_statutes)


def test_no_two_options_mean_the_same(bank_of_statutes: Bank) -> None:
    for question in bank_of_statutes:
        for place, option in enumerate(question.options):
            assert not any(same_value(option, other) for other in question.options[place + 1 :])


def test_the_same_seed_gives_the_same_bank(statutes: list[Source], bank_of_statutes: Bank) -> None:
    assert make_questions(statutes, seed=1, day=DAY).questions == bank_of_statutes
    assert make_questions(statutes, seed=2, day=DAY).questions != bank_of_statutes


def test_a_repealed_document_gives_no_question() -> None:
    source, passages = document(validity=Validity.REPEALED, repealed=date(2020, 1, 1))
    assert make_questions([(source, passages)], day=DAY).questions == ()


def test_paragraphs_that_point_elsewhere_are_not_asked(sample: Source) -> None:
    bank = make_questions([sample], day=DAY).questions
    assert bank
    assert not any("前款" in question.stem for question in bank)


def test_a_catch_all_item_is_never_an_option(sample: Source) -> None:
    bank = make_questions([sample], day=DAY).questions
    assert _of(bank, QuestionType.MULTIPLE)
    assert not any("其他损害" in option for q in bank for option in q.options)


def test_a_list_in_a_stated_order_becomes_an_ordering_question(sample: Source) -> None:
    (question,) = _of(make_questions([sample], day=DAY).questions, QuestionType.ORDER)
    assert question.key == ("修复路面的费用", "清运废土的费用", "剩余部分退还申请人")
    assert question.options != question.key


def test_the_steps_of_a_procedure_are_put_in_its_order(
    bank_of_statutes: Bank, statutes: list[Source]
) -> None:
    orders = [q for q in _of(bank_of_statutes, QuestionType.ORDER) if "步骤" in q.stem]
    ordinary = next(q for q in orders if "“普通程序”" in q.stem)
    assert ordinary.options != ordinary.key
    assert ordinary.citation.count("条") == len(ordinary.key)
    turned = replace(ordinary, key=tuple(reversed(ordinary.key)))
    assert prove(turned, _text(statutes, ordinary)) == [Fault.KEY]


def test_a_procedure_whose_statute_is_missing_is_not_asked_about(sample: Source) -> None:
    bank = make_questions([sample], day=DAY).questions
    assert not any("步骤" in question.stem for question in bank)


def test_a_case_asks_which_numbers_keep_a_limit_that_the_stem_hides(
    bank_of_statutes: Bank, statutes: list[Source]
) -> None:
    question = next(
        q for q in _of(bank_of_statutes, QuestionType.CASE)
        if "①" in q.stem and "处以____以下、对法人" in q.stem
    )  # fmt: skip
    assert "二百元" not in question.stem
    kept = {
        mark for mark, yuan in re.findall(r"([①②③④])(\d+)元", question.stem) if int(yuan) <= 200
    }
    assert set(question.key[0]) == kept
    other = next(option for option in question.options if option not in question.key)
    assert prove(replace(question, key=(other,)), _text(statutes, question)) == [Fault.KEY]


def test_a_case_asks_for_the_article_that_an_act_falls_under(
    bank_of_statutes: Bank, statutes: list[Source]
) -> None:
    cases = [q for q in _of(bank_of_statutes, QuestionType.CASE) if "条文是" in q.stem]
    texts = {(p.document_id, p.label): p.text for _, passages in statutes for p in passages}
    assert cases
    for question in cases:
        act = question.stem.split("“")[1].split("”")[0]
        document = question.citation_id.partition("#")[0]
        holding = [o for o in question.options if act in texts[document, o]]
        assert holding == list(question.key)
    wrong = next(option for option in cases[0].options if option not in cases[0].key)
    assert prove(replace(cases[0], key=(wrong,)), _text(statutes, cases[0])) == [Fault.KEY]


def test_a_duty_turned_into_a_choice_is_a_false_statement() -> None:
    source = document(("市容管理部门应当书面告知当事人拟作出的处罚内容和所认定的事实与理由。",))
    said = "《示范区市容管理办法（示范文本）》规定：市容管理部门可以书面告知"
    for seed in range(40):
        for question in make_questions([source], seed=seed, day=DAY).questions:
            if question.stem.startswith(said):
                assert question.key == (FALSE,)
                assert prove(replace(question, key=(TRUE,)), source[1][0].text) == [Fault.KEY]
                return
    raise AssertionError("no seed turned the duty")


@pytest.mark.parametrize(
    ("one", "other"), [("十五日", "15日"), ("半年", "六个月"), ("一年", "12个月")]
)
def test_notations_of_one_value_are_equal(one: str, other: str) -> None:
    assert same_value(one, other)


def _first(bank: Bank, kind: QuestionType) -> Question:
    return _of(bank, kind)[0]


def _text(statutes: list[Source], question: Question) -> str:
    return next(
        p.text for _, group in statutes for p in group if p.citation_id == question.citation_id
    )


def test_a_wrong_key_is_caught(bank_of_statutes: Bank, statutes: list[Source]) -> None:
    question = _first(bank_of_statutes, QuestionType.SINGLE)
    other = next(option for option in question.options if option not in question.key)
    wrong = replace(question, key=(other,))
    assert Fault.KEY in prove(wrong, _text(statutes, question))


def test_a_second_right_option_is_caught(bank_of_statutes: Bank, statutes: list[Source]) -> None:
    question = _first(bank_of_statutes, QuestionType.MULTIPLE)
    doubtful = replace(question, key=question.key[:-1])
    assert prove(doubtful, _text(statutes, question))


def test_a_statement_marked_the_wrong_way_is_caught(
    bank_of_statutes: Bank, statutes: list[Source]
) -> None:
    for question in _of(bank_of_statutes, QuestionType.JUDGE):
        turned = replace(question, key=(FALSE if question.key == (TRUE,) else TRUE,))
        assert Fault.KEY in prove(turned, _text(statutes, question))


def test_a_quote_that_is_not_in_the_article_is_caught(
    bank_of_statutes: Bank, statutes: list[Source]
) -> None:
    question = bank_of_statutes[0]
    wrong = replace(question, quote=question.quote + "另有规定的除外")
    assert Fault.QUOTE in prove(wrong, _text(statutes, question))


def test_the_same_value_in_two_notations_is_caught(sample: Source) -> None:
    question = Question(
        type=QuestionType.SINGLE,
        stem="《示范区市容管理办法》规定：市容管理部门应当自收到店招设置申请之日起____内作出决定。",
        options=("七日", "7日", "十日"),
        key=("七日",),
        quote="市容管理部门应当自收到店招设置申请之日起七日内作出决定。",
        citation_id="sample#a1",
        citation="《示范区市容管理办法（示范文本）》第一条",
        document="示范区市容管理办法（示范文本）",
        topic="",
        difficulty=_first(
            make_questions([sample], day=DAY).questions, QuestionType.MULTIPLE
        ).difficulty,
        validity="现行有效",
        digest="",
    )
    assert prove(question, sample[1][0].text) == [Fault.EQUAL]
