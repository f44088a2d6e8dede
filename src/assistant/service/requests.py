"""What programs send: the bodies of requests, described in Chinese for the documentation."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.corpus import DocumentKind, Level
from assistant.procedures import Case, DeadlineQuestion, Party
from assistant.retrieval import Filters

LONGEST_QUESTION = 2000
_MOST_EARLIER = 4
_MOST_AMOUNT = Decimal(10) ** 12

Words = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST_QUESTION,
        description="问题：日常用语，或条文引用，如 处罚法63条",
        examples=["罚款多少要听证？"],
    ),
]
Day = Annotated[
    date | None,
    Field(description="按该日有效的法律，如 2026-08-15；默认为问题写明的日期或今天"),
]
Amount = Annotated[Decimal | None, Field(ge=0, le=_MOST_AMOUNT, description="金额（元）")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SearchRequest(_Body):
    """检索的问题和范围。"""

    question: Words
    day: Day = None
    count: int = Field(default=10, ge=1, le=100, description="最多返回几条")
    kinds: tuple[DocumentKind, ...] = Field(default=(), description="只在这些种类的文件中找")
    levels: tuple[Level, ...] = Field(default=(), description="只在这些效力层级中找")
    authorities: tuple[str, ...] = Field(default=(), description="制定机关名称中的字词")
    subjects: tuple[str, ...] = Field(default=(), description="领域或部门名称中的字词")
    documents: tuple[str, ...] = Field(default=(), description="文件的编号、全名或简称")

    @property
    def filters(self) -> Filters:
        """The bounds on what may be found."""
        return Filters(self.kinds, self.authorities, self.levels, self.subjects, self.documents)


class AskRequest(_Body):
    """一个问题，可以带上同一段对话中先前的问题。"""

    question: Words
    day: Day = None
    history: tuple[Words, ...] = Field(
        default=(),
        max_length=_MOST_EARLIER,
        description="先前的问题，从早到晚；“那镇呢？”这样的追问据此补全",
    )
    extract: bool = Field(default=False, description="只摘录原文，不用设置中的模型")


class ItemsRequest(_Body):
    """对事项清单的提问。"""

    question: Words
    day: Day = None
    history: tuple[Words, ...] = Field(
        default=(), max_length=_MOST_EARLIER, description="先前的问题，从早到晚"
    )


class DeadlinesRequest(_Body):
    """时限计算：从一个事件起算。"""

    event: str = Field(
        max_length=100, description="事件的编号、名称或别名", examples=["hearing-notice"]
    )
    day: date = Field(description="事件发生之日")
    fine: Amount = None
    until: date | None = Field(default=None, description="加处罚款计算到哪一日；默认今天")

    @property
    def asked(self) -> DeadlineQuestion:
        """The question to the tool."""
        return DeadlineQuestion(self.event, self.day, self.fine, self.until)


class ReviewRequest(_Body):
    """审查要件：拟作出的决定。"""

    acts: tuple[str, ...] = Field(max_length=50, description="决定种类的编号", examples=[["fine"]])
    party: Party = Field(description="当事人：person 个人，organisation 法人或者其他组织")
    fine: Amount = None
    confiscated: Amount = None
    facts: tuple[str, ...] = Field(default=(), max_length=50, description="情形的编号")

    @property
    def case(self) -> Case:
        """The case to be reviewed."""
        return Case(self.acts, self.party, self.fine, self.confiscated, frozenset(self.facts))
