"""Citations of rows of item lists in the forms that people use, with the rows they mean."""

import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from assistant.answering.official import official_citation
from assistant.corpus import Document, Passage, Unit
from assistant.corpus.loader import read_folder
from assistant.corpus.numerals import to_chinese
from item_lists import write_lists

Place = tuple[str, str, int, int]
Form = tuple[str, str, tuple[Place, ...]]
Source = tuple[Document, list[Passage]]
_SAMPLES = Path(__file__).parents[1] / "corpus" / "item-lists"
_NONE = (
    "临江县街道清单第{n}项", "《临江县街道综合执法事项清单》第{n}项", "街道权责清单第{n}项",
    "市场准入负面清单第{n}项", "镇清单{n}项都有哪些", "街道清单两项", "城镇清单第{n}项",
    "街道清单有{n}项", "镇清单之外，改革方案第{n}项任务", "2019年街道清单第{n}项",
)  # fmt: skip


def row_forms(
    dice: random.Random,
) -> Iterator[tuple[str, list[Source], Iterable[Form]]]:
    """Yield what is measured, the lists it is measured over, and the forms with their rows."""
    samples = _sample_lists()
    yield "rows of the two lists", samples, chain(_official(samples), _short(samples, dice))
    lists = [*samples, *_other_lists()]
    yield "rows of five lists", lists, chain(_official(lists), _editions(lists, dice))


def _sample_lists() -> list[Source]:
    """The two lists that ship with the project: streets and towns."""
    return [(s.document, s.passages) for s in (file.load() for file in read_folder(_SAMPLES))]


def _other_lists() -> list[Source]:
    """Three more: an older edition, one of several sheets, one without numbers."""
    with tempfile.TemporaryDirectory() as folder:
        write_lists(Path(folder))
        files = read_folder(Path(folder))
        return [(s.document, s.passages) for s in (file.load() for file in files)]


def _official(lists: Sequence[Source]) -> Iterator[Form]:
    """Yield every row of every list as the assistant itself cites it."""
    for document, passages in lists:
        for row in _rows(passages):
            # Sheets that count anew have several rows of one number.
            same = [p.anchor for p in _rows(passages) if p.label == row.label]
            places = tuple((document.id, anchor, 0, 0) for anchor in dict.fromkeys(same))
            yield "official row", f"根据{official_citation(document, row)}的规定", places


def _short(lists: Sequence[Source], dice: random.Random) -> Iterator[Form]:
    """Yield every row of the two sample lists in the words of everyday, and what is no row."""
    of_tier = {"街道" if "街道" in d.title else "镇": (d, _numbered(p)) for d, p in lists}
    for tier, (document, anchors) in of_tier.items():
        names = (
            f"{tier}清单", f"《{tier}清单》", f"{tier}综合执法事项清单", f"示范区{tier}清单",
            f"{tier}赋权清单", f"2026年{tier}清单", f"{tier}清单（2026年修订）",
            f"《示范区{tier}综合执法事项清单》", f"{tier}级执法事项目录",
        )  # fmt: skip
        for number, anchor in anchors.items():
            name = dice.choice(names)
            place = (document.id, anchor, 0, 0)
            spelled = _spelled(number, dice)
            yield "short row", f"{name}{spelled}", (place,)
            text = f"请问{name}里的第{number}项由哪个部门移交？"
            yield "row in a question", text, (place,)
            yield _several(name, number, document, anchors, dice)
        yield "no such row", f"{tier}清单第500项", ((document.id, "", 0, 0),)
    both = [of_tier[tier] for tier in of_tier]
    for number in range(1, 1 + max(len(anchors) for _, anchors in both)):
        name = dice.choice(("镇街清单", "镇和街道清单", "乡镇街道事项清单", "街道和镇的清单"))
        held = tuple((d.id, a[number], 0, 0) for d, a in both if number in a)
        yield "rows of both", f"{name}{_spelled(number, dice)}", held
    for words in _NONE:
        yield "no row", words.format(n=dice.randint(3, 60)), ()


def _editions(lists: Sequence[Source], dice: random.Random) -> Iterator[Form]:
    """Yield rows of an edition or a district that the words name, among five lists."""
    for document, passages in lists:
        anchors = _numbered(passages)
        if "2025年" in document.title:
            name = dice.choice(("2025年的镇清单", "示范区2025年镇清单", "镇清单（2025年）"))
        elif "云溪" in document.title:
            name = "云溪县清单"
        else:
            name = "示范区街道清单" if "街道" in document.title else "示范区镇清单"
        for number in anchors:
            same = [p.anchor for p in _rows(passages) if p.label == f"第{number}项"]
            places = tuple((document.id, anchor, 0, 0) for anchor in dict.fromkeys(same))
            yield "edition", f"{name}{_spelled(number, dice)}", places


def _several(
    name: str, number: int, document: Document, anchors: dict[int, str], dice: random.Random
) -> Form:
    last = min(number + dice.randint(1, 5), max(anchors))
    ends = [n for n in dict.fromkeys((number, last)) if n in anchors]
    ranged = dice.random() < 0.4
    numbers = [n for n in anchors if number <= n <= last] if ranged else ends
    places = tuple((document.id, anchors[n], 0, 0) for n in numbers)
    if len(ends) == 1:
        return "several rows", f"{name}第{number}项", places
    if ranged:
        words = dice.choice(("第{}项至第{}项", "第{}至{}项", "第{}—{}项", "{}到{}项"))
        return "several rows", name + words.format(number, last), places
    one, other = to_chinese(number), to_chinese(last)
    words = dice.choice(
        (
            f"第{number}项和第{last}项", f"第{number}、{last}项", f"第{one}项、第{other}项",
            f"{number}项和{last}项",
        )
    )  # fmt: skip
    return "several rows", name + words, places


def _spelled(number: int, dice: random.Random) -> str:
    chinese = to_chinese(number)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    forms = [f"第{number}项", f"第{chinese}项", f"{number}项", f"第 {wide} 项", f"的第{number}项"]
    return dice.choice([*forms, f"第{number}号", *([f"{chinese}项"] if number > 1 else [])])


def _rows(passages: Sequence[Passage]) -> list[Passage]:
    return [passage for passage in passages if passage.unit is Unit.ROW]


def _numbered(passages: Sequence[Passage]) -> dict[int, str]:
    """Anchors of the rows by their number, of the first sheet that has it."""
    found: dict[int, str] = {}
    for row in _rows(passages):
        if row.label.endswith("项"):
            found.setdefault(int(row.label[1:-1]), row.anchor)
    return found
