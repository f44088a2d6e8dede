"""Scanned pages: words recognised with RapidOCR, whose models come with its package."""

import math
import re
import warnings
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from assistant.corpus.digest import content_digest
from assistant.corpus.model import CorpusError
from assistant.corpus.readers.flow import blocks_of
from assistant.corpus.readers.layout import Glyph, PageContent
from assistant.corpus.readers.limits import Limits, note_on_pages, still_alive
from assistant.corpus.source import Source

# Pixels of one image; a larger one is a bomb or a plan, not a page of text.
_MOST_PIXELS = 120_000_000
# Longer sides are scaled down: A4 at 300 dots per inch has 3,508.
_LONGEST_SIDE = 3600
# Detection needs no more detail than this to find lines; twice as much costs twice the time.
_DETECTION_SIDE = 1280
_THREADS = 2

# The recogniser takes the wide punctuation of Chinese texts for the narrow.
_WIDE = str.maketrans("(),:;?!", "（），：；？！")
_CHINESE = r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]"
_NARROW = re.compile(rf"(?<={_CHINESE})[(),:;?!]+|[(),:;?!]+(?={_CHINESE})")


def read(path: Path, origin: str, limits: Limits) -> Source:
    """Read the words of an image file; a TIFF may hold several pages.

    Raises:
        CorpusError: it is no image, is too large, or shows no words.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns of large images; they are measured here.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                frames = getattr(image, "n_frames", 1)
                blocks = blocks_of(_pages(image, origin, limits))
    except Image.DecompressionBombError as error:
        raise _too_large(origin) from error
    # A part that claims gigabytes runs out of memory before anything is read into it.
    except (
        UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError
    ) as error:  # fmt: skip
        raise CorpusError(
            origin, "图片已损坏或不完整，无法打开", "请重新扫描或另存为 PNG、JPG"
        ) from error
    if not blocks:
        raise CorpusError(origin, "图片里没有识别出文字", "请检查扫描是否清晰、方向是否正确")
    notes = [note_on_pages(frames, limits.scan_pages)] if frames > limits.scan_pages else []
    return Source(origin, content_digest(path), blocks, warnings=tuple(notes))


def recognise_file(content: bytes, number: int, width: float, height: float) -> PageContent:
    """Return the words of an image file that covers a page; none if it is no readable image.

    Args:
        number, width, height: as for :func:`recognise`.
    """
    try:
        with Image.open(BytesIO(content)) as image:
            if image.width * image.height <= _MOST_PIXELS:
                return recognise(image, number, width, height)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        pass
    return PageContent(number, width, height, [])


def recognise(image: Image.Image, number: int, width: float, height: float) -> PageContent:
    """Return the words of a page image.

    Args:
        number: 1-based page.
        width, height: size of the page in points.
    """
    pixels = _shrunk(image).convert("RGB")
    found = _engine()(np.asarray(pixels)[:, :, ::-1])
    scale = width / pixels.width
    glyphs = []
    for text, score, box in zip(
        found.txts or (), found.scores or (), _listed(found.boxes), strict=True
    ):
        xs, ys = [x * scale for x, _ in box], [y * scale for _, y in box]
        text = _NARROW.sub(lambda found: found[0].translate(_WIDE), text)
        high = max(ys) - min(ys)
        size = min(high, (max(xs) - min(xs)) / _ems(text))
        glyphs.append(
            Glyph(text, min(xs), min(ys), max(xs), max(ys), size or 1.0, round(float(score), 3))
        )
    still_alive.get()()
    return PageContent(number, width, height, glyphs)


@cache
def _engine() -> Any:
    # Importing the recogniser takes two seconds; only scans pay for it.
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _LONGEST_SIDE,
            # It turns single lines of an upright page over, and such a line is lost.
            "Global.use_cls": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECTION_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
        }
    )


def _pages(image: Image.Image, origin: str, limits: Limits) -> Iterator[PageContent]:
    for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
        if number > limits.scan_pages:
            return
        if frame.width * frame.height > _MOST_PIXELS:
            raise _too_large(origin)
        upright = ImageOps.exif_transpose(frame)
        # Points of a page of A4 width, so that the layout measures what it knows.
        scale = 595 / upright.width
        yield recognise(upright, number, 595, upright.height * scale)


def _shrunk(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    if longest <= _LONGEST_SIDE:
        return image
    return image.reduce(math.ceil(longest / _LONGEST_SIDE))


def _ems(text: str) -> float:
    """Return the width of a line in units of its height."""
    return max(1.0, sum(0.5 if character.isascii() else 1.0 for character in text))


def _listed(boxes: Any) -> Any:
    return () if boxes is None else boxes.tolist()


def _too_large(origin: str) -> CorpusError:
    return CorpusError(
        origin,
        f"图片超过 {_MOST_PIXELS // 1_000_000} 百万像素",
        "请以 200 至 300 DPI 重新扫描后放入",
    )
