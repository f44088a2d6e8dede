"""The general rule where no list has an item: what the law itself says on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.corpus import Unit
from assistant.items.answers import RegisterSentence
from assistant.items.matching import wordings
from assistant.retrieval import Evidence, Searcher

_SEARCHED = 8
_LEAST = 0.6
_SENTENCE = re.compile(r"[^。；\n]*[。；]?")
_AUTHORITY = re.compile(r"(?:由|经).{0,30}?(?:部门|机关|机构|政府|管理局)")


@dataclass(frozen=True, slots=True)
class GeneralRules:
    """Finds the provision that says who is competent where no list does.

    Args:
        searcher: finds evidence.
    """

    searcher: Searcher

    def find(self, topic: str, day: date) -> RegisterSentence | None:
        """Return the law's own rule on a topic, quoted, None if none is found for sure."""
        best: tuple[float, Evidence, str] | None = None
        for evidence in self.searcher.search(f"{topic} 处罚", count=_SEARCHED, day=day):
            if evidence.passage.unit is not Unit.ARTICLE:
                continue
            for sentence in _SENTENCE.findall(evidence.passage.text):
                score = _covered(topic, sentence)
                if score < _LEAST:
                    continue
                score += 0.2 * bool(_AUTHORITY.search(sentence)) + 0.1 * ("罚" in sentence)
                if best is None or score > best[0]:
                    best = (score, evidence, sentence.strip())
        if best is None:
            return None
        _, evidence, sentence = best
        official = f"《{evidence.document.title}》{evidence.passage.label}"
        return RegisterSentence(
            f"一般规定见{official}：“{sentence.removeprefix(evidence.passage.label).strip()}”",
            (evidence.passage.citation_id,),
            (sentence,),
        )


def _covered(topic: str, sentence: str) -> float:
    """Return the share of a topic's character pairs that a sentence has."""
    return max((_share(_pairs(variant), sentence) for variant in wordings(topic)), default=0.0)


def _pairs(text: str) -> Sequence[str]:
    runs = re.findall(r"[一-鿿]+", text)
    return [run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))]


def _share(pairs: Sequence[str], sentence: str) -> float:
    return sum(pair in sentence for pair in pairs) / len(pairs) if pairs else 0.0
