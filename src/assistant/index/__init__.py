"""Embedding, vector store, lexical index, catalogue, and the build that fills them."""

from assistant.index.agreement import disagreements
from assistant.index.build import BuildReport, BuildRunningError, IndexWriteError, build
from assistant.index.contents import Contents, generation_name, read_contents
from assistant.index.embedding import PassageEmbedding
from assistant.index.embedding_service import EmbeddingError
from assistant.index.generation import IndexMismatchError, IndexMissingError, Manifest
from assistant.index.ingest import IngestError, count_workers
from assistant.index.opened import OpenedIndex, check_index, open_index
from assistant.index.plan import corpus_folder
from assistant.index.progress import Progress, Stage
from assistant.index.vector_store import VectorStoreError

__all__ = [
    "BuildReport",
    "BuildRunningError",
    "Contents",
    "EmbeddingError",
    "IndexMismatchError",
    "IndexMissingError",
    "IndexWriteError",
    "IngestError",
    "Manifest",
    "OpenedIndex",
    "PassageEmbedding",
    "Progress",
    "Stage",
    "VectorStoreError",
    "build",
    "check_index",
    "corpus_folder",
    "count_workers",
    "disagreements",
    "generation_name",
    "open_index",
    "read_contents",
]
