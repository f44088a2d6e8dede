"""Text files are read in the encodings and shapes in which offices keep them."""

from pathlib import Path

import pytest

from assistant.corpus import CorpusError
from assistant.corpus.readers import read_file
from assistant.corpus.source import Paragraph, Table

TEXT = (
    "第一条　为了规范行政执法行为，保护公民的合法权益，制定本办法。\n"
    "第二条　本办法自公布之日起施行。\n"
)
TRADITIONAL = (
    "第一條　為了規範行政執法行為，保護公民的合法權益，制定本辦法。\n"
    "第二條　本辦法自公布之日起施行。\n"
)


def lines(path: Path) -> list[str]:
    blocks = read_file(path, path.parent).blocks
    return [block.text for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_encoding_of_a_text_is_found(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "办法.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert lines(path) == TEXT.splitlines()


def test_traditional_characters_in_big5_are_told_from_gbk(tmp_path: Path) -> None:
    path = tmp_path / "辦法.txt"
    path.write_bytes(TRADITIONAL.encode("big5"))
    assert lines(path) == TRADITIONAL.splitlines()


def test_a_few_damaged_bytes_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "办法.txt"
    path.write_bytes((TEXT * 20).encode("gb18030") + b"\xff\xff\n")
    source = read_file(path, tmp_path)
    assert len(source.blocks) >= 40
    assert "无法识别" in source.warnings[0]


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "办法.txt"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(CorpusError, match="办法"):
        read_file(path, tmp_path)


def test_lines_broken_at_a_width_become_paragraphs_again(tmp_path: Path) -> None:
    first = "　　第一条　" + "行政机关应当公开执法依据和程序，" * 5 + "接受监督。"
    second = "　　第二条　本办法自公布之日起施行。"
    broken = "\n".join(
        part[i : i + 24] for part in (first, second) for i in range(0, len(part), 24)
    )
    path = tmp_path / "办法.txt"
    path.write_text(broken, encoding="utf-8")
    assert lines(path) == [first.strip(), second.strip()]


def test_markdown_keeps_headings_and_tables_and_drops_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "方案.md"
    path.write_text(
        "# 方案\n<!-- 注释 -->\n\n## 一、目标\n\n**重点**是[规定](a.md)。\n\n"
        "| 序号 | 任务 |\n| --- | :-: |\n| 1 | 甲\\|乙 |\n\n---\n1\\. 原文\n",
        encoding="utf-8",
    )
    blocks = read_file(path, tmp_path).blocks
    assert [(b.text, b.heading) for b in blocks if isinstance(b, Paragraph)] == [
        ("方案", 1),
        ("一、目标", 2),
        ("重点是规定。", 0),
        ("1. 原文", 0),
    ]
    assert [list(b.rows) for b in blocks if isinstance(b, Table)] == [
        [["序号", "任务"], ["1", "甲|乙"]]
    ]
