"""Which documents a search may find: what is in force, and what the reader asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.corpus import Document, DocumentKind, Level, Validity


@dataclass(frozen=True, slots=True)
class Filters:
    """Bounds that the reader sets; an empty one does not bound.

    Attributes:
        kinds: kinds of document.
        authorities: words that the issuing authority's name must contain, any of them.
        levels: ranks in the hierarchy of norms.
        subjects: fields of law or departments, as the documents state them.
        documents: ids or exact titles of documents.
    """

    kinds: tuple[DocumentKind, ...] = ()
    authorities: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    subjects: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def admit(self, document: Document) -> bool:
        """Say whether a document lies within the bounds."""
        return (
            (not self.kinds or document.kind in self.kinds)
            and (not self.levels or document.level in self.levels)
            and _any_in(self.authorities, document.authority)
            and _any_in(self.subjects, document.subject)
            and (
                not self.documents
                or not {document.id, document.title, document.short_title}.isdisjoint(
                    self.documents
                )
            )
        )


NO_FILTERS = Filters()


def may_be_found(document: Document, day: date) -> bool:
    """Say whether a document may be found without being asked for by name.

    What is in force may, and so may a text that was amended where no amended text is
    at hand, and one marked repealed though nothing says by what: its status is in
    doubt, and readers are warned.
    """
    validity = document.validity_on(day)
    in_doubt = document.repealed is None and not document.replaced_by
    return (
        validity.is_current
        or validity is Validity.AMENDED
        or (validity is Validity.REPEALED and in_doubt)
    )


def scope(
    documents: Iterable[Document],
    day: date,
    filters: Filters = NO_FILTERS,
    named: Sequence[Document] = (),
) -> frozenset[str]:
    """Return the ids of the documents that a search may find.

    Args:
        documents: all there are.
        day: the day whose law applies.
        filters: the reader's bounds.
        named: documents that the question names; they may be found whatever their status.
    """
    asked = {document.id for document in named}
    return frozenset(
        document.id
        for document in documents
        if filters.admit(document) and (document.id in asked or may_be_found(document, day))
    )


def _any_in(words: Sequence[str], text: str) -> bool:
    return not words or any(word in text for word in words)
