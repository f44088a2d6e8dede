"""A document for one unit does not exist for people of another, on any path."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from openpyxl import Workbook
from tests.visiting import Visit

from assistant.answering import Assistant, LiveAssistant, Outcome
from assistant.corpus import CorpusError
from assistant.index import OpenedIndex, PassageEmbedding, build, open_index
from assistant.people import LOCAL, NOBODY, Person, Role, acting_as
from assistant.quiz import read_sources
from assistant.retrieval.retrievers import DenseRetriever, HybridRetriever, LexicalRetriever
from assistant.settings import AccountsMode, Settings

MEMBER = Person("张三", Role.READER, frozenset({"城关镇"}))
OTHER = Person("李四", Role.TRAINER, frozenset({"河口镇"}))
CHIEF = Person("局长", Role.ADMINISTRATOR)
NOT_SEEING = (OTHER, NOBODY, Person("王五", Role.READER))
SECRET = "夜间巡查由城关镇蓝鲸小组负责，集合口令为海螺。"
QUESTION = "夜间巡查由哪个小组负责？"
FILES = {
    "城关镇夜间巡查制度.txt": f"城关镇夜间巡查制度\n第一条 {SECRET}\n第二条 巡查记录保存三年。\n",
    "城关镇夜间巡查制度.txt.meta.toml": 'units = ["城关镇"]\n',
    "巡查总则.txt": "巡查总则\n第一条 巡查应当两人。依照《城关镇夜间巡查制度》第一条安排人员。\n"
    "第二条 巡查应当着制服。\n",
    "旧巡查办法.txt": "旧巡查办法\n第一条 夜间巡查由城关镇负责，集合口令另定。\n",
    "旧巡查办法.txt.meta.toml": 'repealed = "2020-01-01"\nreplaced_by = "城关镇夜间巡查制度.txt"\n',
    "坏文件.pdf": b"%PDF-1.7 broken",
}
Opened = Callable[[Mapping[str, str | bytes]], OpenedIndex]


def item_list() -> bytes:
    """Return an item list that only 城关镇 may see."""
    from io import BytesIO

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["城关镇综合执法事项清单"])
    sheet.append(["序号", "事项名称", "执法类别", "原行使部门", "实施依据"])
    sheet.append([1, "对放养蓝鲸行为的处罚", "行政处罚", "渔业局", "《渔业法》第三十条"])
    sheet.append([2, "对擅自投放海螺行为的处罚", "行政处罚", "渔业局", "《渔业法》第三十条"])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture(scope="module")
def everything(
    tmp_path_factory: pytest.TempPathFactory, cache: Any, embedding: PassageEmbedding
) -> Assistant:
    """The assistant as the machine's owner sees it, over open and bounded documents."""
    folder = tmp_path_factory.mktemp("units")
    settings = Settings(
        corpus=folder / "corpus", index=folder / "index", data=folder / "data", law_pack="none"
    )
    settings.corpus.mkdir()
    settings.index.mkdir()
    (settings.index / "models").symlink_to(cache / "models", target_is_directory=True)
    for name, content in FILES.items():
        path = settings.corpus / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    (settings.corpus / "城关镇事项清单.xlsx").write_bytes(item_list())
    (settings.corpus / "documents.toml").write_text(
        '["城关镇事项*"]\nunits = "城关镇"\n', encoding="utf-8"
    )
    build(settings, embedding=embedding)
    return Assistant(open_index(settings, embedding=embedding))


def hidden_id(everything: Assistant) -> str:
    """Return the id of the bounded document."""
    return next(d.id for d in everything.documents() if d.title == "城关镇夜间巡查制度")


def told(value: object) -> str:
    """Return everything that an object says, however deep."""
    return repr(value)


def reveals(words: str) -> bool:
    """Return whether words betray the bounded documents."""
    return any(secret in words for secret in ("蓝鲸", "海螺", "城关镇夜间巡查制度"))


@pytest.mark.parametrize("person", [MEMBER, CHIEF, LOCAL])
def test_people_of_the_unit_and_administrators_see_it(
    everything: Assistant, person: Person
) -> None:
    seen = everything.seen_by(person)
    answer = seen.ask(QUESTION)
    assert answer.outcome is Outcome.ANSWERED and "蓝鲸小组" in told(answer)
    assert "第一条" in seen.open(f"{hidden_id(everything)}#a1").official
    assert len(seen.items.register.lists) == 1 == len(seen.skipped())


@pytest.mark.parametrize("person", NOT_SEEING)
@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "城关镇夜间巡查制度第一条",
        "《城关镇夜间巡查制度》第1条规定了什么？",
        "巡查总则第一条",
        "旧巡查办法第一条",
        "集合口令是什么？",
        "放养蓝鲸由哪个部门处罚？",
        "城关镇的事项有多少项？",
        "城关镇夜间巡查制度还有效吗？",
    ],
)
def test_for_everybody_else_no_answer_betrays_it(
    everything: Assistant, person: Person, question: str
) -> None:
    answer = everything.seen_by(person).ask(question)
    shown = told((answer.lead, answer.clauses, answer.citations, answer.warnings, answer.further))
    # The open document refers to the title itself; the question may say it too.
    shown = shown.replace("依照《城关镇夜间巡查制度》第一条安排人员", "")
    for sentence in (question, question.rstrip("？")):
        shown = shown.replace(sentence, "")
    assert not reveals(shown.replace("《城关镇夜间巡查制度》", "")), shown
    assert all(hidden_id(everything) not in c.passage_id for c in answer.citations)


