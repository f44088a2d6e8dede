"""Web pages of government sites: the article, whole, and nothing of the frame."""

from pathlib import Path

import renderings
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.corpus.readers import html
from assistant.corpus.readers.web_table import rows_of
from assistant.corpus.source import Paragraph, Source, Table


def read(folder: Path, page: str, encoding: str = "utf-8") -> Source:
    (path,) = renderings.written(folder, {"页.html": page.encode(encoding)})
    return html.read(path, "页.html")


def words(source: Source) -> list[str]:
    return [b.text for b in source.blocks if isinstance(b, Paragraph) and not b.furniture]


def test_navigation_scripts_and_share_bars_are_left_out(tmp_path: Path) -> None:
    page = renderings.page("示范区办法", ["第一条　为了规范执法，制定本办法。"] * 3)
    (path,) = renderings.written(tmp_path, {"页.html": page})

    source = html.read(path, "页.html")

    assert source.title == "示范区办法"
    assert str(source.created) == "2026-03-20"
    text = "".join(b.text for b in source.blocks if isinstance(b, Paragraph))
    assert "第一条　为了规范执法" in text
    assert not any(noise in text for noise in ("首页", "微信", "var menu", "网站标识码"))


def test_text_around_the_article_is_kept_apart(tmp_path: Path) -> None:
    body = "<p>第一条　内容内容内容内容内容内容内容内容内容内容内容内容内容内容。</p>" * 5
    source = read(
        tmp_path,
        f"<body><div>索引号：示范 2026-7</div><div><h1>办法</h1><div>{body}</div></div></body>",
    )
    apart = [b.text for b in source.blocks if isinstance(b, Paragraph) and b.furniture]
    assert "索引号：示范 2026-7" in apart
    assert len(words(source)) == 5


def test_line_breaks_are_paragraphs_and_source_line_ends_are_not(tmp_path: Path) -> None:
    source = read(tmp_path, "<p>第一条 为了规范\n  执法，制定本办法。<br>第二条 附则。</p>")
    assert words(source) == ["第一条 为了规范执法，制定本办法。", "第二条 附则。"]


def test_cells_that_span_rows_and_columns_repeat(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        "<table><tr><th rowspan=2>序号<th colspan=2>事项</tr><tr><td>名称<td>依据</tr>"
        "<tr><td>1<td>甲<br>乙<td>条例</tr></table>",
    )
    (table,) = (b for b in source.blocks if isinstance(b, Table))
    assert [list(row) for row in table.rows] == [
        ["序号", "事项", "事项"], ["序号", "名称", "依据"], ["1", "甲\n乙", "条例"],
    ]  # fmt: skip


def test_a_page_that_declares_gb2312_may_use_rarer_characters(tmp_path: Path) -> None:
    source = read(tmp_path, "<meta charset=gb2312><p>王䶮、李喆</p>", "gb18030")
    assert words(source) == ["王䶮、李喆"]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=4),
        min_size=1,
        max_size=6,
    )
)
def test_any_spans_give_a_rectangle_that_starts_with_its_own_cells(
    spans: list[list[tuple[int, int]]],
) -> None:
    rows = "".join(
        "<tr>" + "".join(f'<td colspan="{w}" rowspan="{h}">x</td>' for w, h in row) + "</tr>"
        for row in spans
    )
    table = etree.fromstring(f"<table>{rows}</table>")
    found = rows_of(table, lambda cell: cell.text or "")
    assert len(found) == len(spans)
    assert len({len(row) for row in found}) == 1
    assert sum(cell == "x" for row in found for cell in row) >= sum(map(len, spans))
