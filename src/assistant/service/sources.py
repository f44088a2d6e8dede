"""What programs get when they open sources: passages in context, resolved citations."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import Field

from assistant.answering import Assistant, SourceView
from assistant.corpus import Document, Passage
from assistant.retrieval import CitedPlace
from assistant.service.replies import DocumentReply, PlaceReply, Reply, place_fields


class ContextReply(Reply):
    """上下文中的一段。"""

    address: str = Field(description="地址")
    label: str = Field(description="条号、节号或行号")
    text: str = Field(description="原文")
    target: bool = Field(description="是否为要打开的那一段")
    marks: tuple[tuple[int, int], ...] = Field(description="要标出的字的起止位置（从0开始）")


class PassageReply(Reply):
    """在上下文中打开的一处原文。"""

    document: DocumentReply = Field(description="所在文件")
    official: str = Field(description="规范的引用写法")
    breadcrumb: tuple[str, ...] = Field(description="所在的编、章、节")
    place: str = Field(description="页码或单元格；没有则为空")
    context: tuple[ContextReply, ...] = Field(description="该段及其前后文，按原文顺序")

    @classmethod
    def of(cls, view: SourceView) -> "PassageReply":
        """Return an opened passage as a reply."""
        return cls(
            document=DocumentReply.of(view.document, date.today()),
            official=view.official,
            breadcrumb=view.breadcrumb,
            place=view.place,
            context=tuple(
                ContextReply(
                    address=item.passage.citation_id,
                    label=item.passage.label,
                    text=item.passage.text,
                    target=item.target,
                    marks=item.marks,
                )
                for item in view.context
            ),
        )


class ResolvedReply(PlaceReply):
    """一处引用所指的条文。"""

    cited: str = Field(description="文字中的引用")
    paragraph: int = Field(description="所引的款；没有引到款则为0")
    item: int = Field(description="所引的项；没有引到项则为0")


class CitationsReply(Reply):
    """文字中对条文、清单行的引用及其所指的原文。"""

    places: tuple[ResolvedReply, ...] = Field(description="资料库中有的条文和清单行，按出现的先后")
    missing: tuple[str, ...] = Field(description="资料库中没有的引用")

    @classmethod
    def of(
        cls, assistant: Assistant, text: str, cited: Sequence[CitedPlace], day: date
    ) -> "CitationsReply":
        """Look up what the citations in a text point to."""
        plain = unicodedata.normalize("NFKC", text)
        places, missing = [], []
        for place in cited:
            words = plain[place.start : place.end]
            parts = assistant.index.catalogue.cited(place.citation_id)
            if not parts:
                missing.append(words)
                continue
            document = place.document
            fields = {
                **place_fields(document, parts[0], document.validity_on(day)),
                "text": "\n".join(part.text for part in parts),
                "cited": words,
                "paragraph": place.paragraph,
                "item": place.item,
            }
            places.append(ResolvedReply.model_validate(fields))
        return cls(places=tuple(places), missing=tuple(dict.fromkeys(missing)))


class DocumentsReply(Reply):
    """资料库中的文件。"""

    total: int = Field(description="符合条件的文件数")
    documents: tuple[DocumentReply, ...] = Field(description="从 offset 开始的 limit 份")

    @classmethod
    def of(cls, found: Sequence[Document], offset: int, limit: int) -> "DocumentsReply":
        """Return a page of documents."""
        today = date.today()
        page = tuple(DocumentReply.of(d, today) for d in found[offset : offset + limit])
        return cls(total=len(found), documents=page)


class HeadingReply(Reply):
    """文件中的一条、一节或一行。"""

    address: str = Field(description="地址，可用于 /passages")
    label: str = Field(description="条号、节号或行号")
    breadcrumb: tuple[str, ...] = Field(description="所在的编、章、节")


class OutlineReply(Reply):
    """一份文件及其全部条、节或行。"""

    document: DocumentReply = Field(description="文件")
    passages: tuple[HeadingReply, ...] = Field(description="按原文顺序")

    @classmethod
    def of(cls, document: Document, passages: Iterable[Passage]) -> "OutlineReply":
        """Return a document with its outline; each article once."""
        once = {passage.citation_id: passage for passage in reversed(list(passages))}
        return cls(
            document=DocumentReply.of(document, date.today()),
            passages=tuple(
                HeadingReply(address=key, label=passage.label, breadcrumb=passage.breadcrumb)
                for key, passage in reversed(once.items())
            ),
        )
