"""Read the index's documents for making and checking questions, without the model."""

from collections.abc import Sequence

from assistant.corpus import Document, Passage
from assistant.index.catalogue import Catalogue
from assistant.index.contents import existing_generation
from assistant.settings import Settings

Sources = dict[str, tuple[Document, Sequence[Passage]]]


def read_sources(settings: Settings) -> Sources:
    """Return what everyone may see of the current index, by document id, with passages.

    The question bank is everyone's, so nothing of a document for some units gets into it.

    Raises:
        IndexMissingError: nothing was built yet.
    """
    catalogue = Catalogue(existing_generation(settings).catalogue)
    try:
        return {
            document.id: (document, catalogue.passages(document.id))
            for document in catalogue.documents()
            if not document.units
        }
    finally:
        catalogue.close()
