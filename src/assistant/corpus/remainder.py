"""What of a document is in no passage, and why: so that nothing is lost without a reason."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why words of a document are in none of its passages."""

    TITLE = "标题"
    SAMPLE_MARK = "示范文本标记"
    LETTERHEAD = "发文机关标志"
    NUMBER = "文号"
    PROMULGATION = "制定和修改说明"
    ADDRESSEE = "主送机关"
    CONTENTS = "目录"
    HEADING = "章节标题"
    COLUMN_HEADINGS = "表头"
    ATTACHMENTS = "附件说明"
    SIGNATURE = "落款"
    DISTRIBUTION = "版记"
    FURNITURE = "页眉、页脚和页码"
    PROPERTIES = "文件信息"


@dataclass(frozen=True, slots=True)
class Remainder:
    """Words that stand in no passage.

    Attributes:
        reason: what they are.
        text: the words.
        start: where they begin in the document's text; None for what the text leaves out
            because it would interrupt sentences (running heads, page numbers).
    """

    reason: Reason
    text: str
    start: int | None = None
