"""A text that another one repeals is no longer called in force."""

from datetime import date
from pathlib import Path

import pytest

from assistant.corpus import Document, Validity
from assistant.corpus.loader import read_folder
from assistant.corpus.repeals import repealed_titles, with_repeals
from assistant.index.catalogue import Catalogue

OLD = "第一条　为了旧的管理，制定本条例。\n第二条　本条例自2010年1月1日起施行。\n"
NEW = (
    "第一条　为了新的管理，制定本条例。\n"
    "第二条　本条例自2024年7月1日起施行。《示范市旧条例》同时废止。\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "示范市旧条例(2009-12-01).txt").write_text(OLD, encoding="utf-8")
    (tmp_path / "示范市新条例(2024-05-01).txt").write_text(NEW, encoding="utf-8")
    return tmp_path


def documents(folder: Path) -> dict[str, Document]:
    sources = [file.load() for file in read_folder(folder)]
    clauses = [passage for source in sources for passage in source.passages]
    return {d.title: d for d in with_repeals([source.document for source in sources], clauses)}


def test_a_repealed_text_ends_on_the_first_day_of_the_one_that_repeals_it(folder: Path) -> None:
    known = documents(folder)
    old, new = known["示范市旧条例"], known["示范市新条例"]
    assert old.validity_on(date(2024, 6, 30)) is Validity.IN_FORCE
    assert old.validity_on(date(2024, 7, 1)) is Validity.REPEALED
    assert old.replaced_by == (new.id,)
    assert old.evidence == "《示范市新条例》第二条载明，自2024-07-01起同时废止。"
    assert new.validity_on(date(2024, 7, 1)) is Validity.IN_FORCE


def test_what_the_owner_states_stands(folder: Path) -> None:
    sidecar = folder / "示范市旧条例(2009-12-01).txt.meta.toml"
    sidecar.write_text('validity = "现行有效"\n', encoding="utf-8")
    assert documents(folder)["示范市旧条例"].validity_on(date(2024, 7, 1)) is Validity.IN_FORCE


def test_the_catalogue_knows_what_is_repealed_whichever_came_first(
    folder: Path, tmp_path: Path
) -> None:
    sources = [file.load() for file in read_folder(folder)]
    catalogue = Catalogue(tmp_path / "catalogue.db", writable=True)
    for source in reversed(sources):
        catalogue.put(source)
    repealed = {d.title for d in catalogue.documents() if d.repealed == date(2024, 7, 1)}
    assert repealed == {"示范市旧条例"}
    new = next(source for source in sources if source.document.title == "示范市新条例")
    catalogue.remove(new.document.id)
    assert [d.repealed for d in catalogue.documents()] == [None]
    catalogue.close()


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "本法自2020年1月1日起施行。《甲法》、《乙法》和《丙法》同时废止。",
            ["甲法", "乙法", "丙法"],
        ),
        (
            "1990年1月1日国务院发布的《甲条例》、1991年发布的《乙办法》同时废止。",
            ["甲条例", "乙办法"],
        ),
        ("《甲条例》第三条同时废止。", []),
        ("《甲条例》中有关收费的规定同时废止。", []),
        ("依照《甲条例》办理。《乙条例》同时废止。", ["乙条例"]),
        ("《关于修改〈甲条例〉的决定》同时废止。", ["关于修改〈甲条例〉的决定"]),
        ("许可证被废止的，应当公告。", []),
    ],
)
def test_only_texts_that_end_as_a_whole_are_repealed(text: str, titles: list[str]) -> None:
    assert list(repealed_titles(text)) == titles
