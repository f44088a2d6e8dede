"""Signs that a question is about a law that exists but is not held."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

from assistant.index.lexical import tokens

# What a subject's own word is worth beside a title that the question has in full.
_WORD = 0.5


class Absent:
    """The laws that are not held, by their titles and by the words of their subjects.

    Args:
        titles: short titles of the laws that exist but are not held.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        self._titles = frozenset(titles)
        self._cores = [tokens(_core(title)) for title in self._titles]
        words = (word for title in self._titles for word in _subjects().get(title, ()))
        self._words = tuple(words)

    def share(self, question: str, terms: Mapping[str, float]) -> float:
        """Return how much of a question is about what is not held, 0 to 1.

        Args:
            question: the words as asked.
            terms: its terms with their weights.
        """
        total = sum(terms.values()) or 1.0
        named = max(
            (
                sum(terms[term] for term in core) / total
                for core in self._cores
                if core and all(term in terms for term in core)
            ),
            default=0.0,
        )
        spoken = _WORD if any(word in question for word in self._words) else 0.0
        return min(1.0, named + spoken)


def _core(title: str) -> str:
    """What a law is about: 个人所得税 for 个人所得税法."""
    return title.removesuffix("典").removesuffix("法")


@cache
def _subjects() -> Mapping[str, Sequence[str]]:
    """Words that belong to the subject of one law, by its short title."""
    source = resources.files(__package__).joinpath("subjects.toml")
    subjects: Mapping[str, Sequence[str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return subjects
