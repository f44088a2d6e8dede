"""Faults that readers found in questions do not come back."""

from dataclasses import replace

import pytest
from tests.quiz.conftest import DAY, Source, document

from assistant.quiz import FALSE, Fault, Question, QuestionType, make_questions, prove

Bank = tuple[Question, ...]
_FINED = (
    "违反本办法规定，在临街阳台堆放杂物的，由城市管理部门责令改正，处五十元以上二百元以下罚款。",
    "违反本办法规定，擅自占用公共绿地的，由城市管理部门责令改正，处五百元以上二千元以下罚款。",
    "违反本办法规定，损坏公共雕塑和喷泉的，由城市管理部门责令改正，处三千元以上一万元以下罚款。",
    "违反本办法规定，夜间运输渣土不作遮盖的，由城市管理部门责令改正，处五千元以上三万元以下罚款。",
    "清运单位有下列行为之一的，由城市管理部门责令改正，处一千元以上五千元以下罚款：\n"
    "（一）未按照核定路线行驶的；\n（二）未密闭运输厨余垃圾的。",
)


def _asked(*articles: str) -> Bank:
    """Everything that a few articles give, over several seeds."""
    source = document(articles)
    return tuple(
        q for seed in range(12) for q in make_questions([source], seed=seed, day=DAY).questions
    )


def _cases(bank: Bank, words: str) -> list[Question]:
    return [q for q in bank if q.type is QuestionType.CASE and words in q.stem]


def test_a_case_says_who_did_what_its_list_names() -> None:
    told = [q.stem for q in _cases(_asked(*_FINED), "“未")]
    assert told
    assert all(stem.startswith("经查明，清运单位有“未") for stem in told)


def test_an_act_that_is_only_what_other_rules_leave_is_no_case() -> None:
    left = "除另有规定的情形外，施工单位违反管理规范的，由城市管理部门处五百元以上二千元以下罚款。"
    assert not _cases(_asked(*_FINED, left), "另有规定")


def test_a_case_asks_what_an_act_is_threatened_with() -> None:
    cases = _cases(_asked(*_FINED), "擅自占用公共绿地")
    question = next(q for q in cases if "处罚是" in q.stem)
    assert question.key == ("责令改正，处五百元以上二千元以下罚款",)
    assert prove(question, question.quote) == []
    other = next(option for option in question.options if option not in question.key)
    assert prove(replace(question, key=(other,)), question.quote) == [Fault.KEY]


def test_few_questions_of_a_bank_ask_for_the_number_of_an_article(statutes: list[Source]) -> None:
    bank = make_questions(statutes, count=200, seed=1, day=DAY).questions
    assert 0 < len(_cases(bank, "条文是")) <= 12


def test_a_missed_or_defined_time_is_no_limit_to_keep() -> None:
    bank = _asked(
        "建设单位未在竣工后六个月内报送竣工资料的，由城市管理部门责令限期补报。",
        "本办法中十日以内的期限是指工作日，不含法定节假日和公休日。",
        "城市管理部门应当在验收后四个月内公布验收结果和存在的问题。",
    )
    assert _cases(bank, "验收结果")
    assert not _cases(bank, "竣工资料")
    assert not _cases(bank, "法定节假日")


@pytest.mark.parametrize(
    "torn",
    [
        "城市管理部门应当自收到申请之日起二十日内作出批准或者不予批准的决定。",
        "城市管理部门应当在十日内派两名执法人员对该场所进行检查。",
        "申请人对决定不服的，可以在六个月内请求上一级城市管理部门复核。",
    ],
)
def test_a_sentence_that_leans_on_the_paragraph_before_is_not_asked(torn: str) -> None:
    assert not _asked(f"设置大型户外广告，应当经城市管理部门批准。\n{torn}")


@pytest.mark.parametrize(
    "pointing",
    [
        "沿街商户有本办法第三条规定情形的，经城市管理部门核实，可以延期三十日整改。",
        "清运单位违反本办法第三条规定的，由城市管理部门责令改正，处三万元以下的罚款。",
    ],
)
def test_what_is_known_only_by_its_article_number_is_not_asked(pointing: str) -> None:
    assert not _asked(pointing)


@pytest.mark.parametrize(
    "told",
    [
        "整改期间为：轻微的，六个月；一般的，十二个月；较重的，十八个月；严重的，二十四个月。",
        "占道费的百分之三十用于修复道路，百分之七十用于养护绿地，由城市管理部门统一安排使用。",
        "十六周岁至二十五周岁的，发给绿色证件；二十六周岁以上的，发给蓝色证件，由城市管理部门制作。",
    ],
)
def test_a_number_that_its_neighbours_tell_is_not_asked(told: str) -> None:
    given = {
        "六个月",
        "十八个月",
        "二十四个月",
        "二十五周岁",
        "二十六周岁",
        "百分之三十",
        "百分之七十",
    }
    assert not given & {
        words for q in _asked(told) if q.type is not QuestionType.JUDGE for words in q.key
    }


