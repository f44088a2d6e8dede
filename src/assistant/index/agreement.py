"""Whether the parts of the current generation agree with each other."""

import sqlite3
from collections.abc import Set

from assistant.index.catalogue import Catalogue
from assistant.index.contents import existing_generation
from assistant.index.generation import Generation, Manifest
from assistant.index.lexical import LexicalIndex
from assistant.index.vectors import Collection, open_vectors
from assistant.settings import Settings, without_secrets

_SHOWN = 3


def disagreements(settings: Settings) -> list[str]:
    """Compare catalogue, vectors, lexical index and manifest of the current generation.

    Returns:
        Chinese sentences on what does not agree; empty if all is well.

    Raises:
        IndexMissingError: nothing was built yet, or the manifest cannot be read.
        VectorStoreError: the vector store cannot be opened.
    """
    generation = existing_generation(settings)
    manifest = generation.manifest()
    try:
        catalogue = Catalogue(generation.catalogue)
        try:
            known = set(catalogue.passage_ids())
            content = catalogue.content()
            documents = len(catalogue.digests())
        finally:
            catalogue.close()
    except sqlite3.Error as error:
        return [f"目录 {generation.catalogue} 已损坏（{error}）。"]
    found = _counts(manifest, documents, len(known), content)
    found += _lexical(generation, known)
    if manifest.vectors != (here := without_secrets(settings.vectors)):
        return [*found, f"索引的向量存放在 {manifest.vectors}，而当前设置 vectors 为 {here}。"]
    place = Collection(generation.chroma, manifest.collection)
    found += _difference("向量库", open_vectors(settings, place).ids(), known)
    return found


def _counts(manifest: Manifest, documents: int, passages: int, content: str) -> list[str]:
    if (documents, passages) != (manifest.documents, manifest.passages):
        return [
            f"目录中有 {documents} 份文件、{passages} 条，"
            f"清单记载为 {manifest.documents} 份、{manifest.passages} 条。"
        ]
    if content != manifest.content:
        return ["目录的内容与清单记载的校验值不符。"]
    return []


def _lexical(generation: Generation, known: Set[str]) -> list[str]:
    try:
        return _difference("字词索引", set(LexicalIndex.load(generation.lexical).ids), known)
    except (OSError, ValueError) as error:
        return [f"字词索引 {generation.lexical} 无法读取（{error}）。"]


def _difference(name: str, ids: Set[str], known: Set[str]) -> list[str]:
    found = []
    for title, keys in (
        (f"{name}缺少目录中的", set(known) - set(ids)),
        (f"{name}多出目录中没有的", set(ids) - set(known)),
    ):
        if keys:
            examples = "、".join(sorted(keys)[:_SHOWN])
            found.append(f"{title} {len(keys)} 条，例如 {examples}。")
    return found
