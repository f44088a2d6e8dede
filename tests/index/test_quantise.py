"""Eight-bit arithmetic is an economy that readers do not notice."""

from pathlib import Path

from assistant.index import PassageEmbedding
from assistant.index.embedding import Vectors
from assistant.settings import Precision, Settings

TEXTS = [
    "当事人要求听证的，应当在告知之日起五个工作日内向本机关书面提出。",
    "镇人民政府发现违法行为不属于本级管辖的，移送区级主管部门。",
    "执法人员不得少于两人，并应当出示行政执法证件。",
    "乱倒垃圾",
]


def test_eight_bit_vectors_point_where_the_exact_ones_do(cache: Path) -> None:
    def vectors(precision: Precision) -> Vectors:
        return PassageEmbedding(Settings(index=cache, precision=precision)).encode(TEXTS)

    cosines = (vectors(Precision.INT8) * vectors(Precision.FLOAT32)).sum(axis=1)
    assert cosines.min() > 0.99
