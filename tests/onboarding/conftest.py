"""A corpus of our own writing with a sample document, and settings over its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.index import PassageEmbedding

SAMPLE = "示范区案件移送工作制度（示范文本）.txt"
ARTICLES = (
    "第一条 各单位应当明确1名案件移送联络员，负责收发案件材料。",
    "第二条 发现不属于本单位管辖的案件，应当自发现之日起5个工作日内移送有管辖权的机关。",
    "第三条 受移送机关应当自收到材料之日起7个工作日内决定是否立案。",
    "第四条 材料不齐的，应当在3个工作日内一次性告知移送单位补充。",
    "第五条 移送材料的保存期限不少于二年。",
    "第六条 协调不成的，应当在10个工作日内报请县司法局协调。",
    "第七条 联络员变动的，应当在4个工作日内报县司法局备案。",
    "第八条 移送单位应当在15日内把处理结果书面告知举报人。",
    "第九条 对移送决定不服的，可以在20日内向县司法局申请复核。",
    "第十条 本制度所称案件移送，是指把案件交给有管辖权的机关处理。",
)
PATH = """
title = "云溪县新人学习路径"

[[unit]]
id = "transfer"
title = "案件移送"
aim = "知道几日内移送。"
documents = ["案件移送"]
check = 5

[[unit.reading]]
heading = "移送的期限"
find = "发现不属于本单位管辖 工作日内移送有管辖权的机关"

[[unit.reading]]
heading = "采访纪律"
find = "新闻媒体采访报道审批"
cite = ["《行政处罚法》第九百条"]

[[unit.term]]
name = "案件移送"

[[unit.term]]
name = "回形针"
"""


@pytest.fixture
def settings(small_settings: Settings, embedding: PassageEmbedding) -> Settings:
    """An index over one sample document, and a path of one unit in the data folder."""
    from assistant.index import build

    (small_settings.corpus / SAMPLE).write_text(
        "\n".join((SAMPLE[:-4], *ARTICLES)), encoding="utf-8"
    )
    build(small_settings, embedding=embedding)
    small_settings.data.mkdir(parents=True, exist_ok=True)
    (small_settings.data / "path.toml").write_text(PATH, encoding="utf-8")
    return small_settings
