"""Whether a question belongs to the assistant's field at all.

Weather, recipes and office gossip can lie near some article by chance of wording.  A
linear classifier over the question's vector tells such questions from those about law
and administration; ``benchmarks/topic.py`` fits it by weighted ridge regression on
questions of our own, and says how it does on questions it has not seen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

FILE = "topic.npz"
# A short question has few words to go by; one of these puts it into the field by itself.
_CUES = re.compile(
    r"罚|查封|扣押|冻结|没收|吊销|拘留|责令|听证|许可|强制|复议|诉讼|起诉|立案|结案|办案|案件|案卷|案子"
    r"|违法|违规|违章|违建|法律|法规|条例|规章|第.{1,6}[条款项]|当事人|相对人|证据|取证|笔录|文书|送达"
    r"|公示|全过程记录|法制审核|移送|执法|清单|赋权|事项|举报|评议|评查|首案"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A linear classifier of question vectors.

    Attributes:
        space: fingerprint of the vector space that it was fitted in.
        weights: one for each dimension.
        bias: constant of the score, which is about 1 for the field and -1 outside it.
        threshold: score below which a question is outside the field.
    """

    space: str
    weights: npt.NDArray[np.float32]
    bias: float
    threshold: float

    def is_outside(self, question: str, vector: Sequence[float], space: str) -> bool:
        """Return whether a question is outside the field.

        Args:
            question: its words; an unmistakable word of the field decides alone.
            vector: the question's vector, of unit length.
            space: fingerprint of its vector space; in any other space than the
                classifier's own no question counts as outside.
        """
        if space != self.space or _CUES.search(question):
            return False
        score = float(np.asarray(vector, dtype=np.float32) @ self.weights) + self.bias
        return score < self.threshold


@cache
def topic() -> Topic:
    """Return the classifier that ships with the assistant."""
    with resources.files(__package__).joinpath(FILE).open("rb") as file:
        parts = np.load(file)
        return Topic(
            space=str(parts["space"]),
            weights=parts["weights"].astype(np.float32),
            bias=float(parts["bias"]),
            threshold=float(parts["threshold"]),
        )
