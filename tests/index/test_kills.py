"""A build killed at any moment loses nothing."""

import random
from pathlib import Path

from benchmarks.kills import kills


def test_killed_builds_lose_nothing(tmp_path: Path) -> None:
    for kill in kills(tmp_path, 5, random.Random(3)):
        assert kill.faults == ()
