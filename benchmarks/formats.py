"""Measure whether a regulation and an item list read the same in every format.

Run ``python benchmarks/formats.py [folder with Markdown regulations]``.  Without a folder,
statutes of the law pack stand in.  Options: ``--texts N`` (how many texts), ``--scans N``
(how many of them are also rendered to images and recognised).
"""

import argparse
import difflib
import json
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl

from assistant.corpus.law_pack import LawPackReader
from assistant.corpus.loader import load_file
from assistant.corpus.model import SourceDocument, Unit
from assistant.settings import LawPack

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "corpus"))

import renderings  # noqa: E402

_LIST = ROOT / "corpus/item-lists/镇综合执法事项清单.xlsx"
_HEADER_ROW = 4


def main() -> None:
    """Print one line of JSON for each format."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--texts", type=int, default=5)
    parser.add_argument("--scans", type=int, default=1)
    options = parser.parse_args()
    shares: dict[str, list[float]] = defaultdict(list)
    same: dict[str, list[bool]] = defaultdict(list)
    seconds: dict[str, float] = defaultdict(float)
    for number, (title, lines) in enumerate(_texts(options.folder, options.texts)):
        files = dict(renderings.text_in_every_format(title, lines))
        if number < options.scans:
            files["扫描.pdf"] = renderings.scanned(files["条例.pdf"])
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            renderings.written(folder, files)
            expected = _articles(load_file(folder / "条例.md", folder))
            for file in files:
                began = time.perf_counter()
                found = _articles(load_file(folder / file, folder))
                seconds[file] += time.perf_counter() - began
                shares[file].append(_similarity(expected, found))
                same[file].append(found == expected)
    for file, values in shares.items():
        record = {
            "format": file,
            "texts": len(values),
            "identical": sum(same[file]),
            "least_similar": round(min(values), 5),
            "seconds": round(seconds[file], 2),
        }
        print(json.dumps(record, ensure_ascii=False), flush=True)
    _lists()


def _lists() -> None:
    sheet = openpyxl.load_workbook(_LIST).worksheets[0]
    rows = [
        [str(value) if value is not None else "" for value in row]
        for row in sheet.iter_rows(min_row=_HEADER_ROW, values_only=True)
    ]
    rows = [row for row in rows if all(row)]
    for name, write in renderings.TABLES.items():
        with tempfile.TemporaryDirectory() as folder:
            (path,) = renderings.written(
                Path(folder), {name: write("示范区镇综合执法事项清单", rows)}
            )
            document = load_file(path, Path(folder))
        found = [
            [_plain(value) for _, value in passage.fields]
            for passage in document.passages
            if passage.unit is Unit.ROW
        ]
        wanted = [[_plain(value) for value in row] for row in rows[1:]]
        cells = sum(
            cell in other for row, other in zip(wanted, found, strict=False) for cell in row
        )
        record = {
            "list": name,
            "rows": f"{len(found)}/{len(wanted)}",
            "cells": f"{cells}/{sum(map(len, wanted))}",
        }
        print(json.dumps(record, ensure_ascii=False), flush=True)


def _texts(folder: Path | None, count: int) -> Iterator[tuple[str, Sequence[str]]]:
    if folder is None:
        for source in list(LawPackReader().documents(LawPack.ENFORCEMENT))[:count]:
            lines = [line for p in source.passages for line in p.text.splitlines()]
            yield source.document.title, lines
        return
    paths = sorted(folder.rglob("*.md"))
    # Evenly spread, so that different kinds of texts are among them.
    for path in paths[:: max(1, len(paths) // count)][:count]:
        lines = [
            re.sub(r"^#+\s*|\*\*", "", line.strip())
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip() and not line.startswith("<!")
        ]
        yield lines[0], lines[1:]


def _articles(document: SourceDocument) -> list[tuple[str, str]]:
    return [(passage.anchor, _plain(passage.text)) for passage in document.passages]


def _similarity(expected: Sequence[tuple[str, str]], found: Sequence[tuple[str, str]]) -> float:
    """Return the share of the expected characters that stand in the same article."""
    texts: dict[str, str] = defaultdict(str)
    for anchor, text in found:
        texts[anchor] += text
    wanted: dict[str, str] = defaultdict(str)
    for anchor, text in expected:
        wanted[anchor] += text
    equal = 0
    for anchor, text in wanted.items():
        matcher = difflib.SequenceMatcher(None, text, texts[anchor], autojunk=False)
        equal += sum(block.size for block in matcher.get_matching_blocks())
    return equal / sum(map(len, wanted.values()))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


if __name__ == "__main__":
    main()
