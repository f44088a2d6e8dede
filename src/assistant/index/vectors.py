"""The vector store: one Chroma collection for each generation, behind llama-index."""

import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from llama_index.core.schema import TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore

from assistant.settings import EMBEDDED, Settings

if TYPE_CHECKING:
    from chromadb.api.client import Client

# Chroma refuses more than 5,461 rows in one call.
_ROWS = 2000


class VectorStoreError(RuntimeError):
    """The vector store cannot be reached or opened; the message is in Chinese."""


def open_vectors(
    settings: Settings, folder: Path, name: str, *, create: bool = False
) -> ChromaVectorStore:
    """Open the collection of a generation.

    Args:
        settings: says whether Chroma is embedded or a server.
        folder: where the embedded Chroma keeps its files.
        name: name of the collection.
        create: make the collection where it does not exist.

    Raises:
        VectorStoreError: the server does not answer, or the collection is missing.
    """
    client = _client(settings, folder)
    try:
        if create:
            collection = client.get_or_create_collection(
                name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )
        else:
            collection = client.get_collection(name, embedding_function=None)
    except Exception as error:
        raise VectorStoreError(
            f"向量库中找不到集合 {name}（{error}）。请运行 assistant build 重建索引。"
        ) from error
    store = ChromaVectorStore(chroma_collection=collection)
    # Chroma keeps a folder open until its last client is closed.
    weakref.finalize(store, client.close)
    return store


def add_vectors(store: ChromaVectorStore, rows: Sequence[tuple[str, str, list[float]]]) -> None:
    """Add (passage id, document id, vector) rows.

    The words stay in the catalogue: one place to change, and nothing that could disagree.

    Raises:
        VectorStoreError: they cannot be written.
    """
    with _writing():
        for start in range(0, len(rows), _ROWS):
            store.add(
                [
                    TextNode(
                        id_=passage, text="", embedding=vector, metadata={"document": document}
                    )
                    for passage, document, vector in rows[start : start + _ROWS]
                ]
            )


def remove_vectors(store: ChromaVectorStore, ids: Sequence[str]) -> None:
    """Remove the vectors of the given passages.

    Raises:
        VectorStoreError: they cannot be removed.
    """
    with _writing():
        for start in range(0, len(ids), _ROWS):
            store.client.delete(ids=list(ids[start : start + _ROWS]))


def vector_ids(store: ChromaVectorStore) -> set[str]:
    """Return the ids of all vectors in the store."""
    found: set[str] = set()
    while True:
        page: Any = store.client.get(include=[], limit=_ROWS, offset=len(found))
        if not page["ids"]:
            return found
        found.update(page["ids"])


def drop_collections(settings: Settings, folder: Path, names: Iterable[str]) -> None:
    """Remove collections that no generation uses any more; missing ones are ignored."""
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
        if settings.chroma == EMBEDDED:
            return cast("Client", chromadb.PersistentClient(path=str(folder), settings=quiet))
        host, port = settings.chroma.rsplit(":", 1)
        return cast("Client", chromadb.HttpClient(host=host, port=int(port), settings=quiet))
    except Exception as error:
        where = f"目录 {folder}" if settings.chroma == EMBEDDED else f"服务器 {settings.chroma}"
        raise VectorStoreError(
            f"无法打开 Chroma 向量库（{where}）：{error}。请检查设置 chroma 和磁盘，"
            "或运行 assistant build --rebuild 重建索引。"
        ) from error
