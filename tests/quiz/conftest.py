"""A regulation of our own writing, and the statute that governs penalties."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.corpus import Document, DocumentKind, Level, Passage, Unit, Validity
from assistant.corpus.law_pack import LawPackReader
from assistant.quiz import Question, make_questions
from assistant.settings import LawPack

DAY = date(2026, 8, 15)
Source = tuple[Document, Sequence[Passage]]

_ARTICLES = (
    "市容管理部门应当自收到店招设置申请之日起七日内作出决定。",
    "沿街商户应当在每次清扫后十五日内报送记录，保存期限不少于二年。",
    "违反本办法规定，占用人行道堆放建筑材料的，由城市管理部门责令改正，处五百元以上三千元以下罚款。",
    "当事人应当自收到整改通知之日起三十日内完成整改。",
    "申请人对决定有异议的，可以在六个月内申请复核。",
    "在绿地内有下列行为之一的，由城市管理部门责令改正：\n（一）攀折树枝花朵的；\n（二）倾倒泔水废渣的；\n"
    "（三）擅自开垦种菜的；\n（四）其他损害绿地的行为。",
    "在河道旁有下列行为之一的，由城市管理部门责令改正：\n（一）倾倒余泥渣土的；\n（二）燃放孔明灯具的；\n"
    "（三）清洗机动车辆的。",
    "占道保证金按照下列顺序支付：\n（一）修复路面的费用；\n（二）清运废土的费用；\n（三）剩余部分退还申请人。",
    "对违法行为轻微的个人处一百元罚款，对单位处一千元罚款。",
    "损坏路面超过百分之十的，加收一万元保证金；全部损坏的，加收二千元管理费。",
    "前款规定的期限为二十日，自通知送达之日起计算。",
)  # fmt: skip


def document(articles: Sequence[str] = _ARTICLES, **facts: Any) -> Source:
    """Return a regulation with the articles given, numbered from one."""
    source = Document(
        id="sample",
        title="示范区市容管理办法（示范文本）",
        kind=DocumentKind.REGULATION,
        level=Level.RULE,
        origin="sample.md",
        digest="0",
        validity=Validity.IN_FORCE,
        sample=True,
    )
    source = replace(source, **facts)
    numbers = "一二三四五六七八九十"
    labels = [f"第{n}条" for n in (*numbers, *(f"十{n}" for n in numbers))]
    passages = [
        Passage("sample", f"a{order + 1}", Unit.ARTICLE, label, f"{label} {text}", order, 0, 0)
        for order, (label, text) in enumerate(zip(labels, articles, strict=False))
    ]
    return source, passages


@pytest.fixture
def sample() -> Source:
    """The regulation."""
    return document()


@pytest.fixture(scope="session")
def statutes() -> list[Source]:
    """The statutes on administrative procedure and on fire, from the law pack."""
    wanted = (
        "行政处罚法", "行政强制法", "行政许可法", "行政复议法", "行政诉讼法", "消防法",
    )  # fmt: skip
    return [
        (source.document, source.passages)
        for source in LawPackReader().documents(LawPack.ENFORCEMENT)
        if source.document.short_title in wanted
    ]


@pytest.fixture(scope="session")
def bank_of_statutes(statutes: list[Source]) -> tuple[Question, ...]:
    """Every question that those statutes give."""
    return make_questions(statutes, seed=1, day=DAY).questions
