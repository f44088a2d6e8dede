"""Commands that read the index: ask, search, open."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.chinese import ChineseCommand
from assistant.cli.filters import (
    Authorities,
    Documents,
    Kinds,
    Levels,
    Subjects,
    make_filters,
)
from assistant.cli.shared import NOTHING_FOUND, Day, Json, as_json, load_assistant

if TYPE_CHECKING:
    from assistant.answering import Assistant, SourceView
    from assistant.retrieval import Evidence

_Question = Annotated[
    str, typer.Argument(metavar="问题", help="日常用语或引用，如 处罚法63条、镇清单第12项")
]
_EXCERPT = 60


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("ask", cls=ChineseCommand)(ask)
    app.command("search", cls=ChineseCommand)(search)
    app.command("open", cls=ChineseCommand)(open_passage)


def ask(
    question: _Question,
    day: Day = None,
    json: Json = False,
    extract: Annotated[
        bool, typer.Option("--extract", help="只摘录原文，不用设置中的模型")
    ] = False,
    markdown: Annotated[
        Path | None,
        typer.Option("--markdown", metavar="文件", help="把回答和依据另存为 Markdown"),
    ] = None,
    word: Annotated[
        Path | None, typer.Option("--docx", metavar="文件", help="把回答和依据另存为 Word 文档")
    ] = None,
) -> None:
    """回答一个问题，逐句注明依据；没有依据时说明并列出最接近的来源（退出码 3）。"""
    assistant = load_assistant()
    from pydantic import TypeAdapter

    from assistant.answering import Answer, Generator, Outcome
    from assistant.answering.export import to_docx, to_markdown
    from assistant.answering.plain import answer_text
    from assistant.settings import load_settings

    answer = assistant.ask(question, day=day)
    generator = Generator(load_settings())
    if generator.enabled and not extract:
        *_, answer = generator.stream(answer, assistant.index, assistant.searcher.names)
    if json:
        typer.echo(as_json(TypeAdapter(Answer).dump_python(answer, mode="json")))
    else:
        typer.echo(answer_text(answer))
    if markdown:
        _save(markdown, to_markdown([answer]).encode("utf-8"))
    if word:
        _save(word, to_docx([answer]))
    if answer.outcome is Outcome.REFUSED:
        raise typer.Exit(NOTHING_FOUND)


def search(
    question: _Question,
    count: Annotated[
        int,
        typer.Option("--count", "-n", min=1, max=100, metavar="条数", help="最多列出几条；默认 10"),
    ] = 10,
    kind: Kinds = None,
    level: Levels = None,
    authority: Authorities = None,
    subject: Subjects = None,
    document: Documents = None,
    day: Day = None,
    json: Json = False,
) -> None:
    """列出与问题最相关的条文、段落和清单行，不作回答；被引用的条文列在最后。"""
    filters = make_filters(kind, level, authority, subject, document)
    searcher = load_assistant().searcher
    evidence = searcher.search(question, count=count, day=day, filters=filters)
    if json:
        typer.echo(as_json([_record(item) for item in evidence]))
    else:
        for rank, item in enumerate(evidence, start=1):
            typer.echo(_line(rank, item))
    if not evidence:
        typer.echo("没有找到相关内容。", err=True)
        raise typer.Exit(NOTHING_FOUND)


def open_passage(
    address: Annotated[
        str,
        typer.Argument(
            metavar="出处", help="search 列出的地址，或引用，如 处罚法63条、镇清单第12项"
        ),
    ],
    json: Json = False,
) -> None:
    """打开条文、段落或清单行，显示全文、所在位置和效力；引用了几处就逐处打开。"""
    views = _views(load_assistant(), address)
    if not views:
        typer.echo(f"没有找到“{address}”。请用 assistant search 查找它的地址。", err=True)
        raise typer.Exit(NOTHING_FOUND)
    if json:
        from pydantic import TypeAdapter

        from assistant.answering import SourceView

        records = [TypeAdapter(SourceView).dump_python(view, mode="json") for view in views]
        typer.echo(as_json(records if len(records) > 1 else records[0]))
        return
    from assistant.answering.plain import passage_text

    for view in views:
        where = " › ".join((view.document.title, *view.breadcrumb))
        typer.echo(f"{where}{f'（{view.place}）' if view.place else ''}")
        typer.echo(passage_text(view))


def _save(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        typer.echo(f"文件 {path} 无法写入：{error.strerror}。请换一个可写的位置。", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"已保存到 {path}", err=True)


def _views(assistant: "Assistant", address: str) -> "list[SourceView]":
    cited = assistant.searcher.understand(address, date.today()).cited
    views = []
    for key in dict.fromkeys(place.citation_id for place in cited) or (address,):
        try:
            views.append(assistant.open(key))
        except KeyError:
            continue
    return views


def _line(rank: int, item: "Evidence") -> str:
    from assistant.answering.official import official_citation

    reasons = "、".join(finding.reason.label for finding in item.findings)
    words = " ".join(item.passage.text.split())
    excerpt = words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}……"
    return (
        f"{rank}. {official_citation(item.document, item.passage)}"
        f"（{item.validity.label}；{reasons}）\n   {excerpt}\n   {item.passage.citation_id}"
    )


def _record(item: "Evidence") -> dict[str, Any]:
    from assistant.answering.official import official_citation

    return {
        "address": item.passage.citation_id,
        "official": official_citation(item.document, item.passage),
        "title": item.document.title,
        "breadcrumb": item.passage.breadcrumb,
        "text": item.passage.text,
        "validity": item.validity.value,
        "score": item.score,
        "referred_by": item.referred_by,
        "findings": [
            {"reason": finding.reason.value, "rank": finding.rank, "score": finding.score}
            for finding in item.findings
        ],
    }
