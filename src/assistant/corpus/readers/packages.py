"""ZIP packages (DOCX, XLSX, OFD) are looked over before a parser opens them."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree

from assistant.corpus.model import CorpusError
from assistant.corpus.readers.limits import Limits

# A document type in an Office or OFD part can only be there to define entities.
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml")
_CHUNK = 1 << 20
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError,
    RuntimeError,
)  # fmt: skip


def check_package(path: Path, origin: str, limits: Limits) -> None:
    """Refuse a package that is encrypted, far larger inside than allowed, or forged.

    Raises:
        CorpusError: says which.
    """
    with opened(path, origin) as package:
        total = 0
        members = package.infolist()
        for member in members:
            total += member.file_size
        if total > limits.unpacked or len(members) > limits.members:
            raise CorpusError(
                origin,
                f"文件解压后超过 {limits.unpacked >> 20} MB 或内部文件过多，可能是解压炸弹",
                "请核实文件来源；确需收录时调大设置 file_megabytes",
            )
        for member in members:
            if member.flag_bits & 1:
                raise CorpusError(
                    origin, "文件已加密，需要密码才能打开", "请取消密码保护后重新放入"
                )
            if member.filename.lower().endswith(_XML) and _has_doctype(package, member):
                raise CorpusError(
                    origin,
                    "文件内部含有实体定义，正常的文档不会这样，可能被人篡改",
                    "请核实文件来源，用 WPS 或 Word 重新另存后再放入",
                )


@contextmanager
def opened(path: Path, origin: str) -> Iterator[zipfile.ZipFile]:
    """Open a package; whatever is wrong with its bytes is a :class:`CorpusError`."""
    try:
        with zipfile.ZipFile(path) as package:
            yield package
    except _DAMAGED as error:
        raise CorpusError(
            origin, "文件已损坏或不完整，无法解压", "请重新下载或重新导出该文件"
        ) from error


def parse_part(content: bytes) -> Any:
    """Return the root of an XML part; entities and networks are left alone.

    Raises:
        lxml.etree.LxmlError: the part is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)


def _has_doctype(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with package.open(member) as part:
        before = b""
        while chunk := part.read(_CHUNK):
            # UTF-16 hides the words between zero bytes.
            words = before + chunk.replace(b"\0", b"")
            if _DOCTYPE.search(words):
                return True
            before = words[-16:]
    return False
