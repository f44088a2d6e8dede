"""Vectors in PostgreSQL with pgvector: one table for each generation."""

import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from llama_index.core.bridge.pydantic import PrivateAttr

from assistant.index.postgres_tables import TIMEOUT, connected, create_table, first_line
from assistant.index.vector_store import PassageVectors, Row, VectorStoreError
from assistant.settings import Settings, without_secrets

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg_pool import ConnectionPool

# Smaller tables are read whole, which is exact and takes some milliseconds.
_GRAPH_FROM = 5_000
_SEARCHED = 400
# Bytes that the graph takes in memory while it is built, for each passage and dimension.
_BYTES = 4
_CONNECTIONS = 8


class PostgresVectors(PassageVectors):
    """A table of passages with half-precision vectors.

    Vectors are computed to 16 bits and kept in 16 bits, so nothing is lost.

    Args:
        settings: the address of the database.
        table: name of the table.
    """

    _pool: "ConnectionPool[Any]" = PrivateAttr()
    _shown: str = PrivateAttr()
    _table: Any = PrivateAttr()
    _index: Any = PrivateAttr()

    def __init__(self, settings: Settings, table: str) -> None:
        from psycopg import sql
        from psycopg_pool import ConnectionPool

        super().__init__()
        self._shown = without_secrets(settings.vectors)
        self._table = sql.Identifier(table)
        self._index = sql.Identifier(f"{table}-g")
        self._pool = ConnectionPool(
            settings.vectors,
            kwargs={"autocommit": True, "connect_timeout": TIMEOUT},
            configure=_prepare,
            # A server that was restarted must not cost anybody an error.
            check=ConnectionPool.check_connection,
            min_size=1,
            max_size=_CONNECTIONS,
            timeout=2 * TIMEOUT,
            open=True,
        )
        weakref.finalize(self, self._pool.close)

    @property
    def client(self) -> Any:
        """The connection pool."""
        return self._pool

    def put(self, rows: Sequence[Row]) -> None:
        """Add rows with new ids."""
        from pgvector import HalfVector
        from psycopg import sql

        copy_rows = sql.SQL("copy {} (id, document, vector) from stdin (format binary)")
        with (
            self._writing() as connection,
            connection.cursor() as cursor,
            cursor.copy(copy_rows.format(self._table)) as copy,
        ):
            copy.set_types(["text", "text", "halfvec"])
            for passage, document, vector in rows:
                copy.write_row((passage, document, HalfVector(vector)))

    def remove(self, ids: Sequence[str]) -> None:
        """Remove the vectors of passages."""
        if not ids:
            return
        from psycopg import sql

        with self._writing() as connection:
            connection.execute(
                sql.SQL("delete from {} where id = any(%s)").format(self._table), (list(ids),)
            )

    def settle(self) -> None:
        """Build the graph over large tables, and let the server count its rows."""
        from psycopg import sql

        with self._writing() as connection:
            first = connection.execute(
                sql.SQL("select vector_dims(vector) from {} limit 1").format(self._table)
            ).fetchone()
            count = connection.execute(
                sql.SQL("select count(*) from {}").format(self._table)
            ).fetchone()
            if first and count and count[0] >= _GRAPH_FROM:
                self._build_graph(connection, int(first[0]), int(count[0]))
            connection.execute(sql.SQL("analyze {}").format(self._table))

    def ids(self) -> set[str]:
        """Return the ids of all passages."""
        from psycopg import sql

        with self._reading() as connection:
            rows = connection.execute(sql.SQL("select id from {}").format(self._table))
            return {key for (key,) in rows}

    def nearest(
        self, vector: Sequence[float], count: int, documents: Iterable[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine) of the nearest passages, nearest first."""
        from pgvector import HalfVector
        from psycopg import sql

        bound = sql.SQL("where document = any(%(documents)s)" if documents is not None else "")
        query = sql.SQL(
            "select id, 1 - ({cast} <=> %(vector)s) from {table} {bound}"
            " order by {cast} <=> %(vector)s limit %(count)s"
        ).format(cast=_cast(len(vector)), table=self._table, bound=bound)
        values = {
            "vector": HalfVector(np.asarray(vector)),
            "count": count,
            "documents": sorted(documents) if documents is not None else None,
        }
        with self._reading() as connection:
            return [(key, cosine) for key, cosine in connection.execute(query, values, binary=True)]

    def _build_graph(self, connection: "Connection[Any]", dimension: int, count: int) -> None:
        from psycopg import errors, sql

        megabytes = max(64, count * dimension * _BYTES // 2**20)
        connection.execute(f"set maintenance_work_mem = '{megabytes}MB'")
        statement = sql.SQL(
            "create index {index} on {table} using hnsw ({cast} halfvec_cosine_ops)"
            " with (m = 24, ef_construction = 128)"
        ).format(index=self._index, table=self._table, cast=_cast(dimension))
        try:
            connection.execute(statement)
        except errors.DiskFull:
            # Workers side by side share memory that containers often bound to 64 MB.
            connection.execute("set max_parallel_maintenance_workers = 0")
            connection.execute(statement)

    @contextmanager
    def _reading(self) -> "Iterator[Connection[Any]]":
        import psycopg
        from psycopg_pool import PoolTimeout

        try:
            with self._pool.connection() as connection:
                yield connection
        except (psycopg.Error, PoolTimeout) as error:
            raise VectorStoreError(
                f"PostgreSQL 向量库 {self._shown} 没有回答（{first_line(error)}）。"
                "请检查数据库服务和设置 vectors 后重试。"
            ) from error

    @contextmanager
    def _writing(self) -> "Iterator[Connection[Any]]":
        import psycopg
        from psycopg_pool import PoolTimeout

        try:
            with self._pool.connection() as connection:
                yield connection
        except (psycopg.Error, PoolTimeout) as error:
            raise VectorStoreError(
                f"PostgreSQL 向量库 {self._shown} 无法写入（{first_line(error)}）。"
                "当前索引没有改变，仍可使用；请检查磁盘空间和权限后重新构建。"
            ) from error


def open_postgres(settings: Settings, table: str, *, create: bool) -> PostgresVectors:
    """Open the table of a generation, or make it where it does not exist.

    Raises:
        VectorStoreError: the server does not answer, has no pgvector, or lacks the table.
    """
    from psycopg import sql

    with connected(settings) as connection:
        if create:
            create_table(connection, table)
        found = connection.execute(
            "select to_regclass(%s)", (sql.Identifier(table).as_string(connection),)
        ).fetchone()
        if not found or found[0] is None:
            raise VectorStoreError(
                f"PostgreSQL 中找不到表 {table}。请运行 assistant build --rebuild 重建索引。"
            )
    return PostgresVectors(settings, table)


def _prepare(connection: "Connection[Any]") -> None:
    """Set up a connection of the pool."""
    from pgvector.psycopg import register_vector

    register_vector(connection)
    # The library's settings exist once a vector was read.
    connection.execute("select '[0]'::halfvec")
    connection.execute(f"set hnsw.ef_search = {_SEARCHED}")
    # Goes on until enough passages lie within the searched documents.
    connection.execute("set hnsw.iterative_scan = strict_order")
    connection.execute("set jit = off")


def _cast(dimension: int) -> Any:
    from psycopg import sql

    # Tables are made before a model says how long its vectors are.
    return sql.SQL("(vector::halfvec({}))").format(sql.Literal(dimension))
