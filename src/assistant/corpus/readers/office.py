"""Old formats (DOC, WPS, XLS, ET, RTF) through LibreOffice, where it is installed."""

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from assistant.corpus.digest import content_digest
from assistant.corpus.model import CorpusError
from assistant.corpus.readers import docx, xlsx
from assistant.corpus.readers.limits import Limits
from assistant.corpus.readers.packages import check_package
from assistant.corpus.source import Source

_NAMES = ("soffice", "libreoffice", "soffice.exe")
_TABLES = frozenset({"xls", "et"})
# The parent's clock runs too; LibreOffice must be stopped before it.
_SHARE = 0.9


def read(path: Path, origin: str, limits: Limits, kind: str) -> Source:
    """Convert a file to DOCX or XLSX and read that.

    Args:
        kind: ``doc``, ``wps``, ``rtf``, ``xls`` or ``et``.

    Raises:
        CorpusError: LibreOffice is missing, cannot convert the file, or takes too long.
    """
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    target = "xlsx" if kind in _TABLES else "docx"
    if program is None:
        raise CorpusError(
            origin,
            f"是旧版 {kind.upper()} 格式，本机没有安装 LibreOffice，无法转换",
            f"请用 WPS 或 Office 另存为 {target.upper()}，或安装 LibreOffice 后重建索引",
        )
    with tempfile.TemporaryDirectory(prefix="assistant-office-") as folder:
        # A plain name: the file's own may be too long or start with a dash.
        entry = Path(folder, f"document.{kind}")
        shutil.copyfile(path, entry)
        _convert(program, entry, target, origin, limits)
        converted = entry.with_suffix(f".{target}")
        if not converted.is_file():
            raise CorpusError(
                origin,
                "LibreOffice 无法打开该文件，可能已损坏或加密",
                f"请用 WPS 或 Office 另存为 {target.upper()} 后再放入",
            )
        check_package(converted, origin, limits)
        reader = xlsx.read if target == "xlsx" else docx.read
        source = reader(converted, origin)
    return replace(source, digest=content_digest(path))


def _convert(program: str, entry: Path, target: str, origin: str, limits: Limits) -> None:
    """Run LibreOffice with a profile of its own, so that an open window does not matter."""
    profile = (entry.parent / "profile").as_uri()
    command = [
        program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", target, "--outdir", str(entry.parent), str(entry),
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=_SHARE * limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise CorpusError(
            origin,
            f"LibreOffice 在 {limits.seconds:.0f} 秒内没有完成转换",
            "请用 WPS 或 Office 另存为新格式，或调大设置 file_seconds",
        ) from error
    finally:
        if process.poll() is None:
            # soffice is a script whose child does the work.
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()
