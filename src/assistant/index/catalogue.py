"""The catalogue: every document and passage of one index, in SQLite."""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from assistant.corpus import CorpusError, Document, Passage, SourceDocument, Unit
from assistant.corpus.repeals import with_repeals

_SCHEMA = """
create table if not exists documents (
    id text primary key, origin text not null, digest text not null, record text not null);
create table if not exists passages (
    id text primary key, document_id text not null, citation_id text not null,
    position integer not null, record text not null);
create index if not exists passages_in_order on passages (document_id, position);
create index if not exists passages_cited on passages (citation_id);
create table if not exists skipped (
    origin text primary key, reason text not null, remedy text not null);
"""
# Names without a schema mean these views first, so that no query can reach past them.
_VIEWS = """
pragma temp_store = memory;
create temp table hidden (id text primary key);
create temp view documents as select * from main.documents
    where id not in (select id from temp.hidden);
create temp view passages as select * from main.passages
    where document_id not in (select id from temp.hidden);
create temp view skipped as select * from main.skipped where 0;
"""
_DOCUMENT = TypeAdapter(Document)
_PASSAGE = TypeAdapter(Passage)
# SQLite's default limit of bound values is 32,766; far fewer keep statements small.
_CHUNK = 500
_T = TypeVar("_T")


class Catalogue:
    """Documents and passages by their stable addresses.

    Args:
        path: the SQLite file.
        writable: create and change it; otherwise it is opened read-only.
        hidden: ids of documents that are as if they were not there.  Files that could not
            be read are hidden with them: nobody knows whose they are.

    Raises:
        sqlite3.Error: the file is missing or damaged.
    """

    def __init__(self, path: Path, *, writable: bool = False, hidden: Collection[str] = ()) -> None:
        self.path = path
        self._hidden = frozenset(hidden)
        mode = "rwc" if writable else "ro"
        self._connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}", uri=True, check_same_thread=False
        )
        # Readers share one connection; SQLite serialises single statements, not cursors.
        self._lock = threading.Lock()
        if writable:
            self._connection.executescript(_SCHEMA)
        if hidden:
            self._connection.executescript(_VIEWS)
            self._connection.executemany("insert into hidden values (?)", [(h,) for h in hidden])
            self._connection.commit()
        # SQLite itself looks at the file only when it is first read.
        self._all("select id from documents limit 1")

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def documents(self) -> list[Document]:
        """Return every document, by origin; those that another one repeals as repealed."""
        documents = [
            _DOCUMENT.validate_json(record)
            for (record,) in self._all("select record from documents order by origin")
        ]
        if self._hidden:
            documents = [self._without_hidden_successors(document) for document in documents]
        clauses = self._all("select record from passages where record like '%废止%'")
        return with_repeals(documents, [_PASSAGE.validate_json(record) for (record,) in clauses])

    def _without_hidden_successors(self, document: Document) -> Document:
        if self._hidden.isdisjoint(document.replaced_by):
            return document
        shown = tuple(key for key in document.replaced_by if key not in self._hidden)
        return replace(document, replaced_by=shown)

    def digests(self) -> dict[str, str]:
        """Return the source hash of each document, by document id."""
        rows = self._all("select id, digest from documents")
        return {row[0]: row[1] for row in rows}

    def passages(self, document_id: str) -> list[Passage]:
        """Return the passages of a document in its order; empty if it is unknown."""
        rows = self._all(
            "select record from passages where document_id = ? order by position", document_id
        )
        return [_PASSAGE.validate_json(record) for (record,) in rows]

    def documents_with(self, unit: Unit) -> list[str]:
        """Return the ids of the documents that have passages of a unit, by id."""
        rows = self._all(
            "select distinct document_id from passages where json_extract(record, '$.unit') = ?"
            " order by document_id",
            unit.value,
        )
        return [key for (key,) in rows]

    def around(self, document_id: str, first: int, last: int) -> list[Passage]:
        """Return the passages whose order lies between ``first`` and ``last`` inclusive."""
        rows = self._all(
            "select record from passages where document_id = ? and position between ? and ?"
            " order by position",
            document_id, first, last,
        )  # fmt: skip
        return [_PASSAGE.validate_json(record) for (record,) in rows]

    def cited(self, citation_id: str) -> list[Passage]:
        """Return all parts of a cited article, section or row; empty if it is unknown."""
        rows = self._all(
            "select record from passages where citation_id = ? order by position", citation_id
        )
        return [_PASSAGE.validate_json(record) for (record,) in rows]

    def containing(self, words: Sequence[str], count: int) -> list[Passage]:
        """Return up to ``count`` passages whose text has all ``words``, document by document.

        Every passage is looked at; :meth:`OpenedIndex.containing` asks the lexical index first.
        """
        fits, values = _has(words)
        rows = self._all(
            f"select record from passages where {fits} order by document_id, position", *values
        )
        return list(islice(_with_text([record for (record,) in rows], words), count))

    def having(self, ids: Sequence[str], words: Sequence[str]) -> Iterator[Passage]:
        """Yield those of some passages whose text has all ``words``, in the order given."""
        fits, values = _has(words)
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            rows = self._all(
                f"select id, record from passages where id in ({marks}) and {fits}",
                *chunk, *values,
            )  # fmt: skip
            records = {row[0]: row[1] for row in rows}
            yield from _with_text([records[key] for key in chunk if key in records], words)

    def get(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Return the passages with the given ids; unknown ids are left out."""
        found = {}
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            marks = ",".join("?" * len(chunk))
            for key, record in self._all(
                f"select id, record from passages where id in ({marks})", *chunk
            ):
                found[key] = _PASSAGE.validate_json(record)
        return found

    def all_passages(self) -> Iterable[Passage]:
        """Yield every passage, document by document."""
        for (record,) in self._all("select record from passages order by document_id, position"):
            yield _PASSAGE.validate_json(record)

    def passage_ids(self) -> list[str]:
        """Return the ids of every passage."""
        return [key for (key,) in self._all("select id from passages")]

    def content(self) -> str:
        """Return a hash of all documents and passages; equal contents have equal ones."""
        content = hashlib.blake2b(digest_size=16)
        for statement in (
            "select record from documents order by id",
            "select record from passages order by document_id, position",
        ):
            for (record,) in self._all(statement):
                content.update(record.encode() + b"\n")
        return content.hexdigest()

    def skipped(self) -> list[CorpusError]:
        """Return what could not be read, with reason and remedy."""
        rows = self._all("select origin, reason, remedy from skipped order by origin")
        return [CorpusError(*row) for row in rows]

    def put(self, source: SourceDocument) -> None:
        """Add a document, or replace the one with the same id."""
        document = source.document
        self.remove(document.id)
        self._connection.execute(
            "insert into documents values (?, ?, ?, ?)",
            (document.id, document.origin, document.digest, _json(_DOCUMENT, document)),
        )
        self._connection.executemany(
            "insert into passages values (?, ?, ?, ?, ?)",
            [
                (p.id, p.document_id, p.citation_id, p.order, _json(_PASSAGE, p))
                for p in source.passages
            ],
        )

    def remove(self, document_id: str) -> None:
        """Remove a document with its passages; nothing happens if it is unknown."""
        self._connection.execute("delete from documents where id = ?", (document_id,))
        self._connection.execute("delete from passages where document_id = ?", (document_id,))

    def set_skipped(self, errors: Iterable[CorpusError]) -> None:
        """Record what this build could not read, in place of what the last one could not."""
        self._connection.execute("delete from skipped")
        self._connection.executemany(
            "insert or replace into skipped values (?, ?, ?)",
            [(error.origin, error.reason, error.remedy) for error in errors],
        )

    def commit(self) -> None:
        """Make the changes since the last commit durable."""
        self._connection.commit()

    def _all(self, statement: str, *values: object) -> list[tuple[str, ...]]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()


def _has(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return a condition that the records of passages with all ``words`` fulfil."""
    # In a record a quotation mark is written as JSON writes it.
    written = [json.dumps(word, ensure_ascii=False)[1:-1] for word in words]
    return " and ".join(["instr(record, ?)"] * len(words)) or "1", written


def _with_text(records: Iterable[str], words: Sequence[str]) -> Iterator[Passage]:
    for record in records:
        # A record has more than the text, such as headings and names of fields.
        passage = _PASSAGE.validate_json(record)
        if all(word in passage.text for word in words):
            yield passage


def _json(adapter: TypeAdapter[_T], value: _T) -> str:
    return adapter.dump_json(value).decode("utf-8")
