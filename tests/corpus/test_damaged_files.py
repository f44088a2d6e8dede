"""Randomly damaged files: each is read or refused; nothing crashes, hangs or eats the memory."""

from itertools import islice
from pathlib import Path

import mutations
import pytest
import renderings

from assistant.corpus.model import CorpusError
from assistant.corpus.readers import Limits, expand, read_file

_LIMITS = Limits(size=20 << 20, seconds=60, memory=1500 << 20)
_COUNT = 15


@pytest.mark.parametrize("name", mutations.seeds())
def test_a_damaged_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    content = mutations.seeds()[name]
    refused = []
    for number, mutant in enumerate(islice(mutations.mutants(content, seed=7), _COUNT)):
        (path,) = renderings.written(tmp_path, {f"{number}-{name}": mutant})
        for member in expand(path, tmp_path, _LIMITS):
            try:
                read_file(member, tmp_path, _LIMITS)
            except CorpusError as error:
                refused.append(error)
    assert not [error for error in refused if "异常退出" in error.reason or "时间" in error.reason]
    assert all(error.remedy.strip() for error in refused)
