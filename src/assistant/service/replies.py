"""What programs get: documents, passages, evidence, answers; described in Chinese."""

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering import Answer, Outcome, Role, Sentence
from assistant.answering import Citation as AnswerCitation
from assistant.answering.official import official_citation, place_of
from assistant.corpus import Document, DocumentKind, Passage, Validity
from assistant.items import ItemTable
from assistant.retrieval import Evidence, Reason, Trace


class Reply(BaseModel):
    """Base of all replies."""

    model_config = ConfigDict(frozen=True)


class DocumentReply(Reply):
    """一份文件及其元数据。"""

    id: str = Field(description="文件编号，重建索引后不变")
    title: str = Field(description="全名")
    kind: DocumentKind = Field(description="种类")
    kind_label: str = Field(description="种类的中文名")
    level: int = Field(description="效力层级，数字越小层级越高")
    level_label: str = Field(description="效力层级的中文名")
    authority: str = Field(description="制定机关；未知则为空")
    number: str = Field(description="文号；没有则为空")
    subject: str = Field(description="领域或部门；未知则为空")
    published: date | None = Field(description="公布日期")
    effective: date | None = Field(description="施行日期")
    repealed: date | None = Field(description="失效日期")
    replaced_by: tuple[str, ...] = Field(description="取代它的文件的编号")
    validity: Validity = Field(description="当日效力")
    validity_label: str = Field(description="当日效力的中文名")
    evidence: str = Field(description="认定效力的依据")
    sample: bool = Field(description="是否为示范文本；示范文本不具有法律效力")

    @classmethod
    def of(cls, document: Document, day: date) -> "DocumentReply":
        """Return a document as it stands on a day."""
        validity = document.validity_on(day)
        return cls(
            id=document.id,
            title=document.title,
            kind=document.kind,
            kind_label=document.kind.label,
            level=document.level.value,
            level_label=document.level.label,
            authority=document.authority,
            number=document.number,
            subject=document.subject,
            published=document.published,
            effective=document.effective,
            repealed=document.repealed,
            replaced_by=document.replaced_by,
            validity=validity,
            validity_label=validity.label,
            evidence=document.evidence,
            sample=document.sample,
        )


class PlaceReply(Reply):
    """一个可以打开的出处。"""

    address: str = Field(description="出处的地址，可用于 /passages；重建索引后不变")
    official: str = Field(description="规范的引用写法")
    title: str = Field(description="文件全名")
    label: str = Field(description="条号、节号或行号")
    breadcrumb: tuple[str, ...] = Field(description="所在的编、章、节")
    place: str = Field(description="页码或单元格；没有则为空")
    text: str = Field(description="原文")
    validity: Validity = Field(description="效力")
    validity_label: str = Field(description="效力的中文名")


def place_fields(document: Document, passage: Passage, validity: Validity) -> dict[str, object]:
    """Return the fields of a :class:`PlaceReply`."""
    return {
        "address": passage.citation_id,
        "official": official_citation(document, passage),
        "title": document.title,
        "label": passage.label,
        "breadcrumb": passage.breadcrumb,
        "place": place_of(passage),
        "text": passage.text,
        "validity": validity,
        "validity_label": validity.label,
    }


class FindingReply(Reply):
    """找到它的一种方法。"""

    reason: Reason = Field(description="方法")
    reason_label: str = Field(description="方法的中文名")
    rank: int = Field(description="在该方法中的名次，从1开始")
    score: float = Field(description="该方法的得分，只在同一方法内可比")


class EvidenceReply(PlaceReply):
    """检索到的一处原文。"""

    document: str = Field(description="文件编号")
    score: float = Field(description="总得分，越大越相关")
    findings: tuple[FindingReply, ...] = Field(description="由哪些方法找到")
    referred_by: str = Field(description="因被该地址引用而列入；否则为空")

    @classmethod
    def of(cls, item: Evidence) -> "EvidenceReply":
        """Return evidence as a reply."""
        return cls.model_validate(
            {
                **place_fields(item.document, item.passage, item.validity),
                "document": item.document.id,
                "score": item.score,
                "findings": [
                    FindingReply(
                        reason=f.reason, reason_label=f.reason.label, rank=f.rank, score=f.score
                    )
                    for f in item.findings
                ],
                "referred_by": item.referred_by,
            }
        )


