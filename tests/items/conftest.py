"""Registers over the law pack and real lists; no vectors are needed to count and compare."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from benchmarks.item_lists import write_lists

from assistant.corpus.law_pack import LawPackReader
from assistant.corpus.loader import read_folder
from assistant.index.catalogue import Catalogue
from assistant.items import Register, RegisterAnswerer
from assistant.retrieval import Names
from assistant.settings import LawPack

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 20)
"""After the 生态环境法典 took effect and every list was issued."""


@pytest.fixture(scope="session")
def statutes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of the statutes that govern enforcement."""
    path = tmp_path_factory.mktemp("statutes") / "catalogue.db"
    catalogue = Catalogue(path, writable=True)
    for source in LawPackReader().documents(LawPack.ENFORCEMENT):
        catalogue.put(source)
    catalogue.commit()
    catalogue.close()
    return path


RegisterOf = Callable[[Path], Register]


@pytest.fixture(scope="session")
def register_of(statutes: Path, tmp_path_factory: pytest.TempPathFactory) -> RegisterOf:
    """A maker of a register over the lists in a folder."""

    def make(folder: Path) -> Register:
        path = tmp_path_factory.mktemp("register") / "catalogue.db"
        path.write_bytes(statutes.read_bytes())
        catalogue = Catalogue(path, writable=True)
        for file in read_folder(folder):
            catalogue.put(file.load())
        catalogue.commit()
        documents = catalogue.documents()
        return Register(catalogue, documents, Names(documents, catalogue.passages), today=DAY)

    return make


@pytest.fixture(scope="session")
def samples(register_of: RegisterOf) -> RegisterAnswerer:
    """Answers over the two sample lists."""
    return RegisterAnswerer(register_of(ROOT / "corpus" / "item-lists"))


@pytest.fixture(scope="session")
def five_lists(
    register_of: RegisterOf, tmp_path_factory: pytest.TempPathFactory
) -> RegisterAnswerer:
    """Answers over the sample lists and three in other layouts."""
    folder = tmp_path_factory.mktemp("lists")
    write_lists(folder)
    for path in (ROOT / "corpus" / "item-lists").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return RegisterAnswerer(register_of(folder))
