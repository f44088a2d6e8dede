"""Vectors in Chroma, embedded or a server: one collection for each generation."""

import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from llama_index.core.bridge.pydantic import PrivateAttr

from assistant.index.vector_store import PassageVectors, Row, VectorStoreError
from assistant.settings import EMBEDDED, Settings

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection

# Chroma refuses more than 5,461 rows in one call.
_ROWS = 2000
_DOCUMENT = "document"
_HNSW: "CreateHNSWConfiguration" = {
    "space": "cosine",
    # Law texts lie close together; with Chroma's own values a tenth of the nearest is missed.
    "ef_construction": 200,
    "max_neighbors": 32,
    "ef_search": 400,
    # So many rows are written to the graph's file at once.
    "sync_threshold": 10_000,
}


class ChromaVectors(PassageVectors):
    """A collection of a Chroma client.

    Only ids and distances are asked for: with metadata a query takes five times as long.

    Args:
        client: an open client; closed with the store.
        collection: its collection.
    """

    _collection: Any = PrivateAttr()

    def __init__(self, client: "Client", collection: "Collection") -> None:
        super().__init__()
        self._collection = collection
        # Chroma keeps a folder open until its last client is closed.
        weakref.finalize(self, client.close)

    @property
    def client(self) -> Any:
        """The Chroma collection."""
        return self._collection

    def put(self, rows: Sequence[Row]) -> None:
        """Add rows with new ids."""
        with _writing():
            for start in range(0, len(rows), _ROWS):
                passages, documents, vectors = zip(*rows[start : start + _ROWS], strict=True)
                self._collection.add(
                    ids=list(passages),
                    embeddings=np.array(vectors, dtype=np.float32),
                    metadatas=[{_DOCUMENT: document} for document in documents],
                )

    def remove(self, ids: Sequence[str]) -> None:
        """Remove the vectors of passages."""
        with _writing():
            for start in range(0, len(ids), _ROWS):
                self._collection.delete(ids=list(ids[start : start + _ROWS]))

    def settle(self) -> None:
        """Chroma keeps its graph up to date by itself."""

    def ids(self) -> set[str]:
        """Return the ids of all passages."""
        found: set[str] = set()
        while True:
            page = self._collection.get(include=[], limit=_ROWS, offset=len(found))
            if not page["ids"]:
                return found
            found.update(page["ids"])

    def nearest(
        self, vector: Sequence[float], count: int, documents: Iterable[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine) of the nearest passages, nearest first."""
        where = None if documents is None else {_DOCUMENT: {"$in": sorted(documents)}}
        try:
            found = self._collection.query(
                query_embeddings=[np.array(vector, dtype=np.float32)],
                n_results=count,
                where=where,
                include=["distances"],
            )
        except Exception as error:
            raise VectorStoreError(
                f"Chroma 向量库没有回答（{error}）。请检查服务器和设置 vectors 后重试。"
            ) from error
        return [
            (key, 1 - float(distance))
            for key, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]


def open_chroma(settings: Settings, folder: Path, name: str, *, create: bool) -> ChromaVectors:
    """Open a collection, or make it where it does not exist.

    Raises:
        VectorStoreError: the server does not answer, or the collection is missing.
    """
    client = _client(settings, folder)
    try:
        if create:
            collection = client.get_or_create_collection(
                name, configuration={"hnsw": _HNSW}, embedding_function=None
            )
        else:
            collection = client.get_collection(name, embedding_function=None)
    except Exception as error:
        raise VectorStoreError(
            f"向量库中找不到集合 {name}（{error}）。请运行 assistant build 重建索引。"
        ) from error
    return ChromaVectors(client, collection)


def drop_chroma(settings: Settings, folder: Path, names: Iterable[str]) -> None:
    """Remove collections; missing ones are ignored."""
    client = _client(settings, folder)
    existing = {collection.name for collection in client.list_collections()}
    for name in names:
        if name in existing:
            client.delete_collection(name)
    client.close()


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise VectorStoreError(
            f"向量库无法写入（{error}）。当前索引没有改变，仍可使用；请检查磁盘空间后重新构建。"
        ) from error


def _client(settings: Settings, folder: Path) -> "Client":
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)
    try:
        if settings.vectors == EMBEDDED:
            return cast("Client", chromadb.PersistentClient(path=str(folder), settings=quiet))
        host, port = settings.vectors.removeprefix("chroma://").rsplit(":", 1)
        return cast("Client", chromadb.HttpClient(host=host, port=int(port), settings=quiet))
    except Exception as error:
        where = f"目录 {folder}" if settings.vectors == EMBEDDED else f"服务器 {settings.vectors}"
        raise VectorStoreError(
            f"无法打开 Chroma 向量库（{where}）：{error}。请检查设置 vectors 和磁盘，"
            "或运行 assistant build --rebuild 重建索引。"
        ) from error