class SearchReply(Reply):
    """检索结果，最相关的在前。"""

    understood: str = Field(description="实际检索的问题")
    day: date = Field(description="按哪一日的法律检索")
    evidence: tuple[EvidenceReply, ...] = Field(description="检索到的原文")

    @classmethod
    def of(cls, trace: Trace) -> "SearchReply":
        """Return a search as a reply."""
        return cls(
            understood=trace.query.standalone,
            day=trace.query.day,
            evidence=tuple(EvidenceReply.of(item) for item in trace.evidence),
        )


class SentenceReply(Reply):
    """回答中的一句。"""

    text: str = Field(description="原文的话；说明性的句子除外")
    citations: tuple[int, ...] = Field(description="所依据的出处的编号")
    role: Role = Field(description="作用：回答、例外、相邻规定等")

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> tuple["SentenceReply", ...]:
        """Return sentences as replies."""
        return tuple(cls(text=s.text, citations=s.citations, role=s.role) for s in sentences)


class CitationReply(PlaceReply):
    """回答的一处依据。"""

    number: int = Field(description="在回答中的编号")
    document: str = Field(description="文件编号")
    quotes: tuple[str, ...] = Field(description="回答引用的话")
    sample: bool = Field(description="是否出自示范文本")

    @classmethod
    def of(cls, citation: AnswerCitation) -> "CitationReply":
        """Return a citation as a reply."""
        fields = place_fields(citation.document, citation.passage, citation.validity)
        return cls.model_validate(
            {
                **fields,
                "address": citation.passage_id,
                "official": citation.official,
                "number": citation.number,
                "document": citation.document.id,
                "quotes": citation.quotes,
                "sample": citation.document.sample,
            }
        )


class TableReply(Reply):
    """事项清单中的行。"""

    title: str = Field(description="表名")
    headings: tuple[str, ...] = Field(description="表头")
    rows: tuple[tuple[str, ...], ...] = Field(description="各行的单元格")
    addresses: tuple[str, ...] = Field(description="各行的地址")

    @classmethod
    def of(cls, table: ItemTable | None) -> "TableReply | None":
        """Return a table as a reply, None where there is none."""
        if table is None:
            return None
        return cls(
            title=table.title,
            headings=table.headings,
            rows=table.rows,
            addresses=table.addresses,
        )


class AnswerReply(Reply):
    """回答，或者说明资料中没有依据并列出最接近的来源。"""

    question: str = Field(description="提出的问题")
    understood: str = Field(description="结合先前问题补全后的问题；未补全则为空")
    outcome: Outcome = Field(description="answered 已找到依据，partial 部分找到，refused 没有依据")
    outcome_label: str = Field(description="结果的中文名")
    lead: tuple[SentenceReply, ...] = Field(description="起决定作用的句子")
    further: tuple[SentenceReply, ...] = Field(description="例外、相邻规定、适用版本等")
    citations: tuple[CitationReply, ...] = Field(description="依据；没有依据时为最接近的来源")
    warnings: tuple[str, ...] = Field(description="效力提示")
    differences: tuple[str, ...] = Field(description="依据之间的差异")
    missing: tuple[str, ...] = Field(description="资料没有回答的部分")
    table: TableReply | None = Field(description="所依据的事项清单的行")
    day: date | None = Field(description="按哪一日的法律回答")
    seconds: float = Field(description="用时（秒）")

    @classmethod
    def of(cls, answer: Answer) -> "AnswerReply":
        """Return an answer as a reply."""
        return cls(
            question=answer.question,
            understood=answer.understood,
            outcome=answer.outcome,
            outcome_label=answer.outcome.label,
            lead=SentenceReply.of(answer.lead),
            further=SentenceReply.of(answer.further),
            citations=tuple(CitationReply.of(citation) for citation in answer.citations),
            warnings=answer.warnings,
            differences=answer.differences,
            missing=answer.missing,
            table=TableReply.of(answer.table),
            day=answer.day,
            seconds=answer.seconds,
        )
