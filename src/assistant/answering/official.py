"""How officials write a citation, and where a reader finds it."""

from datetime import date

from assistant.corpus import Document, Passage, Unit, Validity


def official_citation(document: Document, passage: Passage) -> str:
    """Return 《中华人民共和国行政处罚法》第六十三条, or title and section or row."""
    label = "" if passage.unit is Unit.PREAMBLE else passage.label
    return f"《{document.title}》{label}"


def place_of(passage: Passage) -> str:
    """Return the page or cell, such as 第3页 or 清单!第12行; empty if there is none."""
    if passage.cell:
        return passage.cell
    if passage.pages is None:
        return ""
    first, last = passage.pages
    return f"第{first}页" if first == last else f"第{first}—{last}页"


def validity_warning(document: Document, day: date, successors: list[Document]) -> str:
    """Return a Chinese sentence where a text may not be applied without care, else "".

    Args:
        document: the document cited.
        day: the day the question is about.
        successors: the documents that replace it, as far as they are known.
    """
    validity = document.validity_on(day)
    name = f"《{document.title}》"
    if document.version and document.kind.value == "statute":
        name += f"（{document.version.year}年文本）"
    replaced = "、".join(f"《{successor.title}》" for successor in successors)
    instead = f"现行规定请查{replaced}。" if replaced else ""
    if validity is Validity.REPEALED:
        since = f"自{document.repealed}起" if document.repealed else ""
        return f"{name}{since}已废止，不得作为现行依据。{document.evidence}{instead}"
    if validity is Validity.SUPERSEDED:
        return f"{name}是历史版本，不得作为现行依据。{document.evidence}{instead}"
    if validity is Validity.AMENDED:
        return f"{name}已被修改。{document.evidence}{instead}"
    if validity is Validity.NOT_YET:
        return f"{name}自{document.effective}起施行，目前尚未生效。"
    if document.repealed is not None:
        return f"{name}自{document.repealed}起不再适用。{document.evidence}"
    return ""
