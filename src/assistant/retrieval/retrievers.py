"""The retrievers: dense and lexical, each a llama-index retriever of its own."""

from collections.abc import Sequence
from typing import Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.core.vector_stores import VectorStoreQuery

from assistant.index import OpenedIndex


class DenseRetriever(BaseRetriever):
    """Passages whose vectors are nearest to the question's, by cosine.

    Args:
        index: the opened index.
        count: how many passages to return.
    """

    def __init__(self, index: OpenedIndex, count: int = 60, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._index = index
        self._count = count

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        vector = query_bundle.embedding or self._index.embedding.get_query_embedding(
            query_bundle.query_str
        )
        result = self._index.vectors.query(
            VectorStoreQuery(query_embedding=vector, similarity_top_k=self._count)
        )
        # llama-index turns Chroma's distance d into exp(-d), which orders alike.
        return _nodes(list(zip(result.ids or [], result.similarities or [], strict=True)))


class LexicalRetriever(BaseRetriever):
    """Passages that share the question's words, by BM25.

    Args:
        index: the opened index.
        count: how many passages to return.
    """

    def __init__(self, index: OpenedIndex, count: int = 60, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._index = index
        self._count = count

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return _nodes(self._index.lexical.search(query_bundle.query_str, self._count))


def _nodes(found: Sequence[tuple[str, float]]) -> list[NodeWithScore]:
    return [NodeWithScore(node=TextNode(id_=key), score=score) for key, score in found]
