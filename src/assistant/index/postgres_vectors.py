"""Vectors in PostgreSQL with pgvector: one table for each generation."""

import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from llama_index.core.bridge.pydantic import PrivateAttr

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
_TIMEOUT = 10
_OLDEST = (0, 8)


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
            kwargs={"autocommit": True, "connect_timeout": _TIMEOUT},
            configure=_prepare,
            # A server that was restarted must not cost anybody an error.
            check=ConnectionPool.check_connection,
            min_size=1,
            max_size=_CONNECTIONS,
            timeout=2 * _TIMEOUT,
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
                f"PostgreSQL 向量库 {self._shown} 没有回答（{_first_line(error)}）。"
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
                f"PostgreSQL 向量库 {self._shown} 无法写入（{_first_line(error)}）。"
                "当前索引没有改变，仍可使用；请检查磁盘空间和权限后重新构建。"
            ) from error


def open_postgres(settings: Settings, table: str, *, create: bool) -> PostgresVectors:
    """Open the table of a generation, or make it where it does not exist.

    Raises:
        VectorStoreError: the server does not answer, has no pgvector, or lacks the table.
    """
    from psycopg import sql

    with _connected(settings) as connection:
        if create:
            _create(connection, table)
        found = connection.execute(
            "select to_regclass(%s)", (sql.Identifier(table).as_string(connection),)
        ).fetchone()
        if not found or found[0] is None:
            raise VectorStoreError(
                f"PostgreSQL 中找不到表 {table}。请运行 assistant build --rebuild 重建索引。"
            )
    return PostgresVectors(settings, table)


def copy_postgres(settings: Settings, source: str, table: str) -> bool:
    """Make a table with the rows of another one, within the server.

    Returns:
        whether there was one to copy.

    Raises:
        VectorStoreError: the server does not answer, or has no room.
    """
    from psycopg import sql

    with _connected(settings) as connection:
        name = sql.Identifier(source).as_string(connection)
        found = connection.execute("select to_regclass(%s)", (name,)).fetchone()
        if not found or found[0] is None:
            return False
        _create(connection, table)
        connection.execute(
            sql.SQL("insert into {} select id, document, vector from {}").format(
                sql.Identifier(table), sql.Identifier(source)
            )
        )
    return True


def drop_postgres(settings: Settings, tables: Iterable[str]) -> None:
    """Remove tables; missing ones are ignored."""
    from psycopg import sql

    with _connected(settings) as connection:
        for table in tables:
            connection.execute(sql.SQL("drop table if exists {}").format(sql.Identifier(table)))


@contextmanager
def _connected(settings: Settings) -> "Iterator[Connection[Any]]":
    shown = without_secrets(settings.vectors)
    try:
        import pgvector  # noqa: F401
        import psycopg
        import psycopg_pool  # noqa: F401
    except ImportError as error:
        raise VectorStoreError(
            "使用 PostgreSQL 存放向量需要另装软件包，请运行 "
            "pip install 'enforcement-assistant[postgres]'。"
        ) from error
    try:
        with psycopg.connect(settings.vectors, connect_timeout=_TIMEOUT) as connection:
            yield connection
    except psycopg.Error as error:
        raise VectorStoreError(
            f"无法使用 PostgreSQL 向量库 {shown}（{_first_line(error)}）。"
            "请检查数据库服务、用户权限、磁盘空间和设置 vectors。"
        ) from error


def _create(connection: "Connection[Any]", table: str) -> None:
    import psycopg
    from psycopg import sql

    try:
        connection.execute("create extension if not exists vector")
    except psycopg.Error as error:
        raise VectorStoreError(
            f"数据库没有 pgvector 扩展，也无法启用（{_first_line(error)}）。"
            "请管理员安装 pgvector 0.8 以上版本，并在该数据库中执行 CREATE EXTENSION vector。"
        ) from error
    version = connection.execute(
        "select extversion from pg_extension where extname = 'vector'"
    ).fetchone()
    if version and tuple(int(part) for part in version[0].split(".")[:2]) < _OLDEST:
        raise VectorStoreError(
            f"数据库的 pgvector 版本是 {version[0]}，需要 0.8 以上。请管理员升级该扩展。"
        )
    connection.execute(
        sql.SQL(
            "create table if not exists {} (id text primary key, document text not null,"
            " vector halfvec not null)"
        ).format(sql.Identifier(table))
    )
    connection.execute(
        sql.SQL("create index if not exists {} on {} (document)").format(
            sql.Identifier(f"{table}-d"), sql.Identifier(table)
        )
    )


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


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