def test_no_option_is_beyond_the_other_end_of_its_range() -> None:
    bank = _asked(
        "多次违反规定的，城市管理部门在一年至三年内不受理其设置大型户外广告的申请。",
        "许可期限为二年、五年、六年、八年或者九年的，由城市管理部门在许可中载明。",
    )
    options = {option for q in bank if "____至三年" in q.stem for option in q.options}
    assert not {"五年", "六年", "八年", "九年"} & options


def test_the_least_multiple_is_not_asked() -> None:
    bank = _asked(
        "倒卖清运许可证的，由城市管理部门没收违法所得，并处违法所得一倍以上三倍以下罚款。"
    )
    assert bank
    assert not any("一倍" in q.key for q in bank)


def test_detention_is_only_mixed_up_with_what_is_threatened_elsewhere() -> None:
    bank = _asked(
        "故意毁坏公共座椅和路灯的，处五日以上十日以下拘留；情节较轻的，处警告。",
        "临时广告的期限为二日、三日、七日、十五日或者三十日，由城市管理部门在许可中载明。",
    )
    said = [q.stem for q in bank if q.key == (FALSE,) and "拘留" in q.stem]
    assert said
    assert all("五日以上十五日以下拘留" in stem for stem in said)


def test_a_right_is_not_turned_into_a_duty() -> None:
    bank = _asked(
        "企业为更新沿街招牌，可以自行公布设计方案或者委托中介机构征集设计方案。",
        "城市管理部门根据市容管理的实际需要，可以在广场周围划定禁止摆摊的区域。",
        "尚未制定法规的，市容管理规章对乱贴广告的行为，可以设定警告或者通报批评；由城市管理部门执行。",
        "沿街商户在被责令整改期间，应当公示整改情况；清运单位的律师可以查阅检查记录。",
        "城市管理部门检查大型户外广告设施时，可以邀请专业机构的技术人员参加检查。",
    )
    false = [q.stem for q in bank if q.key == (FALSE,)]
    assert any("技术人员" in stem for stem in false)
    assert not any(
        "企业" in stem or "禁止摆摊" in stem or "律师" in stem or "设定" in stem for stem in false
    )


def test_an_authority_that_a_law_often_names_is_not_filled_in() -> None:
    bank = _asked(
        "大型户外广告设施的设置规划和管理办法，由省级环境卫生部门会同其他单位制定并向社会公布。",
        "临街建筑物外立面的清洗保洁标准，由省级环境卫生部门会同其他单位制定并向社会公布。",
        "城市雕塑的登记办法和日常维护的技术标准，由省级文化旅游部门会同其他单位制定并公布。",
    )
    keys = {q.key[0] for q in bank if q.type is QuestionType.FILL}
    assert keys == {"省级文化旅游部门"}


def test_a_wrong_statement_does_not_contradict_itself() -> None:
    bank = _asked(
        "随意焚烧落叶的，由城市管理部门处五百元以上二千元以下罚款；情节严重的，处五百元以上五千元以下罚款。",
        "清运期限不得超过十五日；十五日内不能清运的，可以延长二日，由城市管理部门书面告知。",
        "违反广告期限的，由城市管理部门处三千元以下罚款；广告期限为五日、七日、二十日或者三十日。",
        "擅自挖掘人行道的，由城市管理部门处一千元以上六千元以下罚款，并限期修复。",
    )
    false = [q.stem for q in bank if q.key == (FALSE,)]
    assert any("延长五日" in stem or "延长七日" in stem for stem in false)
    assert not any("清运" in stem and stem.count("十五日") < 2 for stem in false)
    assert not any("焚烧" in stem and stem.count("五百元") < 2 for stem in false)


def test_wrong_options_are_of_the_setting_that_a_list_names() -> None:
    acts = "（一）翻越护栏进入的；\n（二）燃放烟花爆竹的；\n（三）张贴标语条幅的。"
    bank = _asked(
        f"有下列行为之一，扰乱公园灯会秩序的，由城市管理部门处二百元以下罚款：\n{acts}",
        "有下列行为之一的，由城市管理部门处三百元以下罚款：\n（一）跨越护栏进入绿地的；\n"
        "（二）在公园灯会出口堆放烟花器材的；\n（三）违规张贴商业广告标语的。",
    )
    asked = [q for q in bank if q.type is QuestionType.MULTIPLE and "扰乱" in q.stem]
    assert not any("绿地" in option for q in asked for option in q.options)


def test_a_step_whose_place_is_not_fixed_is_not_put_in_order(bank_of_statutes: Bank) -> None:
    orders = [q for q in bank_of_statutes if "步骤" in q.stem]
    assert orders
    assert not {"公示", "缴纳罚款"} & {option for q in orders for option in q.options}
