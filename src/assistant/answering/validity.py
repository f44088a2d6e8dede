"""Warnings: texts that may not be applied without care, and which version applies when."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.corpus import Document, DocumentKind, Level, Passage, Validity
from assistant.retrieval import Searcher
from assistant.retrieval.citations import find_citations


def warnings_for(
    searcher: Searcher,
    cited: Sequence[tuple[Document, Passage]],
    day: date,
    *,
    named: Sequence[Document] = (),
) -> tuple[str, ...]:
    """Return Chinese sentences on the validity of what an answer cites.

    A text is named where it is repealed, replaced, amended, not yet in force, due to
    end, or rests on a statute that is no longer the one it was written under.

    Args:
        searcher: knows every document of the index and their names.
        cited: the documents and passages cited.
        day: the day the question is about.
        named: documents that the question names without citing them.
    """
    known = {document.id: document for document in searcher.documents}
    found: list[str] = []
    for document in (*named, *(document for document, _ in cited)):
        successors = [known[key] for key in document.replaced_by if key in known]
        found.append(status_warning(document, day, successors))
    for document, passage in cited:
        if document.level >= Level.RULE:
            found += _outdated_bases(searcher, document, passage, day)
    return tuple(dict.fromkeys(warning for warning in found if warning))


def status_warning(document: Document, day: date, successors: Iterable[Document]) -> str:
    """Return a Chinese sentence where a text may not be applied without care, else "".

    Args:
        document: the document cited.
        day: the day the question is about.
        successors: the documents that replace it, as far as they are known.
    """
    validity = document.validity_on(day)
    name = f"《{document.title}》"
    if document.version and document.kind is DocumentKind.STATUTE:
        name += f"（{document.version.year}年文本）"
    replaced = "、".join(f"《{successor.title}》" for successor in successors)
    instead = f"现行规定请查{replaced}。" if replaced else ""
    if validity is Validity.REPEALED:
        since = f"自{chinese_day(document.repealed)}起" if document.repealed else ""
        return f"{name}{since}已废止，不得作为现行依据。{document.evidence}{instead}"
    if validity is Validity.SUPERSEDED:
        return f"{name}是历史版本，不得作为现行依据。{document.evidence}{instead}"
    if validity is Validity.AMENDED:
        return f"{name}已被修改。{document.evidence}{instead}"
    if validity is Validity.NOT_YET:
        since = f"自{chinese_day(document.effective)}起施行，" if document.effective else ""
        return f"{name}{since}在{chinese_day(day)}尚未生效。"
    if document.repealed is not None:
        return f"{name}自{chinese_day(document.repealed)}起不再适用。{document.evidence}{instead}"
    return ""


def chinese_day(day: date) -> str:
    """Return a date as officials write it: 2026年8月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _outdated_bases(
    searcher: Searcher, document: Document, passage: Passage, day: date
) -> list[str]:
    """Say which statutes in a bureau's passage were repealed or replaced since it was written."""
    written = document.effective or document.published or document.version
    warnings = []
    bases = {
        place.document.id: place.document
        for place in find_citations(passage.text, searcher.names, day)
    }
    bases |= {base.id: base for base in searcher.names.within(passage.text, day)}
    for base in bases.values():
        if base.id == document.id or base.level >= document.level:
            continue
        here = f"《{document.title}》{passage.label}"
        if base.validity_on(day) in (Validity.REPEALED, Validity.SUPERSEDED):
            warnings.append(f"{here}所依据的《{base.title}》已不再有效，适用前请核对现行规定。")
        elif written and base.effective and written < base.effective <= day:
            warnings.append(
                f"{here}制定在先，所依据的《{base.title}》现行文本自"
                f"{chinese_day(base.effective)}起施行，适用前请核对条文是否变动。"
            )
    return warnings
