"""What every vector store does for the index, behind llama-index's interface."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from llama_index.core.schema import BaseNode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    FilterOperator,
    MetadataFilter,
    VectorStoreQuery,
    VectorStoreQueryResult,
)

Row = tuple[str, str, list[float]]
"""Passage id, document id, vector."""


class VectorStoreError(RuntimeError):
    """The vector store cannot be reached, opened or changed; the message is in Chinese."""


class PassageVectors(BasePydanticVectorStore):
    """The vectors of one generation's passages, each with the id of its document.

    The words stay in the catalogue: one place to change, and nothing that could disagree.
    Any number of threads may share a store.
    """

    stores_text: bool = False
    is_embedding_query: bool = True

    @abstractmethod
    def put(self, rows: Sequence[Row]) -> None:
        """Add rows with new ids.

        Raises:
            VectorStoreError: they cannot be written.
        """

    @abstractmethod
    def remove(self, ids: Sequence[str]) -> None:
        """Remove the vectors of passages; unknown ids are ignored.

        Raises:
            VectorStoreError: they cannot be removed.
        """

    @abstractmethod
    def settle(self) -> None:
        """Make the store ready for questions, after its last change.

        Raises:
            VectorStoreError: it cannot be done.
        """

    @abstractmethod
    def ids(self) -> set[str]:
        """Return the ids of all passages.

        Raises:
            VectorStoreError: the store does not answer.
        """

    @abstractmethod
    def nearest(
        self, vector: Sequence[float], count: int, documents: Iterable[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine) of the nearest passages, nearest first.

        Args:
            vector: a question's vector.
            count: how many at most.
            documents: ids of the documents to look in; None for all.

        Raises:
            VectorStoreError: the store does not answer.
        """

    def query(self, query: VectorStoreQuery, **kwargs: Any) -> VectorStoreQueryResult:
        """Answer llama-index's query; similarities are cosines, texts are not loaded.

        Raises:
            ValueError: a filter is none on the document.
        """
        found = self.nearest(query.query_embedding or [], query.similarity_top_k, _asked(query))
        return VectorStoreQueryResult(
            ids=[key for key, _ in found], similarities=[cosine for _, cosine in found]
        )

    def add(self, nodes: Sequence[BaseNode], **kwargs: Any) -> list[str]:
        """Add llama-index nodes that carry a vector and, as metadata, their document."""
        self.put([(n.node_id, str(n.metadata["document"]), n.get_embedding()) for n in nodes])
        return [node.node_id for node in nodes]

    def delete(self, ref_doc_id: str, **kwargs: Any) -> None:
        """Remove the passages of a document."""
        self.remove([key for key in self.ids() if key.partition("#")[0] == ref_doc_id])


def _asked(query: VectorStoreQuery) -> list[str] | None:
    if query.filters is None:
        return None
    match query.filters.filters:
        case [MetadataFilter(key="document", operator=FilterOperator.IN, value=list(documents))]:
            return [str(document) for document in documents]
    raise ValueError(f"only documents can be filtered, not {query.filters}")
