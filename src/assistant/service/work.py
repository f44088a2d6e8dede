"""What programs get from item lists and procedure tools, described in Chinese."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from assistant.items import AnswerKind, Defect, HealthReport, ItemList, RegisterAnswer
from assistant.procedures import Basis, Line, ToolResult, Verdict, acts, events, facts, flows
from assistant.service.replies import Reply, TableReply


class ItemListReply(Reply):
    """一份事项清单。"""

    id: str = Field(description="清单的编号，可用于 /items/check")
    title: str = Field(description="名称")
    district: str = Field(description="发布的地区；未写明则为空")
    year: int = Field(description="年份；未知为0")
    count: int = Field(description="项数")
    columns: dict[str, str] = Field(description="识别出的列：含义与表头")

    @classmethod
    def of(cls, entry: ItemList) -> "ItemListReply":
        """Return a list as a reply."""
        return cls(
            id=entry.id,
            title=entry.title,
            district=entry.district,
            year=entry.year,
            count=entry.count,
            columns={column.label: heading for column, heading in entry.columns},
        )


class ItemSentenceReply(Reply):
    """回答中的一句。"""

    text: str = Field(description="回答")
    addresses: tuple[str, ...] = Field(description="所依据的行和条文的地址")


class ItemsReply(Reply):
    """按事项清单的回答。"""

    kind: AnswerKind = Field(description="回答的种类；none 表示清单中没有")
    certain: bool = Field(description="为假时只是可能的事项，须核对")
    understood: str = Field(description="实际回答的问题")
    sentences: tuple[ItemSentenceReply, ...] = Field(description="回答")
    table: TableReply | None = Field(description="所依据的行")

    @classmethod
    def of(cls, answer: RegisterAnswer) -> "ItemsReply":
        """Return an answer of the register as a reply."""
        return cls(
            kind=answer.kind,
            certain=answer.certain,
            understood=answer.question,
            sentences=tuple(
                ItemSentenceReply(text=s.text, addresses=s.addresses) for s in answer.sentences
            ),
            table=TableReply.of(answer.table),
        )


class RemarkReply(Reply):
    """清单体检的一处发现。"""

    defect: Defect = Field(description="问题的种类")
    defect_label: str = Field(description="问题的中文名")
    grave: bool = Field(description="为真时该行不能照用")
    item: str = Field(description="所在的行；针对整份清单时为空")
    name: str = Field(description="事项名称")
    words: str = Field(description="说明")
    addresses: tuple[str, ...] = Field(description="有关的行和条文的地址")


class HealthReply(Reply):
    """一份清单的体检结果。"""

    title: str = Field(description="清单的名称")
    items: int = Field(description="检查的行数")
    rows_with_remarks: int = Field(description="有问题的行数")
    remarks: tuple[RemarkReply, ...] = Field(description="发现，按行的顺序")

    @classmethod
    def of(cls, report: HealthReport) -> "HealthReply":
        """Return a health report as a reply."""
        return cls(
            title=report.entry.title,
            items=len(report.items),
            rows_with_remarks=report.rows_with_remarks,
            remarks=tuple(
                RemarkReply(
                    defect=remark.defect,
                    defect_label=remark.defect.label,
                    grave=remark.defect.grave,
                    item=remark.item.label if remark.item else "",
                    name=remark.item.name if remark.item else "",
                    words=remark.words,
                    addresses=remark.addresses,
                )
                for remark in report.remarks
            ),
        )


class NamedReply(Reply):
    """一个可选项。"""

    id: str = Field(description="编号")
    name: str = Field(description="名称")


class ToolsReply(Reply):
    """办案工具的可选项。"""

    events: tuple[NamedReply, ...] = Field(description="时限计算的事件")
    acts: tuple[NamedReply, ...] = Field(description="审查要件的决定种类")
    facts: tuple[NamedReply, ...] = Field(description="审查要件的情形")
    flows: tuple[NamedReply, ...] = Field(description="办理流程")

    @classmethod
    def all(cls) -> "ToolsReply":
        """Return everything to choose from."""
        return cls(
            events=_named((event.id, event.name) for event in events()),
            acts=_named(acts().items()),
            facts=_named(facts().items()),
            flows=_named((flow.id, flow.name) for flow in flows()),
        )


class LineReply(Reply):
    """一条说明。"""

    label: str = Field(description="名目")
    text: str = Field(description="内容")


class BasisReply(Reply):
    """所依据的条文。"""

    official: str = Field(description="规范的引用写法")
    address: str = Field(description="地址，可用于 /passages")
    quote: str = Field(description="所依据的话")
    validity_label: str = Field(description="效力")


class EntryReply(Reply):
    """一个期限、一项要求或者一个步骤。"""

    id: str = Field(description="规则的编号")
    title: str = Field(description="名称")
    badge: str = Field(description="结论；步骤没有结论")
    day: date | None = Field(description="算出的日期；没有则为空")
    verdict: Verdict | None = Field(description="是否要求；只用于审查要件")
    lines: tuple[LineReply, ...] = Field(description="说明")
    bases: tuple[BasisReply, ...] = Field(description="依据")


class ToolReply(Reply):
    """办案工具的结果。"""

    title: str = Field(description="工具和所问")
    given: tuple[LineReply, ...] = Field(description="给出的情况")
    entries: tuple[EntryReply, ...] = Field(description="结果")
    notes: tuple[str, ...] = Field(description="对整个结果的说明")
    withheld: tuple[str, ...] = Field(description="因依据未能核实而没有适用的规则")

    @classmethod
    def of(cls, result: ToolResult) -> "ToolReply":
        """Return a tool's result as a reply."""
        return cls(
            title=result.title,
            given=_lines(result.given),
            entries=tuple(
                EntryReply(
                    id=entry.id,
                    title=entry.title,
                    badge=entry.badge,
                    day=entry.day,
                    verdict=entry.verdict,
                    lines=_lines(entry.lines),
                    bases=tuple(_basis(basis) for basis in entry.bases),
                )
                for entry in result.entries
            ),
            notes=result.notes,
            withheld=tuple(fault.message for fault in result.withheld),
        )


def _named(pairs: Iterable[tuple[str, str]]) -> tuple[NamedReply, ...]:
    return tuple(NamedReply(id=key, name=name) for key, name in pairs)


def _lines(lines: Iterable[Line]) -> tuple[LineReply, ...]:
    return tuple(LineReply(label=line.label, text=line.text) for line in lines)


def _basis(basis: Basis) -> BasisReply:
    return BasisReply(
        official=basis.official,
        address=basis.passage_id,
        quote=basis.quote,
        validity_label=basis.validity.label,
    )
