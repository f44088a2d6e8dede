"""ZIP archives: each member is a document of its own, ``清单.zip!/附件/一.docx``.

The path of a member names no file on the disk.  :func:`on_disk` puts its content where a
reader can open it, under a name that the archive has no say in.
"""

import re
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from assistant.corpus.model import CorpusError
from assistant.corpus.readers.limits import Limits
from assistant.corpus.readers.packages import opened

MARK = "!"
"""Ends the name of an archive in the path of its members."""

SUFFIX = ".zip"
# Archives in archives in archives; more is a bomb.
_DEEPEST = 3
_CHUNK = 1 << 20
_HIDDEN = re.compile(
    r"(?:^|/)(?:\.(?!\.?/)|~\$|__MACOSX/|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def members(path: Path, origin: str, limits: Limits) -> list[Path]:
    """Return the paths of an archive's members, those of archives inside it included.

    Raises:
        CorpusError: the archive is damaged, or holds more than it may.
    """
    return list(_members(path, path, origin, limits, 1))


@contextmanager
def on_disk(path: Path, origin: str, limits: Limits) -> Iterator[Path]:
    """Give a path at which the content can be opened: that of a member, or ``path`` itself.

    Raises:
        CorpusError: the member is missing, encrypted, too large, or named to break out.
    """
    found = _archive_of(path)
    if found is None:
        yield path
        return
    archive, inner = found
    with tempfile.TemporaryDirectory(prefix="assistant-zip-") as folder:
        for depth, name in enumerate(_steps(inner)):
            target = Path(folder, f"{depth}{PurePosixPath(name).suffix.lower()[:10]}")
            _extract(archive, name, target, origin, limits)
            archive = target
        yield archive


def _members(real: Path, shown: Path, origin: str, limits: Limits, depth: int) -> Iterator[Path]:
    with opened(real, origin) as package:
        entries = _entries(package, origin, limits)
    inside = shown.with_name(shown.name + MARK)
    for name in entries:
        path = inside / _harmless(name)
        if not name.lower().endswith(SUFFIX) or depth >= _DEEPEST:
            yield path
            continue
        try:
            with on_disk(path, f"{origin}{MARK}/{name}", limits) as nested:
                yield from _members(nested, path, f"{origin}{MARK}/{name}", limits, depth + 1)
        except CorpusError:
            # Reading the inner archive says again what is wrong with it, under its own name.
            yield path


def _entries(package: zipfile.ZipFile, origin: str, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """Return the files in an archive by readable name.

    Raises:
        CorpusError: there are too many, or they are too large together.
    """
    infos = package.infolist()
    if len(infos) > limits.members or sum(info.file_size for info in infos) > limits.unpacked:
        raise CorpusError(
            origin,
            f"压缩包解压后超过 {limits.unpacked >> 20} MB 或超过 {limits.members} 个文件，"
            "可能是解压炸弹",
            "请核实来源，或分成几个压缩包；确需收录时调大设置 file_megabytes",
        )
    return {
        name: info
        for info in infos
        if not info.is_dir()
        and not stat.S_ISLNK(info.external_attr >> 16)
        and not _HIDDEN.search(name := _readable(info))
    }


def _readable(info: zipfile.ZipInfo) -> str:
    """Return a member's name; Windows writes Chinese names in GBK without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    return not (
        name.startswith("/")
        or ".." in parts
        or "" in parts
        or _CONTROL.search(name)
        or re.match(r"[A-Za-z]:", name)
    )


def _harmless(name: str) -> str:
    """Return a name that can be shown and stays inside; safe names are as they were."""
    if _is_safe(name):
        return name
    parts = [_CONTROL.sub("�", part) for part in name.split("/") if part]
    return "/".join("‥" if part == ".." else part.replace(":", "：") for part in parts) or "�"


def _archive_of(path: Path) -> tuple[Path, str] | None:
    """Split a member's path into the archive on the disk and the rest; None for a plain file."""
    if MARK not in str(path) or path.exists():
        return None
    for parent in reversed(path.parents):
        if parent.name.lower().endswith(SUFFIX + MARK):
            archive = parent.with_name(parent.name[: -len(MARK)])
            if archive.is_file():
                return archive, path.relative_to(parent).as_posix()
    return None


def _steps(inner: str) -> list[str]:
    """Split ``a/b.zip!/c`` at its archives."""
    return re.split(rf"(?<=\{SUFFIX}){MARK}/", inner, flags=re.IGNORECASE)


def _extract(archive: Path, shown: str, target: Path, origin: str, limits: Limits) -> None:
    with opened(archive, origin) as package:
        entries = _entries(package, origin, limits)
        names = [name for name in entries if _harmless(name) == shown]
        if not names:
            raise CorpusError(origin, "压缩包里没有这个文件", "请重建索引")
        if not _is_safe(names[0]):
            raise CorpusError(
                origin,
                "压缩包里的文件名指向包外的位置，已拒绝读取",
                "请核实来源，解压后把需要的文件单独放入",
            )
        info = entries[names[0]]
        if info.flag_bits & 1:
            raise CorpusError(origin, "压缩包已加密，需要密码", "请解压后把文件放入资料文件夹")
        if info.file_size > limits.size:
            raise CorpusError(
                origin,
                f"文件有 {info.file_size >> 20} MB，超过上限 {limits.size >> 20} MB",
                "请拆分或压缩该文件，或调大设置 file_megabytes",
            )
        # The central directory bounds what zipfile reads, whatever the stream holds.
        with package.open(info) as content, target.open("wb") as file:
            while chunk := content.read(_CHUNK):
                file.write(chunk)
