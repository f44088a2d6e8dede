"""Whether the evidence answers a question: a calibrated decision over named features."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import resources

_FILE = "refusal.json"


@dataclass(frozen=True, slots=True)
class Features:
    """What the decision rests on; all between 0 and 1.

    Attributes:
        coverage: largest share of the question's weighty terms in one passage, with its
            title and headings.
        piece: the same in one sentence or item.
        similarity: largest cosine between the question and a passage.
        peak: how far that stands out above the median cosine of the evidence.
        unknown: weight share of the question's terms that no passage has.
        agreement: 1 if dense and lexical search both put the same passage first; twice
            the reciprocal of the sum of the two ranks, for the best passage.
        asked: share of the kinds asked for (an amount, a period …) that the best piece has.
        unstated: 1 if the question counts something (how many cars) of which no piece that
            comes close states a number, else 0.
        close: cosine between question and best piece, stretched to 0 to 1.
        focus: share of the best piece's own terms that the question has.
        whole: share of the question's weighty terms in the best piece's passage, everyday
            words counting as what statutes call them.
        elsewhere: weight share of the terms that are the title of a law that exists but is
            not held.
    """

    coverage: float
    piece: float
    similarity: float
    peak: float
    unknown: float
    agreement: float
    asked: float
    unstated: float
    close: float
    focus: float
    whole: float
    elsewhere: float

    def more_elsewhere(self, share: float) -> "Features":
        """Return the features with more of the question about what is not held."""
        return replace(self, elsewhere=min(1.0, self.elsewhere + share))


@dataclass(frozen=True, slots=True)
class Decision:
    """A logistic model with the threshold above which a question is answered.

    Attributes:
        bias: the model's constant.
        weights: one for each feature, by its name.
        threshold: probability from which the assistant answers.
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, features: Features) -> float:
        """Return the probability that the evidence answers the question."""
        score = self.bias + sum(
            self.weights[name] * value for name, value in asdict(features).items()
        )
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, score))))

    def answers(self, features: Features) -> bool:
        """Return whether the assistant should answer."""
        return self.probability(features) >= self.threshold


@cache
def decision() -> Decision:
    """Return the model that ``benchmarks/refusal.py`` fitted; the file says on what."""
    raw = json.loads(resources.files(__package__).joinpath(_FILE).read_text(encoding="utf-8"))
    return Decision(raw["bias"], raw["weights"], raw["threshold"])
