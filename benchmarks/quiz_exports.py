"""Whether office programs show a paper whole: LibreOffice renders it, PDFium reads the pages.

    python -m benchmarks.quiz_exports [--pages FOLDER]

Makes questions from the statutes on enforcement, draws the shipped
``qualification`` paper in two versions, has LibreOffice (``soffice``) turn the DOCX and
XLSX files into PDF, and looks for every stem, option and citation on the pages.
``--pages`` keeps pictures of the pages, to be looked at.  About 30 seconds.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2

from assistant.corpus.law_pack import LawPackReader
from assistant.quiz import (
    BLANK,
    Bank,
    Paper,
    blueprints,
    export_paper,
    make_paper,
    make_questions,
    versions_of,
)
from assistant.settings import LawPack

_SCALE = 1.2


def _squeezed(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def render(source: Path, folder: Path, pages: Path | None) -> tuple[int, str]:
    """Return how many pages LibreOffice makes of a file, and the words on them."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    made = pypdfium2.PdfDocument(folder / f"{source.stem}.pdf")
    words = []
    for number, page in enumerate(made, start=1):
        words.append(page.get_textpage().get_text_bounded())
        if pages:
            name = f"{source.stem}-{source.suffix[1:]}-{number:02d}.png"
            page.render(scale=_SCALE).to_pil().save(pages / name)
    return len(made), _squeezed("".join(words))


def missing(paper: Paper, words: str) -> list[str]:
    """Return what of a paper is not on its pages."""
    wanted = []
    for entry in paper.asked:
        question = entry.question
        wanted += [*question.stem.split(BLANK), question.citation]
        wanted += question.options if len(question.options) > 2 else ()
    return [text for text in wanted if _squeezed(text) not in words]


def main() -> None:
    """Render and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path)
    given = parser.parse_args()
    if shutil.which("soffice") is None:
        sys.exit("soffice not found: install LibreOffice to run this check")
    if given.pages:
        given.pages.mkdir(parents=True, exist_ok=True)
    sources = [
        (source.document, source.passages)
        for source in LawPackReader().documents(LawPack.ENFORCEMENT)
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bank = Bank(folder)
        bank.add(make_questions(sources, seed=1).questions, "基准")
        plan = blueprints(folder)["qualification"]
        for paper in versions_of(make_paper(bank, plan, seed=1, unreviewed=True), 2):
            for ending in (".docx", ".xlsx"):
                file = folder / f"paper-{paper.version}{ending}"
                export_paper(paper, file)
                count, words = render(file, folder, given.pages)
                lost = missing(paper, words)
                print(f"{file.name}: {len(paper.asked)} questions on {count} pages, lost {lost}")


if __name__ == "__main__":
    main()
