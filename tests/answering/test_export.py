"""An answer leaves the page as Markdown or as a Word document, with its sources."""

import io
from datetime import date

import docx
from hypothesis import given, settings
from hypothesis import strategies as st
from rules import DOCUMENT, RULE, passage

from assistant.answering import Answer, Citation, Clause, Outcome, Role, Sentence
from assistant.answering.export import to_docx, to_markdown
from assistant.answering.plain import answer_text
from assistant.corpus import Validity

DAY = date(2026, 11, 24)
LEAD = "材料应当在二日内补齐。"
CITATION = Citation(
    1, "d#a7", "《示范区案件移送制度》第七条第二款", (LEAD,), DOCUMENT, passage(RULE),
    Validity.IN_FORCE,
)  # fmt: skip


def answer(question: str = "几天内补齐材料？", lead: str = LEAD, **more: object) -> Answer:
    values: dict[str, object] = {
        "question": question, "outcome": Outcome.ANSWERED, "lead": (Sentence(lead, (1,)),),
        "clauses": (Clause(1, (lead,), frozenset({0})),), "citations": (CITATION,),
        "warnings": ("请核对。",), "seconds": 0.1,
        "further": (Sentence("紧急情况可以先行移送。", (1,), Role.EXCEPTION),),
    }  # fmt: skip
    return Answer(**(values | more))  # type: ignore[arg-type]


def words_of(document: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(document)).paragraphs]


def test_markdown_has_question_answer_and_official_citation() -> None:
    text = to_markdown([answer()], DAY)
    assert "## 几天内补齐材料？" in text
    assert r"材料应当在**二日内**补齐。\[1\]" in text
    assert "1. 《示范区案件移送制度》第七条第二款（现行有效）" in text
    assert f"   > {LEAD}" in text
    assert "### 例外与限制\n\n- 紧急情况可以先行移送" in text


def test_an_export_says_where_a_model_wrote() -> None:
    quoted, written = answer(), answer(by_model=True)
    assert "只引用资料库中的原文" in to_markdown([quoted], DAY)
    assert "只引用资料库中的原文" not in to_markdown([quoted, written], DAY)
    assert "语言模型" in words_of(to_docx([quoted, written], DAY))[1]


def test_word_document_has_question_answer_and_official_citation() -> None:
    words = words_of(to_docx([answer()], DAY))
    assert "几天内补齐材料？" in words
    assert f"{LEAD}[1]" in words
    assert "[1] 《示范区案件移送制度》第七条第二款（现行有效）" in words
    assert "请核对。" in words


def test_a_dialogue_is_numbered_in_its_order() -> None:
    dialogue = [answer(), answer("第二款呢？", understood="移送制度第七条 第二款呢？")]
    text = to_markdown(dialogue, DAY)
    assert text.index("## 1. 几天内补齐材料？") < text.index("## 2. 第二款呢？")
    assert "按上文理解为：移送制度第七条 第二款呢？" in text
    assert "2. 第二款呢？" in words_of(to_docx(dialogue, DAY))


def test_a_refusal_offers_the_nearest_sources() -> None:
    refusal = answer(outcome=Outcome.REFUSED, lead="没有依据。", further=(), warnings=())
    assert "### 最接近的资料" in to_markdown([refusal], DAY)
    assert "最接近的资料：" in answer_text(refusal)


def test_copied_text_cites_paragraphs_officially() -> None:
    text = answer_text(answer(missing=("“谁批准”",)))
    assert "材料应当在二日内补齐。[1]" in text
    assert "[1] 《示范区案件移送制度》第七条第二款（现行有效）" in text
    assert "资料没有回答的部分：\n“谁批准”" in text


@settings(deadline=None, max_examples=12)
@given(st.text(max_size=40))
def test_no_question_breaks_a_document(question: str) -> None:
    assert words_of(to_docx([answer(question)], DAY))
    assert to_markdown([answer(question)], DAY).startswith("# 执法助手问答记录")


def test_markdown_in_a_question_stays_words() -> None:
    assert r"## \# \*\*罚款\*\*\[1\]" in to_markdown([answer("# **罚款**[1]")], DAY)
