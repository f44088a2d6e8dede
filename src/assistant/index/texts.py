"""The words of a passage that each index sees: its text with where it stands."""

from assistant.corpus import Document, Passage, Unit

LAYOUT = 2
"""Number of the index layout; raised whenever what is stored or embedded changes."""


def embedded_text(document: Document, passage: Passage) -> str:
    """Return what the embedding model reads: title, headings and the passage's words.

    An article alone does not say what it is about; its law and chapter do.  The number
    of an article means nothing to a vector, so it is left out.
    """
    words = passage.text
    if passage.unit is Unit.ARTICLE and not passage.part:
        words = words.removeprefix(passage.label).lstrip()
    return " ".join((document.short_title, *passage.breadcrumb[-1:], words))


def searched_text(document: Document, passage: Passage) -> str:
    """Return what the lexical index reads: title, all headings and the passage's words."""
    return " ".join((document.short_title, *passage.breadcrumb, passage.text))
