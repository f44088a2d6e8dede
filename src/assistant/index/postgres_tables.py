"""The tables in PostgreSQL that hold the vectors of generations."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant.index.vector_store import VectorStoreError
from assistant.settings import Settings, without_secrets

if TYPE_CHECKING:
    from psycopg import Connection

TIMEOUT = 10
"""Seconds within which the server must answer a new connection."""
_OLDEST = (0, 8)


def copy_postgres(settings: Settings, source: str, table: str) -> bool:
    """Make a table with the rows of another one, within the server.

    Returns:
        whether there was one to copy.

    Raises:
        VectorStoreError: the server does not answer, or has no room.
    """
    from psycopg import sql

    with connected(settings) as connection:
        name = sql.Identifier(source).as_string(connection)
        found = connection.execute("select to_regclass(%s)", (name,)).fetchone()
        if not found or found[0] is None:
            return False
        create_table(connection, table)
        connection.execute(
            sql.SQL("insert into {} select id, document, vector from {}").format(
                sql.Identifier(table), sql.Identifier(source)
            )
        )
    return True


def drop_postgres(settings: Settings, tables: Iterable[str]) -> None:
    """Remove tables; missing ones are ignored."""
    from psycopg import sql

    with connected(settings) as connection:
        for table in tables:
            connection.execute(sql.SQL("drop table if exists {}").format(sql.Identifier(table)))


@contextmanager
def connected(settings: Settings) -> "Iterator[Connection[Any]]":
    """Hold a connection; what was done is committed at the end.

    Raises:
        VectorStoreError: a package is missing, or the server does not answer or refuses.
    """
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
        with psycopg.connect(settings.vectors, connect_timeout=TIMEOUT) as connection:
            yield connection
    except psycopg.Error as error:
        raise VectorStoreError(
            f"无法使用 PostgreSQL 向量库 {shown}（{first_line(error)}）。"
            "请检查数据库服务、用户权限、磁盘空间和设置 vectors。"
        ) from error


def create_table(connection: "Connection[Any]", table: str) -> None:
    """Make the table of a generation where it does not exist.

    Raises:
        VectorStoreError: the database has no pgvector, or one that is too old.
    """
    import psycopg
    from psycopg import sql

    try:
        connection.execute("create extension if not exists vector")
    except psycopg.Error as error:
        raise VectorStoreError(
            f"数据库没有 pgvector 扩展，也无法启用（{first_line(error)}）。"
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


def first_line(error: Exception) -> str:
    """Return what an error says first; the rest repeats the statement."""
    return str(error).strip().partition("\n")[0]
