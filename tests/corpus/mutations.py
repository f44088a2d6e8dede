"""Damage to files as fuzzers do it, the same for the same seed."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from random import Random

import renderings
from PIL import Image

_TITLE = "示范区执法办法"
_LINES = [
    "第一章　总则",
    "第一条　为了规范行政执法行为，根据《中华人民共和国行政处罚法》，制定本办法。",
    "第二条　有下列情形之一的，不予处罚：",
    "（一）违法行为轻微并及时改正，没有造成危害后果的；",
    "（二）初次违法且危害后果轻微并及时改正的。",
]
_ROWS = [["序号", "事项名称", "依据"], ["1", "占道经营", "条例第十条"], ["2", "违建", "第二条"]]
# Numbers at the borders of what formats can hold.
_EDGES = (b"\x00", b"\xff", b"\x7f\xff\xff\xff", b"-1", b"0", b"99999999999", b"65536", b"1e308")


def seeds() -> dict[str, bytes]:
    """Return a small whole file of each format, by file name."""
    image = Image.new("L", (320, 200), 255)
    image.save(png := BytesIO(), "PNG")
    with zipfile.ZipFile(archive := BytesIO(), "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("附件/一.txt", "\n".join(_LINES))
        package.writestr("二.csv", "序号,事项\n1,占道经营")
    return {
        "a.pdf": renderings.pdf(_TITLE, _LINES, _ROWS),
        "a.docx": renderings.docx(_TITLE, _LINES, _ROWS),
        "a.xlsx": renderings.xlsx(_TITLE, _ROWS),
        "a.ofd": renderings.ofd(_TITLE, _LINES, _ROWS),
        "a.html": renderings.page(_TITLE, _LINES, _ROWS),
        "a.csv": renderings.csv_file(_ROWS),
        "a.txt": "\n".join(_LINES).encode("gb18030"),
        "a.md": "\n".join(["# " + _TITLE, *_LINES, "| a | b |", "|---|---|", "| 1 | 2 |"]).encode(),
        "a.zip": archive.getvalue(),
        "a.png": png.getvalue(),
    }


def mutants(content: bytes, seed: int) -> Iterator[bytes]:
    """Yield damaged copies of a file without end."""
    random = Random(seed)
    package = content.startswith(b"PK")
    while True:
        # Damage to a package as a whole seldom gets past its checksums.
        if package and random.random() < 0.75:
            yield _inside(content, random)
        else:
            yield _damaged(content, random)


def _inside(content: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    chosen = random.choice(sorted(parts))
    match random.randrange(8):
        case 0:
            del parts[chosen]
        case 1:
            parts[chosen] = parts[random.choice(sorted(parts))]
        case _:
            parts[chosen] = _damaged(parts[chosen], random)
    with zipfile.ZipFile(out := BytesIO(), "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


def _damaged(content: bytes, random: Random) -> bytes:
    data = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        size = len(data)
        at = random.randrange(size + 1)
        length = random.choice((1, 2, 8, 64, 512))
        match random.randrange(7):
            case 0:
                data[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                data[at : at + length] = b""
            case 2:
                data[at:at] = random.randbytes(length)
            case 3:
                data[at:at] = data[at : at + length] * random.choice((2, 16, 200))
            case 4:
                data[at : at + 1] = random.choice(_EDGES)
            case 5:
                other = random.randrange(size + 1)
                data[at : at + length] = data[other : other + length]
            case _:
                if random.random() < 0.2:
                    del data[at:]
        # Repetition must not grow a file without bound.
        del data[2_000_000:]
    return bytes(data)
