"""Files made to break a reader end in a named message, within bounds, and hurt nothing else."""

import time
from collections.abc import Callable
from pathlib import Path

import nasty
import openpyxl
import pytest
import renderings

from assistant.corpus.model import CorpusError
from assistant.corpus.readers import Limits, expand, read_file
from assistant.corpus.source import Paragraph, Table

_MEBI = 1 << 20
SMALL = Limits(size=5 * _MEBI, seconds=20, memory=1200 * _MEBI)


def refused(folder: Path, name: str, content: bytes, limits: Limits = SMALL) -> CorpusError:
    (path,) = renderings.written(folder, {name: content})
    with pytest.raises(CorpusError) as caught:
        read_file(path, folder, limits)
    assert caught.value.origin == name
    assert caught.value.remedy
    return caught.value


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "encrypted PDF": ("密.pdf", nasty.encrypted_pdf, "加密"),
    "empty file": ("空.docx", lambda: b"", "空"),
    "PDF without pages": ("坏.pdf", lambda: b"%PDF-1.7\n%%EOF", "损坏"),
    "truncated DOCX": (
        "断.docx", lambda: nasty.truncated(renderings.docx(nasty.TITLE, nasty.TEXT)), "损坏"
    ),
    "truncated XLSX": (
        "断.xlsx", lambda: nasty.truncated(renderings.xlsx(nasty.TITLE, [["序号"]])), "损坏"
    ),
    "truncated OFD": (
        "断.ofd", lambda: nasty.truncated(renderings.ofd(nasty.TITLE, nasty.TEXT)), "损坏"
    ),
    "DOCX with external entities": ("实体.docx", nasty.docx_with_entities, "实体"),
    "OFD with entities in UTF-16": ("实体.ofd", nasty.ofd_with_entities, "实体"),
    "DOCX bomb": (
        "弹.docx", lambda: nasty.bomb("word/media/a.bin", 24 * _MEBI), "解压炸弹"
    ),
    "XLSX bomb": (
        "弹.xlsx", lambda: nasty.bomb("xl/worksheets/sheet1.xml", 24 * _MEBI), "解压炸弹"
    ),
    "text named as PDF": ("错.pdf", lambda: "这不是 PDF".encode(), "扩展名"),
    "program named as Word": ("错.docx", lambda: b"MZ" + bytes(2000), "扩展名"),
    "program named as text": ("错.txt", lambda: b"MZ" + bytes(2000), "不是文本"),
    "image that claims billions of pixels": (
        "图.png", lambda: nasty.huge_image(60_000, 60_000), "像素"
    ),
    "damaged image": ("图.jpg", lambda: b"\xff\xd8\xff\xe0" + b"jpeg" * 50, "损坏"),
    "unknown format": (
        "演示.pptx", lambda: nasty.package({"ppt/presentation.xml": ""}), "暂不支持"
    ),
    "page without text": ("页.html", lambda: b"<html><script>1</script></html>", "没有文字"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(case: str, tmp_path: Path) -> None:
    name, content, reason = HOSTILE[case]
    assert reason in refused(tmp_path, name, content()).reason


def test_a_file_over_the_size_limit_is_not_opened(tmp_path: Path) -> None:
    error = refused(tmp_path, "大.txt", b"x" * 2 * _MEBI, Limits(size=_MEBI))
    assert "超过上限 1 MB" in error.reason
    assert "file_megabytes" in error.remedy


def test_a_pdf_bomb_ends_within_its_memory_and_time(tmp_path: Path) -> None:
    began = time.monotonic()
    error = refused(tmp_path, "弹.pdf", nasty.pdf_bomb(400 * _MEBI))
    assert "内存" in error.reason or "时间" in error.reason
    # The limit is twenty seconds; the rest is starting the process on a busy machine.
    assert time.monotonic() - began < 60


def test_a_reader_that_takes_too_long_is_stopped_and_the_next_file_is_read(
    tmp_path: Path,
) -> None:
    long = renderings.pdf(nasty.TITLE, nasty.TEXT * 400)
    error = refused(tmp_path, "长.pdf", long, Limits(seconds=0.01))
    assert "时间" in error.reason
    assert "file_seconds" in error.remedy

    (path,) = renderings.written(tmp_path, {"好.docx": renderings.docx(nasty.TITLE, nasty.TEXT)})
    assert len(read_file(path, tmp_path).blocks) >= 3


def test_the_outside_world_is_never_read_into_a_document(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html [<!ENTITY s SYSTEM 'file:///etc/passwd'>]><p>&s; rules</p>"
    (path,) = renderings.written(tmp_path, {"页.html": page})
    text = "".join(b.text for b in read_file(path, tmp_path).blocks if isinstance(b, Paragraph))
    assert "root:" not in text
    assert "rules" in text


def test_a_web_page_saved_as_an_excel_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    page = renderings.page("清单", [], [["序号", "事项"], ["1", "占道经营"]])
    (path,) = renderings.written(tmp_path, {"清单.xls": page})
    tables = [block for block in read_file(path, tmp_path).blocks if isinstance(block, Table)]
    assert tables[0].rows[1] == ["1", "占道经营"]


def test_a_cell_at_the_end_of_the_sheet_and_a_merge_over_all_of_it_cost_nothing(
    tmp_path: Path,
) -> None:
    (path,) = renderings.written(tmp_path, {"远.xlsx": nasty.far_cell()})
    tables = [
        block for block in read_file(path, tmp_path, SMALL).blocks if isinstance(block, Table)
    ]
    assert tables[0].rows[0][0] == "序号"
    assert tables[-1].first_row == 1_048_576
    assert tables[-1].rows[0][-1] == "远"


def test_formulas_are_never_run_and_those_without_a_value_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "链接"])
    sheet.append([1, '=HYPERLINK("http://example.invalid", "点我")'])
    book.save(tmp_path / "公式.xlsx")

    source = read_file(tmp_path / "公式.xlsx", tmp_path)

    assert any("B2" in warning and "公式" in warning for warning in source.warnings)


