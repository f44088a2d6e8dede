"""The statutes that the procedure tools rest on, read from the law pack into a catalogue."""

from pathlib import Path

import pytest

from assistant.corpus.law_pack import LawPackReader
from assistant.index.catalogue import Catalogue
from assistant.procedures import Procedures, Thresholds
from assistant.procedures.workdays import WorkCalendar
from assistant.settings import LawPack

STATUTES = (
    "行政处罚法", "行政强制法", "行政许可法", "行政复议法", "行政诉讼法", "治安管理处罚法",
    "民事诉讼法",
)  # fmt: skip


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    path: Path = tmp_path_factory.mktemp("procedures") / "catalogue.sqlite"
    catalogue = Catalogue(path, writable=True)
    for source in LawPackReader().documents(LawPack.ALL):
        if source.document.short_title in STATUTES:
            catalogue.put(source)
    catalogue.commit()
    return catalogue


@pytest.fixture(scope="session")
def procedures(catalogue: Catalogue) -> Procedures:
    return Procedures(catalogue, WorkCalendar(), Thresholds())