@pytest.mark.parametrize("person", NOT_SEEING)
def test_search_with_every_path_finds_nothing_of_it(everything: Assistant, person: Person) -> None:
    seen, secret = everything.seen_by(person), hidden_id(everything)
    for question in (QUESTION, "城关镇夜间巡查制度第一条", "巡查总则第一条", "旧巡查办法第一条"):
        trace = seen.searcher.trace(question, count=50)
        assert all(e.document.id != secret for e in trace.evidence)
        assert all(secret not in key for ranking in trace.rankings.values() for key in ranking)
    for retriever in (
        DenseRetriever(seen.index),
        LexicalRetriever(seen.index),
        HybridRetriever(seen.searcher),
    ):
        assert all(secret not in node.node.id_ for node in retriever.retrieve(QUESTION))


@pytest.mark.parametrize("person", NOT_SEEING)
def test_browsing_links_and_lists_know_nothing_of_it(everything: Assistant, person: Person) -> None:
    seen, secret = everything.seen_by(person), hidden_id(everything)
    assert {d.title for d in seen.documents()} == {"巡查总则", "旧巡查办法"}
    assert seen.passages(secret) == []
    for address in (f"{secret}#a1", f"{secret}#a1~1"):
        with pytest.raises(KeyError):
            seen.open(address)
    with pytest.raises(KeyError):
        seen.searcher.document(secret)
    assert seen.skipped() == []
    assert seen.items.register.lists == []
    assert all(secret not in d.replaced_by for d in seen.documents())
    assert seen.containing(["海螺"], 9) == [] == seen.citing(f"{secret}#a1")
    everyone = everything.seen_by(CHIEF)
    assert everyone.containing(["海螺"], 9) and everyone.citing(f"{secret}#a1")


@pytest.mark.parametrize("person", NOT_SEEING)
def test_no_query_of_the_catalogue_reaches_past_the_bounds(
    everything: Assistant, person: Person
) -> None:
    catalogue, secret = everything.seen_by(person).index.catalogue, hidden_id(everything)
    assert secret not in catalogue.digests()
    assert not any(secret in key for key in catalogue.passage_ids())
    assert not any(p.document_id == secret for p in catalogue.all_passages())
    assert catalogue.around(secret, 0, 9) == [] == catalogue.cited(f"{secret}#a1")
    assert catalogue.get([f"{secret}#a1"]) == {}
    everyone = everything.index.catalogue
    assert catalogue.content() != everyone.content()


def test_questions_for_all_are_made_only_from_what_all_may_see(everything: Assistant) -> None:
    titles = {document.title for document, _ in read_sources(everything.index.settings).values()}
    assert titles == {"巡查总则", "旧巡查办法"}


def test_whoever_acts_gets_their_own_view(
    everything: Assistant, embedding: PassageEmbedding
) -> None:
    settings = everything.index.settings.model_copy(update={"accounts": AccountsMode.ON})
    live = LiveAssistant(settings, embedding)
    assert len(live.current.documents()) == 2
    with acting_as(MEMBER):
        assert len(live.current.documents()) == 4
    with acting_as(OTHER):
        assert len(live.current.documents()) == 2
    assert live.current.seen_by(CHIEF) is not live.newest


@pytest.mark.parametrize("stated", ["units = []", "units = 5", 'units = [""]', "unit = ['城关镇']"])
def test_a_faulty_bound_keeps_the_document_out_instead_of_opening_it(
    small_index: Opened, stated: str
) -> None:
    index = small_index({"密.txt": "密\n第一条 密。\n", "密.txt.meta.toml": stated})
    assert index.catalogue.documents() == []
    (skipped,) = index.catalogue.skipped()
    assert isinstance(skipped, CorpusError) and "unit" in skipped.reason


def test_a_change_of_the_bounds_is_taken_up_by_the_next_build(small_index: Opened) -> None:
    text = {"密.txt": "密\n第一条 密。\n"}
    assert small_index(text).catalogue.documents()[0].units == ()
    bounded = small_index({"密.txt.meta.toml": 'units = ["甲", "乙"]'})
    assert bounded.catalogue.documents()[0].units == ("甲", "乙")


def test_in_the_page_each_visitor_sees_their_own_units(visit: Visit) -> None:
    shown = {}
    for name in ("张三", "李四", "局长"):
        browser = visit(name)
        event = browser.event("list_documents", "bridge")
        shown[name] = json.dumps(browser.call(event).json(), ensure_ascii=False)
    assert "城关镇值班安排" in shown["张三"] and "城关镇值班安排" in shown["局长"]
    assert "城关镇值班安排" not in shown["李四"] and "办案规定" in shown["李四"]
