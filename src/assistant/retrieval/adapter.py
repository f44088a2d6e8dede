"""A small correction of the question's vector, learned from the statutes themselves.

The embedding model was made for questions of every kind.  A low-rank map on the side of
the question alone turns everyday questions towards articles of statutes; passages keep
their vectors, so nothing has to be embedded anew.  ``benchmarks/adapter.py`` learns it
from questions made out of the law pack's clauses.
"""

from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

_FILE = "adapter.npz"

Matrix = npt.NDArray[np.float32]


def adapted(vector: Sequence[float], space: str) -> list[float]:
    """Return the corrected vector, of unit length.

    Args:
        vector: a question's vector.
        space: fingerprint of the vector space; vectors of any other space than the one
            that the map was learned in are returned as they are.
    """
    learned, down, up, shift = _parts()
    if space != learned:
        return list(vector)
    plain = np.asarray(vector, dtype=np.float32)
    turned = plain + plain @ down @ up + shift
    return [float(value) for value in turned / np.linalg.norm(turned)]


@cache
def _parts() -> tuple[str, Matrix, Matrix, Matrix]:
    with resources.files(__package__).joinpath(_FILE).open("rb") as file:
        parts = np.load(file)
        down, up, shift = (parts[name].astype(np.float32) for name in ("down", "up", "shift"))
        return str(parts["space"]), down, up, shift
