"""A small rule of our own writing, as an article of a bureau's work system."""

from datetime import date

from assistant.corpus import Document, DocumentKind, Level, Passage, Unit

RULE = (
    "第七条 移送案件应当附下列材料：\n（一）案件移送函；\n（二）证据材料：\n1.书证；\n2.物证。\n"
    "紧急情况可以先行移送。材料应当在二日内补齐。"
)


DOCUMENT = Document(
    id="d", title="示范区案件移送制度", kind=DocumentKind.WORK_SYSTEM, level=Level.INTERNAL,
    origin="a.txt", digest="0", effective=date(2026, 1, 1),
)  # fmt: skip


def passage(text: str, **fields: object) -> Passage:
    """An article of the given words."""
    values: dict[str, object] = {
        "document_id": "d", "anchor": "a7", "unit": Unit.ARTICLE, "label": "第七条",
        "order": 0, "start": 0, "end": len(text), "text": text,
    }  # fmt: skip
    return Passage(**(values | fields))  # type: ignore[arg-type]