class TestArchives:
    """A ZIP is a folder of documents, whatever its names and depth are."""

    def test_each_member_is_a_document_with_its_place_in_the_archive(self, tmp_path: Path) -> None:
        inner = nasty.package({"附件/清单.csv": "序号,事项\n1,占道经营"})
        archive = nasty.package(
            {"一.txt": "第一条　内容。", "里.zip": inner, "__MACOSX/x.txt": "x"}
        )
        (path,) = renderings.written(tmp_path, {"全.zip": archive})

        members = expand(path, tmp_path)

        sources = [read_file(member, tmp_path) for member in members]
        assert [source.origin for source in sources] == [
            "全.zip!/一.txt",
            "全.zip!/里.zip!/附件/清单.csv",
        ]

    def test_chinese_names_from_windows_are_readable(self, tmp_path: Path) -> None:
        archive = nasty.package({"placeholder.txt": "第一条　内容。"})
        name = "办法示范文本.txt".encode("gb18030")
        (path,) = renderings.written(
            tmp_path, {"全.zip": archive.replace(b"placeholder.txt", name[:15])}
        )
        assert "办法" in expand(path, tmp_path)[0].name

    @pytest.mark.parametrize("name", ["../../出.txt", "/etc/出.txt", "C:\\出.txt", "a/../出.txt"])
    def test_names_that_point_outside_are_refused(self, name: str, tmp_path: Path) -> None:
        archive = nasty.package({name: "第一条　内容。"})
        folder = tmp_path / "资料"
        (path,) = renderings.written(folder, {"全.zip": archive})

        (member,) = expand(path, folder)
        with pytest.raises(CorpusError, match="包外"):
            read_file(member, folder)
        assert [p.name for p in tmp_path.rglob("*")] == ["资料", "全.zip"]

    def test_an_archive_that_unpacks_to_too_much_is_refused(self, tmp_path: Path) -> None:
        error = refused(tmp_path, "弹.zip", nasty.bomb("a.txt", 24 * _MEBI))
        assert "解压炸弹" in error.reason

    def test_archives_nested_without_end_are_cut(self, tmp_path: Path) -> None:
        content = nasty.package({"底.txt": "第一条　内容。"})
        for _ in range(6):
            content = nasty.package({"层.zip": content})
        (path,) = renderings.written(tmp_path, {"顶.zip": content})

        (member,) = expand(path, tmp_path)
        with pytest.raises(CorpusError, match="太深"):
            read_file(member, tmp_path)

    def test_an_encrypted_or_broken_archive_says_so(self, tmp_path: Path) -> None:
        locked = nasty.locked_zip("一.txt", b"text")
        (path,) = renderings.written(tmp_path, {"锁.zip": locked})
        (member,) = expand(path, tmp_path)
        with pytest.raises(CorpusError, match="加密"):
            read_file(member, tmp_path)
        broken = nasty.truncated(nasty.package({"一.txt": "内容" * 500}))
        assert "损坏" in refused(tmp_path, "坏.zip", broken).reason
