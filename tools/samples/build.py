"""Write the sample bureau documents that need a file format: DOCX, PDF and XLSX.

Run ``python tools/samples/build.py`` after a change under ``content/`` and commit what it
writes under ``corpus/``. Running it twice gives the same bytes. Plain text samples are
kept in ``corpus/`` as they are.
"""

from collections.abc import Callable
from pathlib import Path

import docx_writer
import pdf_writer
import xlsx_writer
from content import Text, read_lists, read_texts

_CONTENT = Path(__file__).parent / "content"
_CORPUS = Path(__file__).parents[2] / "corpus"
_WRITERS: dict[str, Callable[[Text], bytes]] = {
    ".docx": docx_writer.write,
    ".pdf": pdf_writer.write,
}


def main() -> None:
    """Write every generated sample and name it."""
    for text in read_texts(_CONTENT):
        _save(text.output, _WRITERS[Path(text.output).suffix](text))
    for items in read_lists(_CONTENT):
        _save(items.output, xlsx_writer.write(items))


def _save(output: str, content: bytes) -> None:
    path = _CORPUS / output
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(f"{path.relative_to(_CORPUS)}  {len(content):,} bytes")


if __name__ == "__main__":
    main()
