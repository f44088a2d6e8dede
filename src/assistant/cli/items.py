"""Commands over item lists: items lists, items check."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.chinese import ChineseCommand, ChineseGroup
from assistant.cli.shared import Json, as_json, load_assistant

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.items import HealthReport, Register

_items = typer.Typer(
    cls=ChineseGroup, help="事项清单：列出清单，检查依据是否仍然有效。", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    _items.command("lists", cls=ChineseCommand)(lists)
    _items.command("check", cls=ChineseCommand)(check)
    app.add_typer(_items, name="items")


def lists(json: Json = False) -> None:
    """列出索引中的事项清单：名称、年份、项数、文件和识别出的列。"""
    entries = load_assistant().items.register.lists
    if json:
        typer.echo(
            as_json(
                [
                    {
                        "title": entry.title,
                        "origin": entry.origin,
                        "year": entry.year,
                        "count": entry.count,
                        "columns": {column.label: heading for column, heading in entry.columns},
                        "unknown": list(entry.unknown),
                    }
                    for entry in entries
                ]
            )
        )
        return
    if not entries:
        typer.echo("索引中没有事项清单。请把清单放入资料文件夹后运行 assistant build。")
    for entry in entries:
        columns = "、".join(f"{heading}→{column.label}" for column, heading in entry.columns)
        typer.echo(f"{entry.title}（{entry.count}项）  {entry.origin}\n    {columns}")


def check(
    file: Annotated[
        Path | None, typer.Argument(metavar="清单文件", help="要检查的清单，不必先放入资料文件夹")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="检查索引中的全部清单")] = False,
    xlsx: Annotated[
        Path | None, typer.Option(metavar="文件", help="把逐行批注另存为 XLSX 表格")
    ] = None,
    json: Json = False,
) -> None:
    """清单体检：依据失效、条号变动、重复、空缺、名称与依据不符等，逐行批注。"""
    from assistant.items import check_list, report_table, table_workbook

    if (file is None) is not all_:
        raise typer.BadParameter("请给出一个清单文件，或用 --all 检查全部清单")
    assistant = load_assistant()
    if file is None:
        register_ = assistant.items.register
        entries = register_.lists
    else:
        register_, key = _with_file(assistant, file)
        entries = [entry for entry in register_.lists if entry.id == key]
        if not entries:
            raise typer.BadParameter(
                f"{file.name} 中没有识别出事项清单：表头应有“事项名称”和“执法依据”等列"
            )
    reports = [check_list(register_, entry) for entry in entries]
    if json:
        typer.echo(as_json([_record(report) for report in reports]))
    else:
        for report in reports:
            _print(report)
    if xlsx is not None:
        xlsx.write_bytes(table_workbook(report_table(reports)))
        typer.echo(f"已存为 {xlsx}", err=True)


def _with_file(assistant: "Assistant", file: Path) -> "tuple[Register, str]":
    from assistant.items.imports import read_upload

    source = read_upload(file)
    return assistant.register_with(source), source.document.id


def _print(report: "HealthReport") -> None:
    entry = report.entry
    sound = entry.count - report.rows_with_remarks
    typer.echo(f"{entry.title}：{entry.count}项，{sound}项没有问题。")
    for defect, count in report.counts.most_common():
        typer.echo(f"  {defect.label} {count} 处")
    for remark in report.remarks:
        where = f"{remark.item.label} {remark.item.name}" if remark.item else "全表"
        typer.echo(f"  [{remark.defect.label}] {where}\n      {remark.words}")


def _record(report: "HealthReport") -> dict[str, object]:
    return {
        "title": report.entry.title,
        "count": report.entry.count,
        "remarks": [
            {
                "defect": remark.defect.value,
                "number": remark.item.number if remark.item else "",
                "name": remark.item.name if remark.item else "",
                "cell": remark.item.cell if remark.item else "",
                "words": remark.words,
                "sources": list(remark.addresses),
            }
            for remark in report.remarks
        ],
    }
